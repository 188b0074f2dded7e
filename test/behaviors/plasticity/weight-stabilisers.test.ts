import {
  allToAll,
  createNetwork,
  defineBehavior,
  DeltaReceptor,
  fixedProbability,
  LIF,
  PairSTDP,
  SpikeTrain,
  SynapticScaling,
  uniform,
  WeightBounds,
  WeightClip,
  WeightDecay,
  WeightNormalization,
  type ProjectionOptions,
} from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../../equations/refusal.ts";

const Sink = defineBehavior({ name: "sink", state: { arrived: { init: 0 } }, onArrival: "arrived = arriving" });

interface Site extends Partial<Pick<ProjectionOptions, "weight" | "connect" | "behaviors">> {
  readonly dt?: number;
  readonly sources?: number;
  readonly targets?: number;
  /** Spikes of source 0 and of target 0, in ms. */
  readonly pre?: readonly number[];
  readonly post?: readonly number[];
}

/** Sources and targets that spike when they are told to, and synapses between them. */
function site({ dt = 1, sources = 3, targets = 2, pre = [], post = [], ...rest }: Site) {
  const net = createNetwork({ dt, seed: 5 });
  const train = (times: readonly number[]) => SpikeTrain({ times, ids: times.map(() => 0) });
  const source = net.population("source", sources, train(pre));
  const target = net.population("target", targets, [train(post), Sink()]);
  return { net, projection: net.projection("p", { source, target, connect: allToAll(), ...rest }) };
}

describe("weight normalization", () => {
  const weights = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 6, maxLength: 6 });
  it("multiplies the weights of each target or source by what makes their norm, and leaves zeros alone", async () => {
    await fc.assert(
      fc.asyncProperty(
        weights,
        fc.constantFrom("target", "source"),
        fc.constantFrom("sum", "L2"),
        async (given, by, measure) => {
          const [few, goal] = [given.map((w) => (Math.abs(w) < 1e-3 ? 0 : w)), 3];
          const { net, projection } = site({
            weight: few,
            behaviors: [WeightNormalization({ by, measure, norm: goal })],
          });
          await net.step();
          // Synapse 2 s + t leads from s to t.
          const groups =
            by === "target"
              ? [
                  [0, 2, 4],
                  [1, 3, 5],
                ]
              : [
                  [0, 1],
                  [2, 3],
                  [4, 5],
                ];
          const after = projection.get("w");
          for (const group of groups) {
            const size =
              measure === "sum"
                ? group.reduce((sum, j) => sum + Math.abs(few[j]!), 0)
                : Math.hypot(...group.map((j) => few[j]!));
            for (const j of group) expect(after[j]).toBeCloseTo(size === 0 ? 0 : (few[j]! * goal) / size, 12);
          }
        },
      ),
      { numRuns: 12, seed: 1, endOnFailure: true },
    );
  });

  it("is done in the steps that `every` names, with one norm for each target", async () => {
    const { net, projection } = site({
      dt: 0.5,
      weight: 1,
      behaviors: [WeightNormalization({ every: 2, norm: [1, 6] }), WeightDecay({ tau_w: 10 })],
    });
    const sums = () => [0, 1].map((t) => [0, 2, 4].reduce((sum, j) => sum + projection.get("w")[j + t]!, 0));
    projection.set({ w: [1, 1, 1, 1, 1, 1] });
    await net.step(1);
    expect(sums()[0]).toBeCloseTo(1, 12);
    expect(sums()[1]).toBeCloseTo(6, 12);
    await net.step(3);
    expect(sums()[1]).toBeCloseTo(6 * Math.exp(-3 * 0.05), 12);
    await net.step(1);
    expect(sums()[1]).toBeCloseTo(6, 12);
  });

  it("sums with signs and multiplies what cancels, in CoNeX's dialect", async () => {
    const weight = [1, 1, 2, -1, -1, 0];
    const { net, projection } = site({ weight, behaviors: [WeightNormalization({ norm: 4, dialect: "conex" })] });
    await net.step();
    // Target 0: 1 + 2 − 1 = 2; target 1: 1 − 1 + 0 = 0.
    expect([...projection.get("w")]).toEqual([2, 4, 4, -4, -2, 0]);
  });

  it("does not happen while nothing learns", async () => {
    const { net, projection } = site({ weight: uniform(0, 1), behaviors: [WeightNormalization()] });
    const before = projection.get("w");
    net.learning = false;
    await net.step(3);
    expect(projection.get("w")).toEqual(before);
  });

  it("stands behind learning and before bounds: the norm holds at the end of each step, unless a bound keeps it from that", async () => {
    const behaviors = [PairSTDP({ A_plus: 0.5 }), WeightNormalization(), WeightBounds({ min: 0, max: 0.4 })];
    const { net, projection } = site({ weight: [0.3, 0.4, 0.3, 0.3, 0.4, 0.3], pre: [1], post: [3], behaviors });
    await net.step(3);
    expect(projection.get("w")[0]).toBeCloseTo(0.3, 12);
    await net.step();
    // Source 0 came 2 ms before the spike of target 0; its weight grows up to the bound, and all of the target are scaled down.
    expect(0.3 + 0.5 * Math.exp(-2 / 20)).toBeGreaterThan(0.4);
    [0.4, 0.3, 0.4].forEach((w, s) => expect(projection.get("w")[2 * s]).toBeCloseTo(w / 1.1, 12));
    // Scaled up by 1 / 0.7, two of three would be above the bound.
    projection.set({ w: [0.3, 0.4, 0.4, 0.3, 0, 0.3] });
    await net.step();
    [0.4, 0.4, 0].forEach((w, s) => expect(projection.get("w")[2 * s]).toBeCloseTo(w, 12));
  });

  it("refuses ends, measures and dialects that do not exist", () => {
    for (const bad of [{ by: "synapse" }, { measure: "L3" }, { dialect: "brian" }])
      expect(refusal(() => WeightNormalization(bad as never)).code).toBe("invalid-value");
  });
});

describe("a clip of weights", () => {
  it("comes at the end of a step, and lets weights begin outside", async () => {
    const { net, projection } = site({ weight: [-1, 0.5, 2, 0.2, 1, 0], behaviors: [WeightClip({ w_max: 0.8 })] });
    expect(projection.get("w")[2]).toBe(2);
    await net.step();
    expect([...projection.get("w")]).toEqual([0, 0.5, 0.8, 0.2, 0.8, 0]);
  });
});

describe("decay of weights", () => {
  it.each([
    [0.1, undefined],
    [1, undefined],
    [0.5, 5],
  ])("is exponential to its value, exactly, at dt = %d ms every %s", async (dt, every) => {
    const { net, projection } = site({
      dt,
      weight: [1, 2, 3, 4, 5, 6],
      behaviors: [WeightDecay({ tau_w: 30, w_inf: 2, ...(every ? { every } : {}) })],
    });
    await net.run(60);
    projection.get("w").forEach((w, j) => expect(w).toBeCloseTo(2 + (j - 1) * Math.exp(-60 / 30), 11));
  });

  it("stands beside a rule that adds at spikes", async () => {
    const { net, projection } = site({
      sources: 1,
      targets: 1,
      weight: [0.5],
      pre: [2],
      post: [4],
      behaviors: [PairSTDP({ A_plus: 0.1 }), WeightDecay({ tau_w: 50 })],
    });
    await net.step(5);
    expect(projection.get("w")[0]).toBeCloseTo(0.5 * Math.exp(-5 / 50) + 0.1 * Math.exp(-2 / 20), 12);
  });
});

describe("synaptic scaling", () => {
  /** Weights after 3 s of one target at 20 Hz and one that is silent. */
  async function scaled(dt: number) {
    const post = Array.from({ length: 60 }, (_, k) => 25 + 50 * k);
    const rule = SynapticScaling({ tau_activity: 500, activity_goal: 10, beta_scaling: 0.05, gamma_scaling: 0.02 });
    const { net, projection } = site({ dt, weight: [1, 1, 2, 2, -1, -1], post, behaviors: [rule] });
    await net.run(3000);
    return projection;
  }

  it("keeps ratios and signs, weakens what is too active and strengthens what is silent, as the equations say", async () => {
    const w = (await scaled(0.5)).get("w");
    for (const t of [0, 1]) {
      expect(w[2 + t]! / w[t]!).toBeCloseTo(2, 12);
      expect(w[4 + t]! / w[t]!).toBeCloseTo(-1, 12);
    }
    // Silent: d ln w / dt = β g + γ g t, per second.
    expect(Math.log(w[1]!)).toBeCloseTo(0.05 * 10 * 3 + (0.02 * 10 * 9) / 2, 2);
    // A twin of the active one: the integral of g − a and its integral, with a in closed form between spikes.
    let [activity, deficit, log] = [0, 0, 0];
    const h = 0.01;
    for (let k = 0; k < 3000 / h; k++) {
      const missing = 10 - activity;
      log += ((0.05 * missing + 0.02 * deficit) * h) / 1000;
      deficit += (missing * h) / 1000;
      activity *= Math.exp(-h / 500);
      if (k % 5000 === 2500) activity += 1000 / 500;
    }
    expect(Math.log(w[0]!)).toBeCloseTo(log, 2);
    expect(log).toBeLessThan(0);
  });

  it("approaches one answer as dt becomes smaller", async () => {
    const [coarse, medium, fine] = await Promise.all(
      [1, 0.5, 0.25].map(async (dt) => Math.log((await scaled(dt)).get("w")[0]!)),
    );
    expect((coarse! - medium!) / (medium! - fine!)).toBeCloseTo(2, 1);
  });

  it("goes on with its estimate of activity while nothing learns, and changes no weight", async () => {
    const { net, projection } = site({
      weight: [1, 1, 1, 1, 1, 1],
      post: [5],
      behaviors: [SynapticScaling({ tau_activity: 100 })],
    });
    net.learning = false;
    await net.step(20);
    expect([...projection.get("w")]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(projection.get("activity")[0]).toBeCloseTo(10 * Math.exp(-14 / 100), 12);
    expect(projection.get("deficit")).toEqual(new Float64Array(2));
  });
});

it("normalization keeps a network of cells that learn at its norm on every target", async () => {
  const net = createNetwork({ dt: 0.5, seed: 2 });
  const times = Array.from({ length: 400 }, (_, k) => k / 2);
  const source = net.population("source", 20, SpikeTrain({ times, ids: times.map((_, k) => (k * 7) % 20) }));
  const target = net.population("target", 4, [LIF({ R: 5, I: 3.2 }), DeltaReceptor()]);
  const projection = net.projection("p", {
    source,
    target,
    connect: fixedProbability(0.6),
    weight: uniform(0, 1),
    behaviors: [PairSTDP(), WeightBounds({ min: 0, max: 10 }), WeightNormalization({ norm: 5 })],
  });
  await net.run(200);
  expect(target.spikes().ids.length).toBeGreaterThan(10);
  const sums = new Float64Array(4);
  const { targets, values } = projection.weights();
  targets.forEach((t, j) => (sums[t]! += values[j]!));
  sums.forEach((sum) => expect(sum).toBeCloseTo(5, 10));
}); // prettier-ignore
