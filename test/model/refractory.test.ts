import { createNetwork, defineBehavior, Recorder, Refractory } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Drive } from "./tiny-behaviors.ts";

/** Two variables of its own; v climbs by a quarter in every step, so that it spikes in every fourth step of freedom. */
const Climber = defineBehavior({
  name: "climber",
  state: { v: { init: 0 }, w: { init: 0 } },
  inputs: { I: { default: 0.25 } },
  equations: "dv/dt = I\n dw/dt = 1",
  spike: "v >= 1",
  onSpike: "v = 0",
});

const Receptor = defineBehavior({
  name: "receptor",
  scope: "instance",
  state: { g: { init: 0 } },
  equations: "dg/dt = 1",
});

/** v, w and g after each step, and the steps of the spikes, as semantics.md says it in words. */
function naive(steps: number, rest: number, holdsAll: boolean) {
  let [v, w, g, left] = [0, 0, 0, 0];
  const trace: { v: number[]; w: number[]; g: number[] } = { v: [], w: [], g: [] };
  const spikes: number[] = [];
  for (let k = 0; k < steps; k++) {
    const refractory = left > 0;
    if (refractory) left--;
    if (!refractory) v += 0.25;
    if (!refractory || !holdsAll) w += 1;
    g += 1;
    if (v >= 1 && !refractory) {
      spikes.push(k);
      v = 0;
      left = rest;
    }
    trace.v.push(v);
    trace.w.push(w);
    trace.g.push(g);
  }
  return { ...trace, spikes };
}

describe("refractoriness", () => {
  it.each(["euler", "rk4", "heun", "midpoint", "exponentialEuler"] as const)(
    "by %s holds for exactly round(tau_ref / dt) steps after the spike's own: v alone, or all of the model's own equations; receptors go on",
    async (method) => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 9 }), fc.boolean(), async (rest, holdsAll) => {
          const net = createNetwork({ dt: 1 });
          const p = net.population(
            "p",
            2,
            [
              Climber(),
              Refractory({ tau_ref: rest, hold: holdsAll ? "all" : "v" }),
              Receptor(),
              Recorder({ variables: ["v", "w", "g"] }),
            ],
            { method },
          );
          await net.step(25);
          const expected = naive(25, rest, holdsAll);
          expect([...p.recorded("v").trace(1)]).toEqual(expected.v);
          expect([...p.recorded("w").trace(1)]).toEqual(expected.w);
          expect([...p.recorded("g").trace(1)]).toEqual(expected.g);
          expect([...p.spikes().steps].filter((_, j) => p.spikes().ids[j] === 1)).toEqual(expected.spikes);
        }),
        { numRuns: 6 },
      );
    },
  );

  it("allows no spike, whatever pushes the voltage over the threshold meanwhile", async () => {
    const Kick = defineBehavior({ name: "kick", priority: 300, requires: ["v"], equations: "v = 5" });
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Climber(), Kick(), Refractory({ tau_ref: 0.4 })]);
    await net.step(21);
    expect([...p.spikes().steps]).toEqual([0, 5, 10, 15, 20]);
  });

  it("counts in whole steps: k · dt never rounds to one more or less", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        async (rest, dt) => {
          const Always = defineBehavior({ name: "always", state: { v: { init: 1 } }, spike: "v >= 1" });
          const net = createNetwork({ dt, device: "reference" });
          const p = net.population("p", 1, [Always(), Refractory({ tau_ref: rest * dt })]);
          await net.step(3 * (rest + 1));
          expect([...p.spikes().steps]).toEqual([0, rest + 1, 2 * (rest + 1)]);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("can be set between steps and differ from neuron to neuron", async () => {
    const Always = defineBehavior({ name: "always", state: { v: { init: 1 } }, spike: "v >= 1" });
    const net = createNetwork({ dt: 0.5 });
    const p = net.population("p", 2, [Always(), Refractory({ tau_ref: [0.5, 1] })]);
    await net.step(6);
    expect([...p.spikes().ids]).toEqual([0, 1, 0, 1, 0]);
    p.set({ tau_ref: 0 });
    await net.step(3);
    expect([...p.spikes().steps].filter((k) => k > 5)).toEqual([6, 6, 7, 7, 8, 8]);
  });

  it("holds what another behavior declares to be held", async () => {
    const Freeze = defineBehavior({ name: "freeze", hold: { variables: ["w"], while: "t < 3 or i == 1" } });
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 2, [Climber(), Freeze(), Refractory({ tau_ref: 1 }), Drive({ amplitude: 0 })], {
      method: "rk4",
    });
    await net.step(7);
    expect([...p.get("w")]).toEqual([4, 0]);
    expect([...p.spikes().steps]).toEqual([3, 3]);
  });

  it("is a column that every population has", async () => {
    const net = createNetwork({ dt: 1 });
    const plain = net.population("plain", 2, [Climber()]);
    const resting = net.population("resting", 1, [Climber(), Refractory({ tau_ref: 2 })]);
    await net.step(4);
    expect([...plain.get("refractory")]).toEqual([0, 0]);
    expect(resting.get("refractory")[0]).toBeGreaterThan(0);
    await net.step(3);
    expect(resting.get("refractory")[0]).toBe(0);
  });
});
