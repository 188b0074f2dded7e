/** Random rules of learning on random networks, held to plain loops over all synapses, to the bit. */
import type { Network, NeuroweaveError } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectSameLearning } from "./compare-learning.ts";
import {
  advanceTwin,
  attachedRule,
  builtOrRefused,
  drawnLearningPlan,
  learningTwin,
  rewireTwin,
  type LearningNetworkPlan,
  type LearningTwin,
} from "./random-learning.ts";

const steps = 150;

describe("random rules on random networks do what plain loops over all synapses do, to the bit,", () => {
  it("over many steps", async () => {
    let [spikes, changed, refused] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        const plan = drawnLearningPlan(draw, steps);
        const net = builtOrRefused(plan, {});
        if (!net) return void refused++;
        const twin = learningTwin(plan, net);
        const before = net.projections.map((each) => each.weights().values);
        for (const count of [1, 1, 1, 2, 5, 10, 30, steps - 50]) {
          await net.step(count);
          advanceTwin(twin, count);
          expectSameLearning(net, twin);
        }
        spikes += twin.naive.history.length;
        changed += net.projections.filter((each, p) =>
          each.weights().values.some((w, j) => w !== before[p]![j]),
        ).length;
      }),
      { numRuns: 30, seed: 7, endOnFailure: true },
    );
    expect(spikes).toBeGreaterThan(1000);
    expect(changed).toBeGreaterThan(20);
    expect(refused).toBeLessThan(5);
  });

  it("however it is switched, copied, wired anew and attached to between steps", async () => {
    const happened = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        const plan = drawnLearningPlan(draw, 60);
        let net = builtOrRefused(plan, {});
        if (!net) return;
        const twin = learningTwin(plan, net);
        for (let change = 0; change < 10; change++) {
          const count = draw(fc.integer, { min: 1, max: 12 });
          await net.step(count);
          advanceTwin(twin, count);
          expectSameLearning(net, twin);
          const [name, act] = changes[draw(fc.integer, { min: 0, max: changes.length - 1 })]!;
          const after = await act({ net, twin, plan, draw });
          if (after) happened.set(name, (happened.get(name) ?? 0) + 1);
          net = after ?? net;
          expectSameLearning(net, twin);
        }
      }),
      { numRuns: 25, seed: 8, endOnFailure: true },
    );
    expect([...happened.keys()].sort()).toEqual(changes.map(([name]) => name).sort());
  });
});

interface Situation {
  readonly net: Network;
  readonly twin: LearningTwin;
  readonly plan: LearningNetworkPlan;
  readonly draw: fc.GeneratorValue;
}

/** What is done between steps, to both; gives the network with which it goes on, or nothing where it does not apply. */
type Change = readonly [
  name: string,
  act: (situation: Situation) => Promise<Network | undefined> | Network | undefined,
];

const chosen = ({ plan, draw }: Situation) =>
  plan.learning[draw(fc.integer, { min: 0, max: plan.learning.length - 1 })]!;

/** A rule whose sums nobody else may read. */
function chosenRule(situation: Situation) {
  const { wiring } = chosen(situation);
  const learning = situation.twin.learning.get(wiring.name)!;
  const rules = learning.rules.filter(({ name, sums }) => name !== "states" && sums.length === 0);
  if (rules.length === 0) return undefined;
  return { learning, projection: wiring.name, rule: rules[situation.draw(fc.integer, { min: 0, max: rules.length - 1 })]! };
} // prettier-ignore

const changes: readonly Change[] = [
  ["learning off and on", ({ net, twin }) => {
    net.learning = !net.learning;
    for (const each of twin.learning.values()) each.learning = net.learning;
    return net;
  }],
  ["projection off and on", (situation) => {
    const { net, twin: { naive, learning } } = situation;
    const { name } = chosen(situation).wiring;
    const projection = net.findProjection(name);
    const twin = naive.projections.get(name)!;
    if (projection.enabled) {
      projection.disable();
      naive.disable(name);
    } else {
      projection.enable();
      twin.enabled = true;
    }
    learning.get(name)!.learnsFrom = naive.step;
    return net;
  }],
  ["rule off and on", (situation) => {
    const found = chosenRule(situation);
    if (!found) return undefined;
    const { learning, projection, rule } = found;
    if (!learning.off.has(rule.name)) {
      situation.net.findProjection(projection).disable(rule.name);
      learning.off.add(rule.name);
      return situation.net;
    }
    if (enabledOrOutside(() => situation.net.findProjection(projection).enable(rule.name), !learning.isWithin(rule))) learning.off.delete(rule.name);
    return situation.net;
  }],
  ["rule detached and attached", (situation) => {
    const found = chosenRule(situation);
    if (!found) return undefined;
    const { learning, projection, rule } = found;
    if (learning.off.has(rule.name)) return undefined;
    const here = situation.net.findProjection(projection);
    here.detach(rule.name);
    here.attach(attachedRule(situation.plan, projection, rule, situation.net.dt));
    learning.rules = [...learning.rules.filter((each) => each !== rule), rule];
    return situation.net;
  }],
  ["forked", ({ net }) => net.fork()],
  ["snapshot taken and restored", async ({ net }) => {
    const bytes = net.snapshot();
    await net.step(9);
    net.restore(bytes);
    return net;
  }],
  ["wired anew", (situation) => {
    const { name } = chosen(situation).wiring;
    const projection = situation.net.findProjection(name);
    // Wiring anew starts the variables again, within the bounds of the rules that are on.
    projection.rewire();
    rewireTwin(situation.twin, situation.plan, projection);
    return situation.net;
  }],
  ["weights set", (situation) => {
    const { name, weights } = chosen(situation).wiring;
    if (weights === "i16") return undefined;
    const value = Math.fround(0.1 * draw01(situation.draw));
    situation.net.findProjection(name).set({ w: value });
    for (const synapse of situation.twin.naive.projections.get(name)!.synapses) synapse.weight = value;
    return situation.net;
  }],
]; // prettier-ignore

const draw01 = (draw: fc.GeneratorValue): number => draw(fc.integer, { min: 1, max: 1000 }) / 1000;

/** Whether something is enabled; holds that it is refused exactly where weights lie outside its bounds. */
function enabledOrOutside(enable: () => unknown, outside: boolean): boolean {
  try {
    enable();
  } catch (error) {
    expect((error as NeuroweaveError).code).toBe("out-of-range");
    expect(outside).toBe(true);
    return false;
  }
  expect(outside).toBe(false);
  return true;
}
