/** PairSTDP against the pairs that Morrison, Diesmann and Gerstner (2008) define, enumerated one by one. */
import { PairSTDP, WeightBounds, type Pairing, type Tie, type WeightDependence } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { learningBetween } from "./trains.ts";

const pairings: readonly Pairing[] = ["all", "nearest", "reduced"];
const ties: readonly Tie[] = ["none", "potentiation", "depression", "both"];
const dependences: readonly WeightDependence[] = ["additive", "multiplicative", "power"];

interface Rule {
  readonly pairing: Pairing;
  readonly tie: Tie;
  readonly dependence: WeightDependence;
  readonly A_plus: number;
  readonly A_minus: number;
  readonly tau_plus: number;
  readonly tau_minus: number;
  readonly mu: number;
  readonly min: number;
  readonly max: number;
}

/** Earlier spikes of the other end that make a pair with one at `at`. */
function partners(at: number, own: readonly number[], other: readonly number[], pairing: Pairing, ties: boolean): number[] {
  const earlier = other.filter((time) => time < at || (ties && time === at));
  if (pairing === "all") return earlier;
  const last = earlier.toSorted((a, b) => a - b).at(-1);
  if (last === undefined) return [];
  // In between are spikes behind the partner and ahead of this one; where ties make pairs, one with the partner has used it up.
  const between = own.some((time) => time < at && (time > last || (ties && time === last)));
  return pairing === "reduced" && between ? [] : [last];
} // prettier-ignore

/** The weight after all spikes, event by event in the order of time; of one step the presynaptic one first. */
function enumerated(pre: readonly number[], post: readonly number[], start: number, rule: Rule): number {
  const { pairing, tie, dependence, A_plus, A_minus, tau_plus, tau_minus, mu, min, max } = rule;
  const factor = (distance: number): number =>
    dependence === "additive" ? 1 : dependence === "multiplicative" ? distance : distance ** mu;
  const within = (w: number): number => Math.min(Math.max(w, min), max);
  let w = start;
  for (const at of [...new Set([...pre, ...post])].sort((a, b) => a - b)) {
    const trace = (times: readonly number[], tau: number): number => times.reduce((sum, time) => sum + Math.exp((time - at) / tau), 0);
    if (pre.includes(at)) w = within(w - A_minus * trace(partners(at, pre, post, pairing, tie === "depression" || tie === "both"), tau_minus) * factor(w - min));
    if (post.includes(at)) w = within(w + A_plus * trace(partners(at, post, pre, pairing, tie === "potentiation" || tie === "both"), tau_plus) * factor(max - w));
  }
  return w;
} // prettier-ignore

const behaviorsOf = ({ min, max, ...rule }: Rule) => [PairSTDP(rule), WeightBounds({ min, max })];

const usual = { A_plus: 0.02, A_minus: 0.03, tau_plus: 17, tau_minus: 34, mu: 0.4, min: 0, max: 1 };

describe.each(pairings)("pairs of pairing %s", (pairing) => {
  it("of one presynaptic and one postsynaptic spike change the weight by their closed form", async () => {
    for (const tie of ties)
      for (const dependence of dependences)
        for (const delta of [-12, 0, 12]) {
          const { net, synapses } = learningBetween([[20]], [[20 + delta]], {
            weight: 0.3,
            behaviors: behaviorsOf({ ...usual, pairing, tie, dependence }),
          });
          await net.step(50);
          const depends = (distance: number): number =>
            ({ additive: 1, multiplicative: distance, power: distance ** 0.4 })[dependence];
          let expected = 0.3;
          if (delta < 0 || (delta === 0 && (tie === "depression" || tie === "both")))
            expected -= 0.03 * Math.exp(-Math.abs(delta) / 34) * depends(expected);
          if (delta > 0 || (delta === 0 && (tie === "potentiation" || tie === "both")))
            expected += 0.02 * Math.exp(-Math.abs(delta) / 17) * depends(1 - expected);
          expect(synapses.get("w")[0], `${tie}, ${dependence}, Δt = ${delta}`).toBeCloseTo(expected, 13);
        }
  });

  it("of random trains are those that enumeration finds, with every tie, dependence and lag", async () => {
    const train = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 14 });
    const lag = fc.integer({ min: 0, max: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(train, train),
        fc.tuple(train, train, train),
        fc.constantFrom(...ties),
        fc.constantFrom(...dependences),
        fc.tuple(lag, lag),
        fc.tuple(lag, lag, lag),
        async (pre, post, tie, dependence, axonal, dendritic) => {
          const rule: Rule = { ...usual, pairing, tie, dependence };
          const { net, synapses } = learningBetween(pre, post, { weight: 0.4, axonal, dendritic, behaviors: behaviorsOf(rule) });
          await net.step(70);
          const { sources, targets, values } = synapses.weights();
          for (const [j, w] of values.entries()) {
            const [s, t] = [sources[j]!, targets[j]!];
            const expected = enumerated(pre[s]!.map((time) => time + axonal[s]!), post[t]!.map((time) => time + dendritic[t]!), 0.4, rule);
            expect(w, `synapse ${j}`).toBeCloseTo(expected, 12);
          }
        },
      ),
      { numRuns: 25, seed: 5 },
    );
  }); // prettier-ignore
});

it("depends on no step size: the same trains on finer grids make the same pairs", async () => {
  const pre = [[1, 8, 9, 30], [4, 5, 22]];
  const post = [[3, 8, 12, 40], [5, 21, 22, 23]];
  for (const pairing of pairings)
    for (const tie of ties) {
      const weights: number[][] = [];
      for (const dt of [1, 0.5, 0.125]) {
        const { net, synapses } = learningBetween(pre, post, { behaviors: behaviorsOf({ ...usual, pairing, tie, dependence: "multiplicative" }) }, { dt });
        await net.run(45);
        weights.push([...synapses.get("w")]);
      }
      for (const finer of weights.slice(1)) finer.forEach((w, j) => expect(w).toBeCloseTo(weights[0]![j]!, 12));
    }
}); // prettier-ignore

it("needs bounds for the dependences on them, and says who has them", () => {
  for (const dependence of ["multiplicative", "power"] as const)
    expect(() => learningBetween([[1]], [[2]], { behaviors: [PairSTDP({ dependence })] })).toThrow(/w_(min|max) is needed.*\n.*pairRule of synapses[\s\S]*It is provided by [^.]*weightBounds/); // prettier-ignore
  expect(() => learningBetween([[1]], [[2]], { behaviors: [PairSTDP()] })).not.toThrow();
});

it.each([
  ["pairing", { pairing: "some" as Pairing }, "there is no pairing some"],
  ["tie rule", { tie: "maybe" as Tie }, "there is no tie rule maybe"],
  ["dependence", { dependence: "cubic" as WeightDependence }, "pairs have no dependence cubic"],
])("has no other %s", (_, options, message) => {
  expect(() => PairSTDP(options)).toThrow(message);
  expect(() => PairSTDP(options)).toThrow(/Choose one of/);
});
