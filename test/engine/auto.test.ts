/** The device `auto`: WebAssembly at once, and native code from a step border on where a run is long enough. */
import { createNetwork, LIF, NoisyCurrent, uniform, type EngineOptions, type Network } from "neuroweave";
import { NeuroweaveError } from "@neuroweave/equations";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createUpgrade } from "../../packages/engine/src/upgrade.ts";
import { expectSameBits } from "../devices/twins.ts";
import { refusal } from "../model/refusals.ts";
import { cache, emptyFolder, fakeCompiler, realCompiler, script } from "./native-fakes.ts";

const program = (name: string, log: string[] = []) => ({
  run: () => 0,
  dispose: () => void log.push(`${name} ended`),
});
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe("the choice to compile", () => {
  it("is made once, when what is left of a run takes half a second at the pace so far", async () => {
    const starts: number[] = [];
    const { report } = createUpgrade(
      () => (starts.push(starts.length), new Promise(() => {})),
      () => {},
      "wasm",
    );
    // A microsecond for a step, and 100 000 steps to come.
    report({ steps: 1000, milliseconds: 1, left: 100_000 });
    expect(starts).toEqual([]);
    report({ steps: 1000, milliseconds: 1, left: 499_999 });
    expect(starts).toEqual([]);
    // From here on steps take a hundred times as long: with those before, the mean is about 34 µs.
    report({ steps: 1000, milliseconds: 100, left: 14_000 });
    expect(starts).toEqual([]);
    report({ steps: 0, milliseconds: 0, left: 15_000 });
    expect(starts).toEqual([0]);
    report({ steps: 1000, milliseconds: 100, left: 1e9 });
    expect(starts).toEqual([0]);
  });

  it("hands the program out once, when it is there", async () => {
    let finish: (running: ReturnType<typeof program>) => void = () => {};
    const ready = new Promise<ReturnType<typeof program>>((resolve) => (finish = resolve));
    const upgrade = createUpgrade(() => ready, () => {}, "wasm"); // prettier-ignore
    expect(upgrade.take()).toBeNull();
    upgrade.report({ steps: 1, milliseconds: 1, left: 1e6 });
    expect(upgrade.take()).toBeNull();
    const made = program("it");
    finish(made);
    await settled();
    expect(upgrade.take()).toBe(made);
    expect(upgrade.take()).toBeNull();
    upgrade.report({ steps: 1, milliseconds: 1, left: 1e6 });
    await settled();
    expect(upgrade.take()).toBeNull();
  });

  it("taken back, ends a program that is there or comes later, but none that was handed out", async () => {
    const log: string[] = [];
    const begun = async (name: string) => {
      let finish = (): void => {};
      const upgrade = createUpgrade(
        () => new Promise((resolve) => (finish = () => resolve(program(name, log)))),
        () => {},
        "wasm",
      );
      upgrade.report({ steps: 1, milliseconds: 1, left: 1e6 });
      return { upgrade, finish: async () => (finish(), settled()) };
    };
    const late = await begun("late");
    late.upgrade.cancel();
    expect(log).toEqual([]);
    await late.finish();
    expect(log).toEqual(["late ended"]);
    expect(late.upgrade.take()).toBeNull();
    const early = await begun("early");
    await early.finish();
    early.upgrade.cancel();
    expect(log).toEqual(["late ended", "early ended"]);
    expect(early.upgrade.take()).toBeNull();
    const used = await begun("used");
    await used.finish();
    used.upgrade.take();
    used.upgrade.cancel();
    expect(log).toEqual(["late ended", "early ended"]);
    let starts = 0;
    const never = createUpgrade(() => (starts++, new Promise(() => {})), () => {}, "wasm"); // prettier-ignore
    never.cancel();
    never.report({ steps: 1, milliseconds: 1, left: 1e6 });
    expect(starts).toBe(0);
  });

  it.each([
    ["refuses", new NeuroweaveError("no-compiler", "there is none"), "there is none"],
    ["fails in a way that nobody has thought of", new TypeError("x is not a function"), "x is not a function"],
    ["fails with what is no error", "gone", "gone"],
  ])("that %s is told once, and what has run goes on", async (_, reason, words) => {
    const warnings: string[] = [];
    const upgrade = createUpgrade(
      () => Promise.reject(reason as Error),
      (message) => warnings.push(message),
      "wasm",
    );
    for (let times = 0; times < 3; times++) {
      upgrade.report({ steps: 1, milliseconds: 1, left: 1e6 });
      await settled();
    }
    expect(warnings).toEqual([`the network stays on wasm: ${words}`]);
    expect(upgrade.take()).toBeNull();
  });
});

interface Watched {
  readonly net: Network;
  readonly changes: { readonly device: string; readonly step: number }[];
  readonly warnings: string[];
  /** Runs until something has been heard, and a little longer. */
  runUntilHeard(what: "device" | "warning"): Promise<void>;
}

const endless = 2 ** 40;

/** A network of little cells that hardly spike, and what is heard of it. */
function watched(options: EngineOptions = {}, n = 70): Watched {
  const net = build({ device: "auto", ...options }, n);
  const changes: { device: string; step: number }[] = [];
  const warnings: string[] = [];
  net.on("device", (event) => changes.push(event));
  net.on("warning", ({ message }) => warnings.push(message));
  return {
    net,
    changes,
    warnings,
    async runUntilHeard(what) {
      const stop = new AbortController();
      net.once(what, () => net.once("progress", () => stop.abort()));
      await net.step(endless, { signal: stop.signal });
    },
  };
}

function build(options: EngineOptions, n = 70): Network {
  const net = createNetwork({ dt: 0.1, seed: "auto", ...options });
  net.population("cells", n, [
    LIF({ R: 5, tau: 10, threshold: -50, v_reset: -70, v_rest: -65, I: uniform(1, 2.6) }),
    NoisyCurrent({ sigma: 0.5, tau: 4 }),
  ]);
  return net;
}

/** Compilers are called in the background, and this machine may be busy with other things. */
const timeout = 240_000;

/** A test of compiled code; where there is no compiler, that the network says so and runs on. */
function compiled(name: string, body: () => Promise<void>): void {
  if (realCompiler !== null) it(name, body, timeout);
  else
    it(`${name}: runs on without a compiler`, async () => {
      const { runUntilHeard, warnings } = watched();
      await runUntilHeard("warning");
      expect(warnings).toEqual([expect.stringContaining("no C compiler")]);
    });
}

describe("auto", () => {
  for (const [name, options] of [
    ["a long run", {}],
    ["a long run in single precision", { precision: "f32" }],
    ["a long run of several threads", { threads: { count: 2, always: true } }],
  ] as const)
    compiled(
      `changes over in the midst of ${name}, says when, and nothing is to be seen of it in the bits`,
      async () => {
        const { net, changes, warnings, runUntilHeard } = watched(options, 100);
        const compilations: string[] = [];
        net.on("compiled", ({ device }) => compilations.push(device));
        expect(net.explain().notes).toContain("auto runs on wasm at present");
        await runUntilHeard("device");
        expect(changes).toEqual([{ device: "native", step: expect.any(Number) }]);
        const { step } = changes[0]!;
        expect(step).toBeGreaterThan(0);
        expect(step).toBeLessThan(net.steps);
        expect(net.explain().notes).toContain("auto runs on native at present");
        expect(net.explain({ code: true }).code).toContain("#include");
        const twin = build({ device: "wasm", ...options, threads: 1 }, 100);
        await twin.step(net.steps);
        expectSameBits(net, twin);
        for (const each of [net, twin]) {
          each.find("cells").set({ I: 9 });
          await each.step(500);
          expect(each.find("cells").spikes().ids.length).toBeGreaterThan(100);
        }
        expectSameBits(net, twin);
        expect([changes.length, warnings, compilations]).toEqual([1, [], ["wasm"]]);
      },
    );

  it("counts the whole rest of a run that something interrupts at every step", async () => {
    const log = join(emptyFolder(), "calls");
    writeFileSync(log, "");
    fakeCompiler(`echo called >>"${log}"; cat >/dev/null; exit 1`);
    const { net } = watched();
    const stop = new AbortController();
    // Twenty steps take much less than half a second; those to come would take years.
    net.every(net.dt, ({ steps }) => (steps === 20 ? stop.abort() : undefined));
    await net.step(endless, { signal: stop.signal });
    expect(net.steps).toBe(20);
    await expect.poll(() => readFileSync(log, "utf8"), { timeout: 30_000 }).toContain("called");
  }, timeout); // prettier-ignore

  it("does not compile for short runs, however many there are", async () => {
    const log = join(emptyFolder(), "calls");
    writeFileSync(log, "");
    fakeCompiler(`echo called >>"${log}"; exit 1`, `echo asked >>"${log}"`);
    const { net, changes, warnings } = watched();
    for (let run = 0; run < 40; run++) await net.step(20);
    await settled();
    expect([changes, warnings, readFileSync(log, "utf8")]).toEqual([[], [], ""]);
    expect(existsSync(cache()) ? readdirSync(cache()) : []).toEqual([]);
    expect(net.explain().device).toBe("auto");
  });

  /** Runs into a failure, and then on, over changes of the structure: it is told once, and nothing is tried again. */
  async function fails(message: RegExp, calls: () => number = () => 0): Promise<void> {
    const { net, changes, warnings, runUntilHeard } = watched();
    await runUntilHeard("warning");
    expect(warnings).toEqual([expect.stringMatching(message)]);
    expect(warnings[0]).toContain("the network stays on wasm");
    const before = calls();
    const twin = build({ device: "wasm" });
    await twin.step(net.steps);
    for (const name of ["more", "yet_more"]) {
      for (const each of [net, twin]) each.find("cells").attach(NoisyCurrent({ name, sigma: 1 }) as never);
      let reports = 0;
      const stop = new AbortController();
      net.on("progress", () => (reports++ === 3 ? stop.abort() : undefined));
      await net.step(endless, { signal: stop.signal });
      await twin.step(net.steps - twin.steps);
    }
    expectSameBits(net, twin);
    expect([changes, warnings.length, calls()]).toEqual([[], 1, before]);
    expect(net.explain().notes).toContain("auto runs on wasm at present");
  }

  it("runs on without a compiler, says so once, and does not look again", async () => {
    vi.stubEnv("PATH", emptyFolder());
    await fails(/no C compiler is found/);
  }, timeout); // prettier-ignore

  it("runs on when CC names no program", async () => {
    vi.stubEnv("CC", "/no/such/compiler");
    await fails(/CC names no program/);
  }, timeout); // prettier-ignore

  it("runs on when the compiler fails", async () => {
    const log = join(emptyFolder(), "calls");
    writeFileSync(log, "");
    fakeCompiler(`echo called >>"${log}"; cat >/dev/null; echo "out of order" >&2; exit 1`);
    await fails(/ended with status 1[^]*out of order/, () => readFileSync(log, "utf8").split("\n").length);
  }, timeout); // prettier-ignore

  it("runs on when the compiler does not come back", async () => {
    vi.stubEnv("NEUROWEAVE_CC_TIMEOUT", "700");
    fakeCompiler("sleep 600");
    await fails(/had not finished after 700 ms/);
  }, timeout); // prettier-ignore

  it("runs on when what the compiler makes cannot be loaded", async () => {
    fakeCompiler(`cat >/dev/null; printf '\\177ELF and no more' >"$out"`);
    await fails(/cannot be loaded/);
  }, timeout); // prettier-ignore

  compiled("drops what was compiled for a structure that has changed meanwhile", async () => {
    const log = join(emptyFolder(), "calls");
    const gate = join(emptyFolder(), "open");
    writeFileSync(log, "");
    // The first program is held back until a file is there.
    vi.stubEnv(
      "CC",
      script(`case "$*" in *-dM*) exec "${realCompiler!}" "$@";; esac
echo called >>"${log}"
while [ ! -e "${gate}" ]; do sleep 0.05; done
exec "${realCompiler!}" "$@"`),
    );
    const calls = (): number => readFileSync(log, "utf8").split("\n").length - 1;
    const { net, changes, warnings, runUntilHeard } = watched();
    const stop = new AbortController();
    net.on("progress", () => (calls() > 0 ? stop.abort() : undefined));
    await net.step(endless, { signal: stop.signal });
    expect([calls(), changes]).toEqual([1, []]);
    const first = net.steps;
    net.find("cells").attach(NoisyCurrent({ name: "more", sigma: 1 }) as never);
    await net.step(10);
    writeFileSync(gate, "");
    // The library of the structure before is made in the end, and nobody takes it.
    await expect.poll(() => (existsSync(cache()) ? readdirSync(cache()).filter((name) => !name.startsWith("build")) : []), { timeout: 60_000 }).toHaveLength(1);
    await net.step(10);
    expect(changes).toEqual([]);
    await runUntilHeard("device");
    expect([changes.length, calls(), warnings]).toEqual([1, 2, []]);
    const twin = build({ device: "wasm" });
    await twin.step(first);
    twin.find("cells").attach(NoisyCurrent({ name: "more", sigma: 1 }) as never);
    await twin.step(net.steps - first);
    expectSameBits(net, twin);
  }); // prettier-ignore

  compiled("begins anew in WebAssembly with every structure, and a fork does with its own", async () => {
    const { net, changes, runUntilHeard } = watched();
    await runUntilHeard("device");
    const fork = net.fork();
    net.find("cells").attach(NoisyCurrent({ name: "more", sigma: 1 }) as never);
    const compilations: string[] = [];
    for (const each of [net, fork]) {
      each.on("compiled", ({ device }) => compilations.push(device));
      await each.step(1);
      expect(each.explain().notes).toContain("auto runs on wasm at present");
    }
    expect([compilations, changes.length]).toEqual([["wasm", "wasm"], 1]);
  });
});

describe("native", () => {
  afterEach(() => void vi.unstubAllEnvs());

  it("without a compiler fails before anything has run, and says what to install and what to choose", async () => {
    vi.stubEnv("PATH", emptyFolder());
    const net = build({ device: "native" });
    const error = await refusal(() => net.step(3));
    expect(error.code).toBe("no-compiler");
    expect(error.message).toContain("neither cc, gcc nor clang is on the PATH");
    for (const word of ["build-essential", "xcode-select", "CC", '"auto"', '"wasm"']) expect(error.remedy).toContain(word);
    expect(net.steps).toBe(0);
  }); // prettier-ignore

  compiled("that failed runs when there is a compiler after all", async () => {
    const net = build({ device: "native" });
    vi.stubEnv("CC", "/no/such/compiler");
    expect((await refusal(() => net.step(3))).code).toBe("no-compiler");
    vi.stubEnv("CC", "");
    await net.step(30);
    const twin = build({ device: "wasm" });
    await twin.step(30);
    expectSameBits(net, twin);
  });
});
