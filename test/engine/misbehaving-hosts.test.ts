/** Host code that does what it should not: what it breaks is its own. */
import { createNetwork, defineBehavior, LIF, Phase, type Network, type NeuroweaveError } from "neuroweave";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { canRun, places, reference } from "../devices/places.ts";
import { expectSameBits, timeout } from "../devices/twins.ts";
import { tally } from "../evidence/tally.ts";
import { refusal, visible } from "../model/refusals.ts";

type Views = Record<string, Float64Array>;
type Act = (views: { columns: Views; net: Network; step: number }) => unknown;

/** A network with a host behavior that calls `act` in every step. */
function network(options: object, act: Act): Network {
  const net: Network = createNetwork({ dt: 0.5, seed: 3, ...options });
  const Host = defineBehavior({
    name: "host",
    priority: Phase.Record - 1,
    state: { h: { init: 1 } },
    step: (({ columns, step }: { columns: Views; step: number }) => act({ columns, net, step })) as never,
  });
  net.population("cells", 100, [Host(), LIF({ I: 3, R: 5 })] as never);
  return net;
}

/** Tries to take the memory away from its network; engines refuse that, or copy it. */
function handOn(buffer: ArrayBuffer): void {
  try {
    structuredClone(buffer, { transfer: [buffer] });
  } catch (error) {
    expect((error as Error).name).toMatch(/TypeError|DataCloneError/);
  }
}

/** Ends where the stack does. */
const forever = (depth: number): number => 1 + forever(depth + 1);

const nothing: Act = () => undefined;

describe.each([reference, ...places])("on $name, host code", (place) => {
  it(
    "that keeps its columns and writes to them when they are gone changes nothing, in a memory that has grown or not",
    async () => {
      for (const later of [7, 90, 2000]) {
        const kept: Float64Array[] = [];
        const [one, other] = [
          network(place.options, ({ columns }) => void kept.push(columns["h"]!)),
          network(place.options, nothing),
        ];
        if (!(await canRun(place, one))) return;
        for (const net of [one, other]) {
          await net.step(3);
          net.find("cells").detach("host");
          net.population("more", later, LIF({ I: 3, R: 5 }) as never);
          await net.step(2);
        }
        // A memory that grew has taken the buffer away from them.
        for (const view of kept) if (view.length > 0) view.fill(777);
        for (const net of [one, other]) await net.step(5);
        tally("faults injected");
        expectSameBits(one, other);
        one.verify();
      }
    },
    timeout,
  );

  it(
    "that puts other arrays into its columns, takes them out, or hands its memory on, loses its own writes only",
    async () => {
      const [one, other] = [
        network(place.options, ({ columns, step }) => {
          if (step === 1) handOn(columns["h"]!.buffer as ArrayBuffer);
          else if (step === 2) columns["h"] = new Float64Array(3);
          else if (step === 3) delete columns["h"];
          else if (columns["h"] !== undefined) columns["h"][1e6] = 5;
        }),
        network(place.options, nothing),
      ];
      if (!(await canRun(place, one))) return;
      for (const net of [one, other]) await net.step(8);
      tally("faults injected", 4);
      expectSameBits(one, other);
    },
    timeout,
  );

  const refused: readonly (readonly [string, string, Act])[] = [
    ["makes a column longer", "host-threw", ({ columns: { h } }) => Object.defineProperty(h, 100, { value: 1 })],
    ["returns a promise", "host-threw", async () => Promise.resolve(5)],
    ["returns a promise that fails", "host-threw", () => Promise.reject(new Error("later"))],
    ["calls itself without end", "host-threw", () => forever(0)],
    ["takes a snapshot in the middle of a step", "wrong-moment", ({ net }) => net.snapshot()],
    ["removes its own population", "wrong-moment", ({ net }) => net.remove(net.find("cells") as never)],
  ]; // prettier-ignore

  it.each(refused)(
    "that %s is refused, and the network stands where it stood",
    async (_, code, act) => {
      let armed = false;
      const net = network(place.options, (views) => (armed ? act(views) : undefined));
      if (!(await canRun(place, net))) return;
      await net.step(3);
      const before = visible(net);
      armed = true;
      const error: NeuroweaveError = await refusal(() => net.step(2));
      armed = false;
      tally("faults injected");
      expect(error.code).toBe(code);
      expect(visible(net)).toEqual(before);
      const twin = network(place.options, nothing);
      await twin.step(8);
      await net.step(5);
      expectSameBits(net, twin);
    },
    timeout,
  );

  it(
    "that throws is the last that is called in its step, and what others have done in it is undone",
    async () => {
      const make = (options: object, broken: () => boolean): { net: Network; called: string[] } => {
        const called: string[] = [];
        const net = createNetwork({ dt: 0.5, seed: 3, ...options });
        const hosts = ["first", "second", "third"].map((name, at) =>
          defineBehavior({
            name,
            priority: Phase.Record - 10 + at,
            state: { [name]: { init: 1 } },
            step: (({ columns, step }: { columns: Views; step: number }) => {
              called.push(`${name} ${step}`);
              columns[name]![step] = at + 2;
              if (at === 1 && step === 4 && broken()) throw new Error("no further");
            }) as never,
          })(),
        );
        net.population("cells", 100, [...hosts, LIF({ I: 3, R: 5 })] as never);
        return { net, called };
      };
      let broken = true;
      const { net, called } = make(place.options, () => broken);
      if (!(await canRun(place, net))) return;
      expect((await refusal(() => net.step(9))).behavior).toBe("second");
      expect(net.steps).toBe(4);
      expect(called.slice(12)).toEqual(["first 4", "second 4"]);
      broken = false;
      await net.step(5);
      const twin = make(reference.options, () => false);
      await twin.net.step(9);
      tally("faults injected");
      expectSameBits(net, twin.net);
      expect(called.slice(14)).toEqual(twin.called.slice(12));
    },
    timeout,
  );

  it(
    "that runs the network within its step is refused there, and the run goes on",
    async () => {
      const inner: Promise<unknown>[] = [];
      const net = network(place.options, ({ net: own }) => void inner.push(refusal(() => own.step())));
      if (!(await canRun(place, net))) return;
      await net.step(3);
      expect(net.steps).toBe(3);
      tally("faults injected", 3);
      expect((await Promise.all(inner)).map((error) => (error as NeuroweaveError).code)).toEqual(Array(3).fill("wrong-moment"));
    },
    timeout,
  ); // prettier-ignore
});

it(
  "host code that never returns holds its thread for good, and no other one: whoever does not trust it runs it in a thread that can be ended",
  async () => {
    const worker = new Worker(new URL("endless-host.mjs", import.meta.url));
    const steps = await new Promise((resolve, reject) => {
      worker.on("message", resolve);
      worker.on("error", reject);
    });
    // It is in the step by now, and will not come out of it.
    const net = network({}, nothing);
    await net.step(10);
    expect(await worker.terminate()).toBe(1);
    tally("faults injected");
    expect(steps).toBe(4);
    expect(net.steps).toBe(10);
  },
  timeout,
);
