import fc from "fast-check";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import {
  allToAll,
  BCMRule,
  CouplingReceptor,
  createNetwork,
  defineBehavior,
  HebbianRule,
  OjaRule,
  RateCoupling,
  RateNeuron,
  TimedCurrent,
  type TransferFunction,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

/** So fast that a rate is its input. */
const prompt = { tau: 1e-4 };

interface Setting {
  readonly dt: number;
  /** Rates of the sources, a row for each time. */
  readonly rows: readonly (readonly number[])[];
  /** For how long a row is valid, in ms. */
  readonly every: number;
  /** Weights by source, one target after the other. */
  readonly weight: readonly number[];
  readonly rule: ReturnType<typeof HebbianRule | typeof OjaRule | typeof BCMRule>;
  /** Rates of the targets, on which the weights then have no influence. */
  readonly held?: readonly number[];
  readonly transfer?: TransferFunction;
}

/** An input that nothing follows. */
const Aside = defineBehavior({ name: "aside", inputs: { J: { default: 0 } } });

/** Sources whose rates are given, and linear targets. */
function rates({ dt, rows, every, weight, rule, held, transfer = "linear" }: Setting) {
  const net = createNetwork({ dt, seed: 1 });
  const values = rows.map((row) => [...row]);
  const source = net.population("source", rows[0]!.length, [
    RateNeuron({ ...prompt, transfer }),
    TimedCurrent({ values, every }),
  ]);
  const target = net.population("target", weight.length / source.n, [
    RateNeuron({ ...prompt, I: held ? [...held] : 0 }),
    Aside(),
    CouplingReceptor({ name: "drive" }),
    CouplingReceptor({ name: "nowhere", into: "J" }),
  ]);
  const behaviors = [RateCoupling(), rule];
  const receptor = held ? "nowhere" : "drive";
  const synapses = net.projection("p", {
    source,
    target,
    connect: allToAll(),
    receptor,
    weight: [...weight],
    behaviors,
  });
  return { net, source, target, synapses };
}

const repeated = <T>(rows: readonly T[], times: number): T[] => Array.from({ length: times }, () => rows).flat();
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, x, i) => sum + x * b[i]!, 0);

describe("HebbianRule", () => {
  it.each([1, 0.5, 0.1])("adds eta (y − theta_post) (x − theta_pre) in each ms, at a dt of %s", async (dt) => {
    const rule = HebbianRule({ eta: 0.002, theta_pre: [0.25, 1], theta_post: [0.5, -0.5] });
    const { net, synapses } = rates({
      dt,
      rows: [[1, 0.5]],
      every: 1,
      weight: [0.1, 0.2, 0.3, 0.4],
      rule,
      held: [2, 3],
    });
    await net.run(50);
    const expected = [0.1 + 0.1 * 1.5 * 0.75, 0.2 + 0.1 * 3.5 * 0.75, 0.3 + 0.1 * 1.5 * -0.5, 0.4 + 0.1 * 3.5 * -0.5];
    for (const [j, w] of synapses.get("w").entries()) expect(w).toBeCloseTo(expected[j]!, 12);
  });

  it("reads another variable of both ends where one is named, and refuses what is no name", async () => {
    const learnt: number[] = [];
    for (const of of ["r", "x"]) {
      const rule = HebbianRule({ eta: 0.01, of });
      const { net, synapses } = rates({
        dt: 1,
        rows: [[-2]],
        every: 1,
        weight: [0.5],
        rule,
        held: [3],
        transfer: "rectified",
      });
      await net.run(10);
      learnt.push(synapses.get("w")[0]!);
    }
    expect(learnt).toEqual([0.5, expect.closeTo(0.5 - 0.6, 12)]);
    expect(refusal(() => HebbianRule({ of: "2r" })).code).toBe("invalid-name");
  });
});

describe("OjaRule", () => {
  /** w² of one weight follows a logistic curve. */
  const exactly = (w: number, speed: number, t: number): number =>
    1 / Math.sqrt(1 + (1 / w ** 2 - 1) * Math.exp(-2 * speed * t));

  it("takes one weight along its closed form, the nearer the smaller dt", async () => {
    const errors: number[] = [];
    for (const dt of [1, 0.5, 0.25]) {
      const { net, synapses } = rates({ dt, rows: [[2]], every: 1, weight: [0.3], rule: OjaRule({ eta: 0.005 }) });
      await net.run(60);
      errors.push(Math.abs(synapses.get("w")[0]! - exactly(0.3, 0.005 * 4, 60)));
    }
    expect(errors[0]).toBeLessThan(0.03);
    for (const [coarse, fine] of [
      [0, 1],
      [1, 2],
    ] as const) {
      expect(errors[coarse]! / errors[fine]!).toBeGreaterThan(1.7);
      expect(errors[coarse]! / errors[fine]!).toBeLessThan(2.3);
    }
  });

  it("finds the leading eigenvector of the covariance of its inputs, and the norm 1", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }), {
          minLength: 5,
          maxLength: 8,
        }),
        async (drawn) => {
          const rows = drawn.map((row) => row.map((x, i) => x + (i === 1 ? 1 : i === 2 ? -0.8 : 0)));
          const covariance = new Matrix(rows).transpose().mmul(new Matrix(rows)).div(rows.length);
          const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
            assumeSymmetric: true,
          });
          const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
          // Where two directions are alike, there is nothing to be found.
          fc.pre(realEigenvalues[order[0]!]! > 1.5 * realEigenvalues[order[1]!]! && realEigenvalues[order[0]!]! > 0.5);
          const leading = eigenvectorMatrix.getColumn(order[0]!);
          const { net, synapses } = rates({
            dt: 1,
            rows: repeated(rows, 20_000 / rows.length),
            every: 4,
            weight: [0.3, 0.4, -0.2, 0.1],
            rule: OjaRule({ eta: 4e-4 }),
          });
          await net.run(80_000);
          const w = synapses.get("w");
          expect(Math.abs(Math.sqrt(dot(w, w)) - 1)).toBeLessThan(0.02);
          expect(Math.abs(dot(w, leading)) / Math.sqrt(dot(w, w))).toBeGreaterThan(0.998);
        },
      ),
      { numRuns: 8, seed: 3 },
    );
  });
});

describe("BCMRule", () => {
  const patterns = [[1, 0, 0.0], [0, 1, 0]] as const; // prettier-ignore

  it("does what its equations say, step by step", async () => {
    const rows = [[0.5, 1, 0.2], [1, 0.1, 0.9], [0.3, 0.3, 1]]; // prettier-ignore
    const parameters = { eta: 0.003, tau_theta: 20, r_0: 0.7 };
    const weight = [0.4, 0.9, 0.5];
    const { net, synapses } = rates({
      dt: 0.5,
      rows: repeated(rows, 20),
      every: 2.5,
      weight,
      rule: BCMRule(parameters),
    });
    let [w, theta, x] = [weight, 0, [0, 0, 0]];
    for (let k = 0; k < 300; k++) {
      const y = dot(w, x);
      x = rows[Math.floor(k / 5) % 3]!;
      const square = y ** 2 / 0.7;
      w = w.map((each, i) => each + 0.5 * 0.003 * x[i]! * y * (y - theta));
      theta = square + (theta - square) * Math.exp(-0.5 / 20);
    }
    await net.step(300);
    for (const [i, each] of synapses.get("w").entries()) expect(each).toBeCloseTo(w[i]!, 10);
    expect(synapses.get("theta")[0]).toBeCloseTo(theta, 10);
  });

  it("becomes selective: of two orthogonal patterns one is answered with r_0 / p, the other not at all", async () => {
    for (const [weight, chosen] of [
      [[0.5, 0.4, 0.3], 0],
      [[0.3, 0.5, 0.3], 1],
    ] as const) {
      const { net, synapses } = rates({
        dt: 1,
        rows: repeated(patterns, 3000),
        every: 10,
        weight,
        rule: BCMRule({ eta: 2e-4, r_0: 3, tau_theta: 400 }),
      });
      await net.run(60_000);
      const w = synapses.get("w");
      expect(Math.abs(w[chosen]! - 6) / 6).toBeLessThan(0.03);
      expect(Math.abs(w[1 - chosen]!)).toBeLessThan(0.1);
      expect(w[2]).toBe(0.3);
    }
  });

  it("comes to the same weights for every dt, the nearer the smaller it is", async () => {
    const found: number[] = [];
    for (const dt of [2, 1, 0.5, 0.25]) {
      const { net, synapses } = rates({
        dt,
        rows: repeated(patterns, 30),
        every: 20,
        weight: [0.9, 0.5, 0.3],
        rule: BCMRule({ eta: 2e-3, tau_theta: 50 }),
      });
      await net.run(1200);
      found.push(synapses.get("w")[0]!);
    }
    const steps = found.slice(1).map((w, i) => Math.abs(w - found[i]!));
    expect(steps[0]).toBeGreaterThan(0);
    expect(steps[1]! / steps[0]!).toBeLessThan(0.65);
    expect(steps[2]! / steps[1]!).toBeLessThan(0.65);
    expect(steps[2]).toBeLessThan(0.02);
  });
});

describe("rules for rates", () => {
  it("stand still while the network does not learn", async () => {
    for (const rule of [HebbianRule(), OjaRule(), BCMRule()]) {
      const { net, synapses } = rates({ dt: 1, rows: [[1, 2]], every: 1, weight: [0.3, 0.4], rule });
      net.learning = false;
      await net.run(20);
      expect([...synapses.get("w")]).toEqual([0.3, 0.4]);
      net.learning = true;
      await net.run(20);
      expect([...synapses.get("w")]).not.toEqual([0.3, 0.4]);
    }
  });
});
