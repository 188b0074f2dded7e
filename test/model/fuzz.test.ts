import {
  createNetwork,
  defineBehavior,
  NeuroweaveError,
  Phase,
  Recorder,
  Refractory,
  uniform,
  type Network,
} from "neuroweave";
import fc from "fast-check";
import { expect, it } from "vitest";
import { records } from "./network-zoo.ts";
import { visible } from "./refusals.ts";
import { Cell, Counter, Decay, Drive } from "./tiny-behaviors.ts";

const Late = defineBehavior({ name: "late", state: { y: { init: 0 } }, equations: "dy/dt = delayed(v, 1.5) - y" });
const Later = defineBehavior({
  name: "later",
  state: { q: { init: 0 } },
  equations: "q = delayed(v, 4) + delayed(v, 0)",
});
const Noise = defineBehavior({ name: "noise", priority: Phase.Input, equations: "I += normal(0, 1)" });
const Slow = defineBehavior({
  name: "slow",
  priority: Phase.Homeostasis,
  requires: ["theta"],
  equations: "theta += 0.01",
});
const Host = defineBehavior({
  name: "host",
  priority: Phase.Current,
  parameters: { tau_m: { default: 10, unit: "ms" } },
  state: { h: { init: 0 } },
  step({ columns, parameters, inputs, random, n }) {
    for (let i = 0; i < n; i++) {
      columns.h[i] = columns.h[i]! / 2 + random() * parameters.tau_m[i]!;
      if (inputs["I"]) inputs["I"][i] = inputs["I"][i]! + columns.h[i]!;
    }
  },
});

const parts = {
  cell: () => Cell({ I: 1.5 }),
  decay: () => Decay({ init_x: 2 }),
  counter: () => Counter(),
  drive: () => Drive({ amplitude: uniform(0, 1) }),
  late: () => Late(),
  later: () => Later(),
  noise: () => Noise(),
  slow: () => Slow(),
  host: () => Host(),
  refractory: () => Refractory({ tau_ref: 1 }),
  recorder: () => Recorder({ variables: ["v"], every: 1, keep: 5 }),
} as const;
type Part = keyof typeof parts;

type Act = (net: Network) => unknown;
const population = (net: Network) => net.find("p");
const name = fc.constantFrom(...(Object.keys(parts) as Part[]));
const acts: fc.Arbitrary<readonly [string, Act]> = fc.oneof(
  name.map((each) => [`attach ${each}`, (net: Network) => population(net).attach(parts[each]() as never)] as const),
  name.map((each) => [`detach ${each}`, (net: Network) => population(net).detach(each)] as const),
  name.map((each) => [`disable ${each}`, (net: Network) => population(net).disable(each)] as const),
  name.map((each) => [`enable ${each}`, (net: Network) => population(net).enable(each)] as const),
  fc
    .tuple(
      fc.constantFrom("tau_m", "I", "v", "x", "amplitude", "theta", "y"),
      fc.double({ min: 1, max: 5, noNaN: true }),
    )
    .map(([key, value]) => [`set ${key}`, (net: Network) => population(net).set({ [key]: value } as never)] as const),
  fc.constant(["set each", (net: Network) => population(net).set({ tau_m: [2, 3, 4] } as never)] as const),
  fc.constant(["reset", (net: Network) => net.reset()] as const),
  fc.constant(["explain", (net: Network) => net.explain({ code: true })] as const),
  fc.constant(["derive", (net: Network) => population(net).derivatives()] as const),
  fc.constant(["restore", (net: Network) => net.restore(net.snapshot())] as const),
  fc.integer({ min: 1, max: 9 }).map((steps) => [`step ${steps}`, (net: Network) => net.step(steps)] as const),
);

/** What an act did: what it was refused with, if it was. */
async function attempt(net: Network, act: Act): Promise<string | null> {
  try {
    await act(net);
    return null;
  } catch (error) {
    if (error instanceof NeuroweaveError && error.code !== "internal") return error.code;
    throw error;
  }
}

it("whatever is done to a network in whatever order, refusals change nothing, and a fork made at any time does the same", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(acts, { minLength: 4, maxLength: 24 }),
      fc.nat(23),
      fc.boolean(),
      async (list, forkAt, wasm) => {
        const net = createNetwork({ dt: 0.5, seed: 2, device: wasm ? "wasm" : "reference" });
        net.population("p", 3, [parts.cell(), parts.late()]);
        let twin: Network | undefined;
        for (const [index, [label, act]] of list.entries()) {
          if (index === Math.min(forkAt, list.length - 1)) twin = net.fork();
          const before = { seen: visible(net), recorded: records(net) };
          const code = await attempt(net, act);
          if (code !== null) expect({ seen: visible(net), recorded: records(net) }, label).toEqual(before);
          if (!twin) continue;
          expect(await attempt(twin, act), label).toBe(code);
          expect({ seen: visible(twin), recorded: records(twin) }, label).toEqual({
            seen: visible(net),
            recorded: records(net),
          });
        }
      },
    ),
    { numRuns: 60 },
  );
});
