/** What is emitted for every model and network, read as text: nothing is assembled, compiled or run. */
import { createNetwork, LIF, type EngineOptions, type Network } from "neuroweave";
import { describe, expect, it } from "vitest";
import { models } from "./models.ts";
import { networks } from "./networks.ts";
import { faultsOfC } from "./read-c.ts";
import { faultsOfWat } from "./read-wat.ts";
import { timeout } from "./twins.ts";

/** Would end a text or a comment of either language, and begin something else. */
const hostile = '") (memory 1) ;; \n#include <x>\n}';

/** The network, where all that is made is called otherwise: the order of names stays. */
const renamed = (net: Network): Network =>
  new Proxy(net, {
    get(target, key) {
      const found: unknown = Reflect.get(target, key, target);
      if (typeof found !== "function") return found;
      if (key !== "population" && key !== "projection") return found.bind(target) as unknown;
      return (name: string, ...rest: readonly unknown[]) =>
        (found as (...args: readonly unknown[]) => unknown).call(target, hostile + name, ...rest);
    },
  });

const subjects: readonly { readonly name: string; readonly dt?: number; make(net: Network, precision: "f64" | "f32"): void }[] = [
  ...networks,
  ...models.map(({ name, make, method, dt = 0.1 }) => ({
    name,
    dt,
    make: (net: Network) => void net.population("cells", 67, make(67) as never, method === undefined ? {} : { method }),
  })),
]; // prettier-ignore

function programOf({ make, dt = 0.1 }: (typeof subjects)[number], options: EngineOptions, change: (net: Network) => Network): string {
  const net = createNetwork({ dt, seed: "text", ...options });
  make(change(net), options.precision ?? "f64");
  return net.explain({ code: true }).code!;
} // prettier-ignore

const same = (net: Network): Network => net;

/** The program of each, by name. */
const programs = (options: EngineOptions, change = same): Map<string, string> =>
  new Map(subjects.map((subject) => [subject.name, programOf(subject, options, change)]));

const faulty = (all: ReadonlyMap<string, string>, read: (code: string) => readonly string[]): string[] =>
  [...all].flatMap(([name, code]) => read(code).map((fault) => `${name}: ${fault}`));

const of = (count: number): Pick<EngineOptions, "threads"> => ({ threads: { count, always: true } });
const readers = { wasm: faultsOfWat, native: faultsOfC } as const;

describe.each(["wasm", "native"] as const)("the programs for %s of all models and networks", (device) => {
  it("refer to nothing that is not there, and are the same whenever they are emitted and whatever parts are called", () => {
    const plain = programs({ device });
    expect(faulty(plain, readers[device])).toEqual([]);
    const odd = programs({ device }, renamed);
    expect(renamed(createNetwork({ dt: 1 })).population("cells", 1, LIF()).name).toBe(`${hostile}cells`);
    // Streams of random numbers follow from names; everything else does not.
    const withoutNumbers = (code: string): string => code.replaceAll(/\d+/g, "#");
    for (const [name, code] of plain) {
      expect(odd.get(name)!.includes("#include <x>"), name).toBe(false);
      expect(withoutNumbers(odd.get(name)!) === withoutNumbers(code), name).toBe(true);
    }
  }, timeout); // prettier-ignore

  it.each([
    ["two threads in single precision", { precision: "f32", ...of(2) }, 0],
    ["three threads that collect what arrives", { ...of(3), largestRing: 0 }, 2],
    ["one thread in single precision that collects", { precision: "f32", largestRing: 0 }, 2],
  ] as const)("refer to nothing that is not there where they are for %s", (_, options, collecting) => {
    const all = programs({ device, ...options });
    expect(faulty(all, readers[device])).toEqual([]);
    expect([...all.values()].filter((code) => /collect\d/.test(code)).length).toBeGreaterThanOrEqual(collecting);
  }, timeout); // prettier-ignore
});

describe("what reads them", () => {
  const damaged = (device: "wasm" | "native"): string => programOf(subjects[0]!, { device }, same);

  it("finds each word of a module that refers to something else", () => {
    const code = damaged("wasm");
    for (const [from, to, fault] of [
      ["(call $kernel", "(call $kernal", /function \$kernal\d+, which is not there/],
      ["(br_if $next", "(br_if $nest", /label \$nest, which is not there/],
      ["(local.get $p)", "(local.get $pp)", /local \$pp, which is not there/],
      ["(local $p i32)", "(local $p i32) (local $p i32)", /declares a local twice/],
      ["(call $kernel", "(drop) (; $kernel", /kernel\d+ is called by nobody/],
      ["(module", "((module", /never closed/],
      ["(module", "(module)(", /closed that none opens|no module/],
    ] as const) {
      expect(code).toContain(from);
      expect(faultsOfWat(code.replace(from, to)).join(), to).toMatch(fault);
    }
  });

  it("finds each word of a program in C that refers to something else", () => {
    const code = damaged("native");
    for (const [from, to, fault] of [
      ["    kernel", "    kernal", /function kernal\d+ is not there/],
      [/const V v(\d+) =/, "const V w$1 =", /value v\d+ is not there/],
      [/ = splat\(/, " = splat ", /closes what is not open|is missing/],
      [/ = splat\(/, " = splot(", /function splot is not there/],
    ] as const) {
      expect(code).toMatch(from);
      expect(faultsOfC(code.replace(from, to)).join(), to).toMatch(fault);
    }
  });
});
