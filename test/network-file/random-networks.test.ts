/** Networks put together at random, and changed at random, come back from their files. */
import fc from "fast-check";
import {
  AdEx,
  AELIF,
  allToAll,
  choice,
  COBACell,
  ConductanceReceptor,
  ConstantCurrent,
  createNetwork,
  CurrentReceptor,
  DeltaReceptor,
  disc,
  exponentialDecay,
  fixedInDegree,
  fixedOutDegree,
  fixedProbability,
  fixedTotal,
  fromArrays,
  gaussian,
  Izhikevich,
  LIF,
  loadNetwork,
  lognormal,
  NeuroweaveError,
  NoisyCurrent,
  normal,
  oneToOne,
  PairSTDP,
  PoissonSource,
  Recorder,
  Refractory,
  RewardSTDP,
  smallWorld,
  SymmetricSTDP,
  TripletSTDP,
  TsodyksMarkram,
  uniform,
  WeightBounds,
  WeightNormalization,
  type Connector,
  type Distribution,
  type Network,
} from "neuroweave";
import { expect, it } from "vitest";
import { expectSameNetwork } from "./same-network.ts";

const n = 6;
const positive = fc.double({ min: 0.1, max: 5, noNaN: true });

/** A value between 1 and 10 for each neuron, in every way in which it can be given. */
const value: fc.Arbitrary<number | readonly number[] | Distribution> = fc.oneof(
  fc.double({ min: 1, max: 10, noNaN: true }),
  fc.array(fc.double({ min: 1, max: 10, noNaN: true }), { minLength: n, maxLength: n }),
  fc.tuple(positive, positive).map(([a, b]) => uniform(1 + Math.min(a, b), 1 + Math.max(a, b))),
  fc.tuple(positive, fc.double({ min: 0, max: 1, noNaN: true })).map(([a, sd]) => normal(a + 2, sd, { min: 1 })),
  positive.map((sd) => normal(5, sd, { min: 1, max: 10 })),
  fc.constantFrom<Distribution>(choice([1, 2, 3]), choice([2, 8], [0.25, 0.75]), lognormal(0.5, 0.1)),
);

const cell = fc.oneof(
  value.map((tau) => [LIF({ R: 5, tau: tau as number, threshold: -50, v_reset: -70, v_rest: -65, I: 4 }), Refractory({ tau_ref: 0.5 })]),
  value.map((C) => [AdEx({ C: C as number, I: 300, init_v: uniform(-70, -55) })]),
  value.map((amplitude) => [AELIF({ R: 5, tau: 10 }), ConstantCurrent({ name: "push", amplitude: amplitude as number })]),
  value.map((d) => [Izhikevich({ d: d as number, I: 15, sequential: true })]),
  value.map((I) => [COBACell({ I: I as number }), NoisyCurrent({ mean: 1, sigma: 0.5 })]),
); // prettier-ignore

const self = fc.boolean().map((self) => ({ self }));
const degree = fc.tuple(fc.integer({ min: 0, max: n - 1 }), fc.record({ self: fc.boolean(), multapses: fc.boolean() }));
const p = fc.double({ min: 0, max: 1, noNaN: true });
const connector: fc.Arbitrary<Connector> = fc.oneof(
  self.map(allToAll),
  fc.constant(oneToOne()),
  fc.tuple(p, self).map(([p, options]) => fixedProbability(p, options)),
  degree.map(([k, options]) => fixedInDegree(k, options)),
  degree.map(([k, options]) => fixedOutDegree(k, options)),
  degree.map(([k, options]) => fixedTotal(k, options)),
  fc.tuple(p, positive).map(([p, sigma]) => gaussian({ p, sigma })),
  fc.tuple(p, positive).map(([p, lambda]) => exponentialDecay({ p, lambda, period: [n] })),
  positive.map((radius) => disc({ radius, self: false })),
  p.map((p) => smallWorld({ k: 2, p })),
  fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 8 }).map((pairs) =>
    fromArrays({ sources: pairs.map(([s]) => s), targets: pairs.map(([, t]) => t) }),
  ),
); // prettier-ignore

const weight = fc.oneof(positive.map((w) => w / 10), fc.constantFrom(uniform(0.1, 0.5), normal(0.3, 0.1, { min: 0, max: 1 }), choice([0.1, 0.4], [1, 2]))); // prettier-ignore
const delay = fc.constantFrom<number | Distribution | undefined>(
  undefined,
  0.5,
  uniform(0.1, 2),
  normal(1, 0.3, { min: 0 }),
);
const rules = fc.constantFrom(
  () => [],
  () => [TsodyksMarkram({ U: 0.4, convention: "use-then-update" })],
  () => [PairSTDP({ A_plus: 0.05, pairing: "nearest", dependence: "multiplicative" }), WeightBounds({ min: 0, max: 1 })],
  () => [TripletSTDP({ fit: "hippocampal-culture" }), WeightBounds({ min: -1, max: null })],
  () => [SymmetricSTDP(), WeightNormalization({ norm: 2, every: 1 })],
  () => [RewardSTDP({ A_plus: 0.1 }), WeightBounds({ min: 0, max: 1 })],
); // prettier-ignore

/** Something that may be done to a network between runs. */
const change: fc.Arbitrary<(net: Network) => unknown> = fc.oneof(
  value.map((x) => (net: Network) => net.find("cells").set({ I: x as number } as never)),
  p.map((x) => (net: Network) => net.findProjection("synapses").set({ w: x })),
  fc.constantFrom(
    (net: Network) =>
      net
        .find("cells")
        .slice(1, 3)
        .set({ v: -59 } as never),
    (net: Network) => net.find("cells").disable(net.find("cells").behaviors.at(-1)!.name),
    (net: Network) => net.find("cells").detach(net.find("cells").behaviors.at(-1)!.name),
    (net: Network) => net.find("cells").attach(Recorder({ variables: ["v"], every: 0.5, keep: 3 }) as never),
    (net: Network) => net.findProjection("synapses").disable(net.findProjection("synapses").behaviors.at(-1)!.name),
    (net: Network) => net.findProjection("synapses").disable(),
    (net: Network) => net.findProjection("synapses").rewire(),
    (net: Network) => net.findProjection("synapses").restructure({ prune: [0] }),
    (net: Network) => void (net.learning = false),
    (net: Network) => net.step(7),
    (net: Network) => net.reset(),
  ),
);

it("a network put together and changed at random comes back from its file, to the bit", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.record({ cell, connector, weight, delay, rules, seed: fc.nat(), changes: fc.array(change, { maxLength: 4 }), single: fc.boolean(), method: fc.constantFrom(undefined, "rk4" as const) }),
      async ({ cell, connector, weight, delay, rules, seed, changes, single, method }) => {
        const net = createNetwork({ dt: 0.1, seed, precision: single ? "f32" : "f64" });
        net.signal("dopamine", { tau: 50, init: 0.5 });
        const receptors = [CurrentReceptor({ name: "psc", tau: 3 }), DeltaReceptor({ name: "psp" }), ConductanceReceptor({ name: "g" })];
        const source = net.population("source", n, PoissonSource({ rate: 200 }));
        const target = net.population("cells", n, [...cell, ...receptors] as never, method === undefined ? {} : { method });
        const route = { source: connector.name === "smallWorld" ? target : source, target, receptor: seed % 2 === 0 ? "psc" : "psp", weight, ...(delay === undefined ? {} : { delay }) };
        net.projection("synapses", { ...route, connect: connector, behaviors: rules() });
        for (const each of changes) await refusalOf(() => each(net));
        const why = await refusalOf(() => net.fork().step(1));
        // Switches may leave a network that cannot run: then its file cannot either, and says why. One whose numbers go astray is a network.
        if (why === undefined) await expectSameNetwork(net, 80);
        else if (why.code === "non-finite-state") expect(loadNetwork(net.toJSON()).toJSON()).toEqual(net.toJSON());
        else expect(() => loadNetwork(net.toJSON())).toThrow(NeuroweaveError);
        compared++;
      },
    ),
    { numRuns: 80, seed: 11 },
  );
  expect(compared).toBeGreaterThanOrEqual(80);
}, 240_000); // prettier-ignore

/** Why something is refused; undefined where it is done. */
async function refusalOf(change: () => unknown): Promise<NeuroweaveError | undefined> {
  try {
    await change();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(NeuroweaveError);
    return error as NeuroweaveError;
  }
}
