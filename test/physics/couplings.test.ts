/** Cells and mean fields that act on one another in every step, against linear algebra and a recursion written down anew. */
import {
  allToAll,
  ConstantCurrent,
  CouplingReceptor,
  createNetwork,
  fromArrays,
  GapJunction,
  LIF,
  oneToOne,
  QIFMeanField,
  RateCoupling,
  Recorder,
  type MethodName,
} from "neuroweave";
import { describe, expect, it } from "vitest";

const tau = 10;
const R = 2;
const rest = -65;
const g = 0.3;
const start = [-50, -72] as const;

/** Two passive cells with a gap junction of conductance g: voltages after each step. */
async function pair(dt: number, steps: number, method: MethodName = "euler"): Promise<number[][]> {
  const net = createNetwork({ dt });
  const list = [
    LIF({ threshold: 1e9, tau, R, v_rest: rest, init_v: start }),
    CouplingReceptor({ name: "gap" }),
    Recorder({ variables: ["v"] }),
  ] as const;
  const cells = net.population("cells", 2, list, { method });
  const connect = fromArrays({ sources: [0, 1], targets: [1, 0] });
  net.projection("junction", { source: cells, target: cells, connect, weight: g, behaviors: [GapJunction()] });
  await net.step(steps);
  return Array.from({ length: steps }, (_, k) => [...cells.recorded("v").at(k)]);
}

/** Sum and difference of the two decouple: the one decays with 1/tau, the other with (1 + 2 R g)/tau. */
const solution = (t: number): [number, number] => {
  const mean = (start[0] + start[1]) / 2 - rest;
  const half = (start[0] - start[1]) / 2;
  const [slow, fast] = [mean * Math.exp(-t / tau), half * Math.exp((-(1 + 2 * R * g) * t) / tau)];
  return [rest + slow + fast, rest + slow - fast];
};

describe("two passive cells with a gap junction", () => {
  it("step as Euler's method steps their 2 × 2 system", async () => {
    const dt = 0.5;
    const trace = await pair(dt, 80);
    let [a, b]: number[] = [...start];
    for (const [x, y] of trace) {
      [a, b] = [a! + (dt / tau) * (rest - a! + R * g * (b! - a!)), b! + (dt / tau) * (rest - b! + R * g * (a! - b!))];
      expect(x).toBeCloseTo(a, 11);
      expect(y).toBeCloseTo(b, 11);
    }
  });

  it.each(["euler", "rk4", "exact"] as const)(
    "approach the matrix exponential in the first order of dt by %s, since couplings are held for the step",
    async (method) => {
      const error = async (dt: number): Promise<number> => {
        const trace = await pair(dt, Math.round(20 / dt), method);
        return Math.max(...trace.flatMap((row, k) => solution((k + 1) * dt).map((x, i) => Math.abs(x - row[i]!))));
      };
      const [coarse, fine] = [await error(0.1), await error(0.05)];
      expect(Math.log2(coarse / fine)).toBeGreaterThan(0.9);
      expect(Math.log2(coarse / fine)).toBeLessThan(1.1);
      expect(fine).toBeLessThan(0.05);
    },
  );

  it("lose what is between them, and keep their mean", async () => {
    const net = createNetwork({ dt: 0.1 });
    const cells = net.population("cells", 2, [
      LIF({ threshold: 1e9, tau: 1e9, R: 1e9, v_rest: 0, init_v: [4, -1] }),
      CouplingReceptor({ name: "gap" }),
    ]);
    const connect = fromArrays({ sources: [0, 1], targets: [1, 0] });
    net.projection("junction", { source: cells, target: cells, connect, weight: 1, behaviors: [GapJunction()] });
    await net.step(400);
    // What little leaks in 40 ms of a time constant of 10⁹ ms.
    for (const v of cells.get("v")) expect(v).toBeCloseTo(1.5 * Math.exp(-40 / 1e9), 12);
  });

  it("add up over all synapses of a cell, and stop when the projection does", async () => {
    const net = createNetwork({ dt: 1 });
    const source = net.population("source", 3, LIF({ threshold: 1e9, v_rest: [1, 2, 4], tau: 1e9 }));
    const cell = net.population("cell", 1, [LIF({ threshold: 1e9, v_rest: 0, tau: 1e9 }), CouplingReceptor({ name: "gap" })]); // prettier-ignore
    const made = net.projection("junctions", {
      source,
      target: cell,
      connect: allToAll(),
      weight: [10, 100, 1000],
      behaviors: [GapJunction()],
    });
    await net.step(1);
    expect(cell.get("gap.current")[0]).toBe(10 + 200 + 4000);
    made.disable();
    await net.step(1);
    expect(cell.get("gap.current")[0]).toBe(0);
  });
});

describe("mean fields that are coupled by their rates", () => {
  /** Euler's method for two mean fields: everything in the order of the equations, nothing of the framework. */
  function twins(dt: number, steps: number, w: readonly [number, number], I: number) {
    let fields = [
      { r: 0.01, v: -0.5 },
      { r: 0.4, v: -0.2 },
    ];
    return Array.from({ length: steps }, () => {
      const rates = fields.map(({ r }) => r);
      fields = fields.map(({ r, v }, i) => ({
        r: r + dt * (1 / Math.PI + 2 * r * v),
        v: v + dt * (v * v - 5 + I + w[i]! * rates[1 - i]! + 15 * r - (Math.PI * r) ** 2),
      }));
      return fields;
    });
  }

  it("step as two written down anew, each driven by the other's rate at the beginning of the step", async () => {
    const [dt, steps] = [0.01, 400];
    const net = createNetwork({ dt });
    const quiet = { x_ou_sigma: 0, y_ou_sigma: 0 };
    const make = (name: string, r: number, v: number) =>
      net.population(
        name,
        1,
        [
          QIFMeanField({ ...quiet, init_r: r, init_v: v }),
          ConstantCurrent({ amplitude: 1 }),
          CouplingReceptor({ name: "felt" }),
          Recorder({ variables: ["r", "v"] }),
        ],
        { method: "euler" },
      );
    const [one, other] = [make("one", 0.01, -0.5), make("other", 0.4, -0.2)];
    const [toOne, toOther] = [3, -2];
    net.projection("other to one", { source: other, target: one, connect: oneToOne(), weight: toOne, behaviors: [RateCoupling()] });
    net.projection("one to other", { source: one, target: other, connect: oneToOne(), weight: toOther, behaviors: [RateCoupling({ of: "r" })] });
    await net.step(steps);
    twins(dt, steps, [toOne, toOther], 1).forEach((fields, k) => {
      for (const [i, population] of [one, other].entries()) {
        expect(population.recorded("r").at(k)[0]).toBeCloseTo(fields[i]!.r, 10);
        expect(population.recorded("v").at(k)[0]).toBeCloseTo(fields[i]!.v, 10);
      }
    });
  }); // prettier-ignore

  it("may be coupled by any variable or parameter of the source", async () => {
    const net = createNetwork({ dt: 0.01 });
    const source = net.population("source", 1, QIFMeanField({ x_ou_sigma: 0, y_ou_sigma: 0, init_v: -0.25, eta: -7 }));
    const target = net.population("target", 1, [
      LIF(),
      CouplingReceptor({ name: "a" }),
      CouplingReceptor({ name: "b" }),
    ]);
    for (const [receptor, of] of [["a", "v"], ["b", "eta"]] as const)
      net.projection(of, { source, target, receptor, connect: oneToOne(), weight: 2, behaviors: [RateCoupling({ of })] });
    await net.step(1);
    expect([target.get("a.current")[0], target.get("b.current")[0]]).toEqual([-0.5, -14]);
  }); // prettier-ignore
});
