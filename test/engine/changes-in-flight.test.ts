/**
 * Changes between runs while spikes are on their way. What a synapse transmits is decided in the Input phase of the step after
 * the spike, whenever it arrives: what changes until then counts, what changes later does not. Disabling, removing and rewiring
 * decide it at once, of the projection that changes and of no other.
 */
import { defineBehavior, type Network } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectTwins } from "./compare-with-naive.ts";
import type { NaiveNetwork, NaiveSynapse } from "./naive-network.ts";
import {
  addProjection,
  builtNetwork,
  drawnPlan,
  drawnProjection,
  drawnSynapses,
  naiveTwin,
  packed,
  synapsesOf,
  wiringOf,
  type NetworkPlan,
  type ProjectionPlan,
} from "./random-networks.ts";

const devices = ["wasm", "reference"] as const;

interface Twins {
  readonly net: Network;
  readonly naive: NaiveNetwork;
}

async function advance({ net, naive }: Twins, steps: number): Promise<void> {
  for (let k = 0; k < steps; k++) {
    await net.step();
    naive.advance(1);
    expectTwins(net, naive);
  }
}

/** Three sources, a spike in each of the steps 0 to 9 but 4 and 5, three targets; delays as given. */
function relay(delays: readonly number[], kind: ProjectionPlan["delays"]): NetworkPlan {
  const spikes = [0, 1, 2, 3, 6, 7, 8, 9].map((step, j) => ({ step, id: j % 3 }));
  const ends = { source: { population: "train", from: 0, n: 3 }, target: { population: "cells", from: 0, n: 3 } };
  const synapses = [0, 1, 2].flatMap((source) =>
    [0, 1, 2].map((target): NaiveSynapse => {
      return { source, target, weight: 0.1 + 0.03 * source + 0.007 * target, delay: delays[(source + target) % delays.length]! };
    }),
  );
  return {
    dt: 0.5,
    cells: [
      { name: "cells", n: 3, tau: 7, theta: 1, I: [0.5, 0.9, 1.3], refractory: 1, receptors: [{ name: "g", kind: "conductance", tau: 3, E: 2 }, { name: "kick", kind: "delta" }] },
    ],
    trains: [{ name: "train", n: 3, spikes }],
    projections: [{ ...ends, name: "p", receptor: "g", synapses, weights: "array", delays: kind }],
  };
} // prettier-ignore

/** A second projection into the same receptor. */
const second = ({ projections: [first] }: NetworkPlan, delays: readonly number[]): ProjectionPlan => ({
  ...first!,
  name: "another",
  synapses: first!.synapses.map((each, j) => ({ ...each, weight: each.weight / 3, delay: delays[j % delays.length]! })),
  delays: delays.length === 1 ? "one" : "connector",
});

const feeds: readonly (readonly [string, readonly number[], ProjectionPlan["delays"]])[] = [
  ["one delay of one step", [1], "one"],
  ["one delay of five steps", [5], "one"],
  ["delays per synapse", [2, 7, 1], "connector"],
];

/** Depression without recovery: each spike of a synapse leaves it three quarters of its efficacy. */
const Tiring = defineBehavior({
  name: "tiring",
  state: { x: { init: 1 } },
  parameters: { rest: { default: 0.75 } },
  onPre: `
    efficacy = x
    x = rest * x
  `,
});

/** What Tiring does to a naive projection. */
function tiring(): (synapse: NaiveSynapse) => number {
  const x = new Map<NaiveSynapse, number>();
  return (synapse) => {
    const before = x.get(synapse) ?? 1;
    x.set(synapse, 0.75 * before);
    return synapse.weight * before;
  };
}

describe.each(devices)("on %s", (device) => {
  describe.each(feeds)("with spikes on their way through a projection of %s", (_, delays, kind) => {
    const twins = (steps: number): Promise<Twins> => {
      const plan = relay(delays, kind);
      const both = { net: builtNetwork(plan, { device }), naive: naiveTwin(plan) };
      return advance(both, steps).then(() => both);
    };
    const plan = relay(delays, kind);

    it.each([1, 3, 4, 5])("after %i steps, disabling lets them arrive and sends no more, until it is enabled", async (at) => {
      const both = await twins(at);
      both.net.findProjection("p").disable();
      both.naive.disable("p");
      await advance(both, 4);
      both.net.findProjection("p").enable();
      both.naive.projections.get("p")!.enabled = true;
      await advance(both, 12);
      expect(both.net.find("cells").get("g.g" as never).every((g) => g > 0)).toBe(true);
    });

    it("disabling and enabling at one border loses nothing", async () => {
      const both = await twins(3);
      both.net.findProjection("p").disable().enable();
      await advance(both, 16);
    });

    it("removing lets them arrive, and one of the same name may follow", async () => {
      const both = await twins(3);
      both.net.remove(both.net.findProjection("p"));
      both.naive.remove("p");
      expect(both.net.projections).toHaveLength(0);
      await advance(both, 2);
      const after: ProjectionPlan = { ...second(plan, [3]), name: "p", receptor: "kick" };
      addProjection(both.net, after);
      both.naive.add({ ...after, synapses: synapsesOf(after), enabled: true });
      await advance(both, 14);
    });

    it("removing it and its source lets them arrive", async () => {
      const both = await twins(3);
      both.net.remove(both.net.findProjection("p"));
      both.naive.remove("p");
      both.net.remove(both.net.find("train"));
      await both.net.step(14);
      both.naive.advance(14);
      expect(both.net.find("cells").get("g.g" as never)).toEqual(both.naive.states.get("cells")!.g.get("g"));
      expect(both.net.find("cells").get("v" as never)).toEqual(both.naive.states.get("cells")!.v);
    });

    it.each([[[4]], [[1, 6, 2]]])("rewiring to delays %j lets them arrive, and sends later ones anew", async (other) => {
      const both = await twins(3);
      const after: ProjectionPlan = { ...second(plan, other), name: "p" };
      both.net.findProjection("p").rewire({ weight: 1, delay: undefined as never, ...wiringOf(after, plan.dt) });
      both.naive.rewire("p", synapsesOf(after));
      await advance(both, 16);
    });

    it.each([[[4]], [[1, 9, 2]], [[30]]])("a second projection of delays %j joins", async (other) => {
      for (const at of [1, 3, 8]) {
        const both = await twins(at);
        const joins = second(plan, other);
        addProjection(both.net, joins);
        both.naive.add({ ...joins, synapses: synapsesOf(joins), enabled: true });
        await advance(both, 3);
        both.net.remove(both.net.findProjection("another"));
        both.naive.remove("another");
        await advance(both, 15);
      }
    });

    it.each([1, 2, 3, 4, 5, 7])("after %i steps, weights that are set count for spikes of the step before, and later ones", async (at) => {
      const both = await twins(at);
      const stored = both.naive.projections.get("p")!.synapses;
      both.net.findProjection("p").set({ w: stored.map(({ weight }, j) => weight + 0.01 * j) });
      stored.forEach((synapse, j) => (synapse.weight += 0.01 * j));
      await advance(both, 2);
      both.net.findProjection("p").set({ w: 0.2 });
      stored.forEach((synapse) => (synapse.weight = 0.2));
      await advance(both, 14);
    });

    it.each([1, 3, 5])("after %i steps, weights that are written into the live view do as well", async (at) => {
      const both = await twins(0);
      const view = (): ArrayLike<number> & { [j: number]: number } => both.net.findProjection("p").column("w");
      view();
      await advance(both, at);
      const stored = both.naive.projections.get("p")!.synapses;
      stored.forEach((synapse, j) => (synapse.weight = view()[j] = 0.05 * (j + 1)));
      await advance(both, 14);
    });

    it.each([1, 3, 5])("after %i steps, a behavior that is attached counts for spikes of the step before, and later ones", async (at) => {
      const both = await twins(at);
      both.net.findProjection("p").attach(Tiring());
      both.naive.projections.get("p")!.transmitted = tiring();
      await advance(both, 4);
      both.net.findProjection("p").detach("tiring");
      both.naive.projections.get("p")!.transmitted = undefined;
      await advance(both, 12);
    });

    it.each([1, 3, 5])("after %i steps, a behavior that is switched off and on counts so too, and keeps its variables", async (at) => {
      const plan = relay(delays, kind);
      const both = { net: builtNetwork(plan, { device }), naive: naiveTwin(plan) };
      both.net.findProjection("p").attach(Tiring());
      const tired = tiring();
      both.naive.projections.get("p")!.transmitted = tired;
      await advance(both, at);
      both.net.findProjection("p").disable("tiring");
      both.naive.projections.get("p")!.transmitted = undefined;
      await advance(both, 2);
      both.net.findProjection("p").enable("tiring");
      both.naive.projections.get("p")!.transmitted = tired;
      await advance(both, 13);
    });

    it("a synapse reads its ends in the step after the spike, whatever the delay", async () => {
      const Gated = defineBehavior({ name: "gated", onPre: "efficacy = post.theta" });
      const both = await twins(0);
      both.net.findProjection("p").attach(Gated());
      const cells = both.net.find("cells");
      let theta = 1;
      both.naive.projections.get("p")!.transmitted = ({ weight }) => weight * theta;
      for (let k = 0; k < 18; k++) {
        theta = 1e6 + k;
        cells.set({ theta } as never);
        await both.net.step();
        // The naive cells never spike either.
        (both.naive.cells[0] as { theta: number }).theta = theta;
        both.naive.advance(1);
        expectTwins(both.net, both.naive);
      }
    });

    it("asking for a plan, a derivative, a snapshot, a copy or weights in between changes nothing", async () => {
      const both = await twins(1);
      for (let k = 0; k < 16; k++) {
        both.net.explain();
        both.net.find("cells").derivatives();
        both.net.snapshot();
        both.net.fork();
        both.net.findProjection("p").weights();
        if (k === 3) {
          const joins = second(plan, [1, 9, 2]);
          addProjection(both.net, joins);
          both.naive.add({ ...joins, synapses: synapsesOf(joins), enabled: true });
          both.net.explain();
          both.net.findProjection("p").set({ w: 0.25 });
          for (const synapse of both.naive.projections.get("p")!.synapses) synapse.weight = 0.25;
        }
        await advance(both, 1);
      }
    });
  });

  it("spikes that arrive at a receptor while it is disabled are lost", async () => {
    for (const [, delays, kind] of feeds) {
      const plan = relay(delays, kind);
      const both = { net: builtNetwork(plan, { device }), naive: naiveTwin(plan) };
      await advance(both, 4);
      both.net.findProjection("p").disable();
      both.naive.disable("p");
      both.net.find("cells").disable("g");
      await both.net.step(30);
      both.net.find("cells").enable("g");
      const before = both.net.find("cells").get("g.g" as never);
      await both.net.step(40);
      const after = both.net.find("cells").get("g.g" as never);
      after.forEach((g, i) => expect(g).toBeLessThanOrEqual(before[i]!));
    }
  });

  it("any changes of a random network give the bits of its naive twin", async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        const plan = drawnPlan(draw, 50);
        const both = { net: builtNetwork(plan, { device }), naive: naiveTwin(plan) };
        const { net, naive } = both;
        const plans = new Map(plan.projections.map((each) => [each.name, each]));
        for (let round = 0; round < 8; round++) {
          await advance(both, draw(fc.integer, { min: 1, max: 5 }));
          const name = [...plans.keys()][draw(fc.nat, 9) % Math.max(1, plans.size)];
          const kind = draw(fc.constantFrom, "switch", "switch", "set", "set", "rewire", "remove", "add");
          if (kind === "add" || name === undefined) {
            const made = drawnProjection(draw, `late ${round}`, plan, draw(fc.boolean) ? 9 : 20);
            plans.set(made.name, made);
            addProjection(net, made);
            naive.add({ ...made, synapses: synapsesOf(made), enabled: true });
            continue;
          }
          const [own, twin, given] = [net.findProjection(name), naive.projections.get(name)!, plans.get(name)!];
          if (kind === "remove") {
            net.remove(own);
            naive.remove(name);
            plans.delete(name);
          } else if (kind === "switch" && twin.enabled) {
            own.disable();
            naive.disable(name);
          } else if (kind === "switch") {
            own.enable();
            twin.enabled = true;
          } else if (kind === "set" && given.weights !== "shared") {
            const values = twin.synapses.map(() => draw(fc.integer, { min: -50, max: 300 }) / 700);
            own.set({ w: values });
            packed(given.weights, values).forEach((weight, j) => (twin.synapses[j]!.weight = weight));
          } else if (kind === "rewire") {
            const after = drawnSynapses(draw, given);
            plans.set(name, after);
            own.rewire({ weight: undefined as never, delay: undefined as never, weights: undefined as never, ...wiringOf(after, plan.dt) });
            naive.rewire(name, synapsesOf(after));
          }
        }
        await advance(both, 25);
      }),
      { numRuns: 25, seed: 20_253, endOnFailure: true },
    );
  });
}); // prettier-ignore
