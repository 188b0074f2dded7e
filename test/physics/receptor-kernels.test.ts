/** What receptors hold after spikes is their kernel at every step, and what membranes make of it the closed form. */
import {
  allToAll,
  AlphaConductance,
  AlphaCurrent,
  ConductanceReceptor,
  createNetwork,
  CurrentReceptor,
  DeltaReceptor,
  DoubleExponentialConductance,
  DoubleExponentialCurrent,
  LIF,
  NMDAReceptor,
  Recorder,
  SpikeTrain,
  type BehaviorInstance,
  type MethodName,
  type Shape,
} from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

type Kernel = (t: number) => number;

const exponential =
  (tau: number): Kernel =>
  (t) =>
    Math.exp(-t / tau);
const alpha =
  (tau: number): Kernel =>
  (t) =>
    (t / tau) * Math.exp(1 - t / tau);
/** Normalised by its own peak, where its derivative is zero. */
function doubleExponential(rise: number, decay: number): Kernel {
  const bare: Kernel = (t) => Math.exp(-t / decay) - Math.exp(-t / rise);
  const peak = bare((Math.log(decay / rise) * rise * decay) / (decay - rise));
  return (t) => bare(t) / peak;
}

interface Run {
  readonly receptor: BehaviorInstance<Shape & { readonly requires: "I" | "v" }>;
  /** The variable to read. */
  readonly read: string;
  readonly dt: number;
  readonly steps: number;
  /** Steps of the spikes. */
  readonly spikes: readonly number[];
  readonly weight: number;
  readonly delay?: number;
  readonly cell?: Parameters<typeof LIF>[0];
  readonly method?: MethodName;
}

const silent = { threshold: 1e9, v_rest: 0, tau: 10, R: 3 };

/** A variable after every step. */
async function traceOf({ receptor, read, dt, steps, spikes, weight, delay = 0, cell = {}, method }: Run) {
  const net = createNetwork({ dt });
  const source = net.population(
    "source",
    1,
    SpikeTrain({ times: spikes.map((k) => k * dt), ids: spikes.map(() => 0) }),
  );
  const list = [LIF({ ...silent, ...cell }), receptor, Recorder({ variables: [read as "v"] })] as const;
  const cells = net.population("cells", 1, list, method === undefined ? {} : { method });
  net.projection("to cells", { source, target: cells, connect: allToAll(), weight, delay: delay * dt });
  await net.step(steps);
  return cells.recorded(read as "v").trace(0);
}

/** The sum of kernels at the end of step k: a spike arrives at the beginning of step s + max(1, delay). */
const expected = ({ dt, steps, spikes, weight, delay = 0 }: Run, kernel: Kernel): number[] =>
  Array.from({ length: steps }, (_, k) =>
    spikes
      .map((s) => k + 1 - (s + Math.max(1, delay)))
      .reduce((sum, passed) => sum + (passed > 0 ? weight * kernel(passed * dt) : 0), 0),
  );

function expectClose(actual: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  const scale = Math.max(...wanted.map(Math.abs), 1e-300);
  const worst = Math.max(...wanted.map((x, k) => Math.abs(x - actual[k]!))) / scale;
  expect(worst).toBeLessThan(tolerance);
}

const protocol = {
  dt: fc.constantFrom(0.1, 0.25, 1),
  spikes: fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 4 }),
  weight: fc.double({ min: -20, max: 20, noNaN: true }).filter((w) => Math.abs(w) > 1e-3),
  delay: fc.integer({ min: 0, max: 12 }),
};
const time = fc.double({ min: 0.2, max: 60, noNaN: true });
const few = { numRuns: 12 };

describe("after spikes, at every step, a receptor holds", () => {
  const steps = 90;

  it.each([
    ["a current that decays", (tau: number) => CurrentReceptor({ name: "r", tau }), "r.current", exponential],
    ["a conductance that decays", (tau: number) => ConductanceReceptor({ name: "r", tau }), "r.g", exponential],
    ["an alpha current", (tau: number) => AlphaCurrent({ name: "r", tau }), "r.current", alpha],
    ["an alpha conductance", (tau: number) => AlphaConductance({ name: "r", tau }), "r.g", alpha],
  ] as const)("%s", async (_, make, read, kernel) => {
    await fc.assert(
      fc.asyncProperty(fc.record({ ...protocol, tau: time }), async ({ tau, ...rest }) => {
        const run = { ...rest, steps, read, receptor: make(tau) };
        expectClose(await traceOf(run), expected(run, kernel(tau)), 1e-12);
      }),
      few,
    );
  });

  it.each([
    ["a double exponential current", (v: object) => DoubleExponentialCurrent({ name: "r", ...v }), "r.current"],
    ["a double exponential conductance", (v: object) => DoubleExponentialConductance({ name: "r", ...v }), "r.g"],
    ["what NMDA opens without block", (v: object) => NMDAReceptor({ name: "r", ...v }), "r.g"],
  ] as const)("%s, whichever time constant is the longer", async (_, make, read) => {
    await fc.assert(
      fc.asyncProperty(
        // The formula itself loses its digits where the two are close.
        fc
          .record({ ...protocol, tau_rise: time, tau_decay: time })
          .filter(({ tau_rise, tau_decay }) => Math.abs(Math.log(tau_rise / tau_decay)) > 0.2),
        async ({ tau_rise, tau_decay, ...rest }) => {
          const run = { ...rest, steps, read, receptor: make({ tau_rise, tau_decay }) };
          expectClose(await traceOf(run), expected(run, doubleExponential(tau_rise, tau_decay)), 2e-12);
        },
      ),
      few,
    );
  });

  it("the alpha function where both time constants are the same, or all but the same", async () => {
    for (const off of [0, 1e-15, -1e-12, 1e-9]) {
      const receptor = DoubleExponentialCurrent({ name: "r", tau_rise: 4, tau_decay: 4 * (1 + off) });
      const run = { receptor, read: "r.current", dt: 0.1, steps: 300, spikes: [3, 40], weight: 2 };
      expectClose(await traceOf(run), expected(run, alpha(4)), 1e-12 + Math.abs(off));
    }
  });

  it("at its peak, the weight", async () => {
    for (const [tau_rise, tau_decay] of [[0.1, 10], [2, 100], [5, 5], [30, 2]] as const) {
      const receptor = DoubleExponentialConductance({ name: "r", tau_rise, tau_decay });
      const run = { receptor, read: "r.g", dt: 0.01, steps: 4000, spikes: [0], weight: 7 };
      const most = Math.max(...(await traceOf(run)));
      // Between two steps the top of a parabola of this curvature can hide.
      expect(most).toBeLessThan(7 * (1 + 1e-13));
      expect(most).toBeGreaterThan(7 * (1 - 0.01 ** 2 / (8 * tau_rise * tau_decay)) - 1e-12);
    }
  }); // prettier-ignore

  it("a kernel that is there within one step, for a rise far shorter than it", async () => {
    const receptor = DoubleExponentialCurrent({ name: "r", tau_rise: 1e-3, tau_decay: 5 });
    const run = { receptor, read: "r.current", dt: 1, steps: 60, spikes: [0], weight: 1 };
    expectClose(await traceOf(run), expected(run, doubleExponential(1e-3, 5)), 1e-12);
  });

  it("values of its own for every neuron", async () => {
    const net = createNetwork({ dt: 0.5 });
    const source = net.population("source", 1, SpikeTrain({ times: [0], ids: [0] }));
    const [tau_rise, tau_decay] = [[1, 2, 3, 4, 5], [9, 2, 1, 30, 5]]; // prettier-ignore
    const cells = net.population("cells", 5, [
      LIF(silent),
      DoubleExponentialCurrent({ name: "r", tau_rise, tau_decay }),
    ]);
    net.projection("to cells", { source, target: cells, connect: allToAll() });
    await net.step(12);
    const kernels = tau_rise.map((rise, i) =>
      rise === tau_decay[i] ? alpha(rise) : doubleExponential(rise, tau_decay[i]!),
    );
    // The spike has arrived at the beginning of step 1.
    expectClose(cells.get("r.current"), kernels.map((kernel) => kernel(11 * 0.5)), 1e-12); // prettier-ignore
  });
});

describe("the potential that a current makes on a passive membrane is the closed form", () => {
  const { tau: tau_m, R } = silent;
  const fromExponential =
    (tau: number): Kernel =>
    (t) =>
      ((R * tau) / (tau - tau_m)) * (Math.exp(-t / tau) - Math.exp(-t / tau_m));
  const fromDouble = (rise: number, decay: number): Kernel => {
    // A double exponential is a difference of exponentials; the kernel at one moment tells by what it is multiplied.
    const f = doubleExponential(rise, decay)(1) / (Math.exp(-1 / decay) - Math.exp(-1 / rise));
    return (t) => f * (fromExponential(decay)(t) - fromExponential(rise)(t));
  };
  const fromAlpha = (tau: number): Kernel => {
    const [a, b] = [1 / tau, 1 / tau_m];
    return (t) =>
      R * Math.E * a * b *
      ((t * Math.exp(-a * t)) / (b - a) - (Math.exp(-a * t) - Math.exp(-b * t)) / (b - a) ** 2);
  }; // prettier-ignore
  const cases = [
    ["exponential", CurrentReceptor({ name: "r", tau: 4 }), fromExponential(4)],
    ["alpha", AlphaCurrent({ name: "r", tau: 3 }), fromAlpha(3)],
    ["double exponential", DoubleExponentialCurrent({ name: "r", tau_rise: 1.5, tau_decay: 6 }), fromDouble(1.5, 6)],
  ] as const;

  it.each(cases)("%s, to rounding by the exact method", async (_, receptor, kernel) => {
    const run = { receptor, read: "v", dt: 0.5, steps: 120, spikes: [0, 7, 8], weight: 2.5, delay: 3 };
    expectClose(await traceOf({ ...run, method: "exact" }), expected(run, kernel), 1e-12);
  });

  it.each(cases)("%s, in the fourth order by rk4, whose stages see the exact current", async (_, receptor, kernel) => {
    const error = async (dt: number): Promise<number> => {
      const run = { receptor, read: "v", dt, steps: Math.round(30 / dt), spikes: [0], weight: 1 };
      const trace = await traceOf({ ...run, method: "rk4" });
      return Math.max(...expected(run, kernel).map((x, k) => Math.abs(x - trace[k]!)));
    };
    const [coarse, fine] = [await error(1), await error(0.5)];
    expect(Math.log2(coarse / fine)).toBeGreaterThan(3.7);
    expect(fine).toBeLessThan(1e-4);
  });

  it("a jump, for the delta receptor", async () => {
    const run = { receptor: DeltaReceptor({ name: "r" }), read: "v", dt: 0.5, steps: 90, spikes: [1, 4], weight: 1.5 };
    expectClose(await traceOf({ ...run, method: "exact" }), expected(run, exponential(tau_m)), 1e-12);
  });
});

/** tau v' = v_rest − v + R·current(t, v) by 200 Runge–Kutta steps in each step: written down anew, sharing nothing. */
function membrane(current: (t: number, v: number) => number, dt: number, steps: number, v_rest: number): number[] {
  const slope = (t: number, v: number): number => (v_rest - v + silent.R * current(t, v)) / silent.tau;
  const parts = 200;
  const h = dt / parts;
  let v = v_rest;
  return Array.from({ length: steps }, (_, k) => {
    for (let j = 0; j < parts; j++) {
      const t = k * dt + j * h;
      const a = slope(t, v);
      const b = slope(t + h / 2, v + (h / 2) * a);
      const c = slope(t + h / 2, v + (h / 2) * b);
      const d = slope(t + h, v + h * c);
      v += (h / 6) * (a + 2 * b + 2 * c + d);
    }
    return v;
  });
}

describe("the potential that a conductance makes", () => {
  const rest = -65;
  const block = (Mg: number) => (v: number) => 1 / (1 + (Mg / 3.57) * Math.exp(-0.062 * v));
  const open = (): number => 1;

  it.each([
    ["an exponential", ConductanceReceptor({ name: "r", tau: 5, E: 0 }), exponential(5), 0, open],
    ["an inhibitory", ConductanceReceptor({ name: "r", tau: 10, E: -80 }), exponential(10), -80, open],
    ["an alpha", AlphaConductance({ name: "r", tau: 2, E: 0 }), alpha(2), 0, open],
    [
      "a double exponential",
      DoubleExponentialConductance({ name: "r", tau_rise: 1, tau_decay: 8, E: 0 }),
      doubleExponential(1, 8),
      0,
      open,
    ],
    ["a blocked", NMDAReceptor({ name: "r", Mg: 1.2 }), doubleExponential(2, 100), 0, block(1.2)],
  ] as const)("follows the voltage: %s one", async (_, receptor, kernel, E, gate) => {
    const error = async (dt: number): Promise<number> => {
      const steps = Math.round(30 / dt);
      const run = { receptor, read: "v", dt, steps: steps + 1, spikes: [0], weight: 0.4, cell: { v_rest: rest } };
      const trace = await traceOf({ ...run, method: "rk4" });
      // The spike arrives at the beginning of step 1.
      expect(trace[0]).toBe(rest);
      const wanted = membrane((t, v) => 0.4 * kernel(t) * (E - v) * gate(v), dt, steps, rest);
      return Math.max(...wanted.map((x, k) => Math.abs(x - trace[k + 1]!)));
    };
    const [coarse, fine] = [await error(0.2), await error(0.1)];
    expect(fine).toBeLessThan(2e-7);
    expect(Math.log2(coarse / fine)).toBeGreaterThan(3.5);
  });

  it("stops at the reversal potential, from above and from below", async () => {
    for (const E of [-20, -65, -90]) {
      const receptor = ConductanceReceptor({ name: "r", tau: 1e6, E });
      const run = { receptor, read: "v", dt: 0.1, steps: 400, spikes: [0], weight: 20, cell: { v_rest: -65 } };
      const last = (await traceOf({ ...run, method: "exponentialEuler" })).at(-1)!;
      // Leak and conductance balance: (v_rest + R g E) / (1 + R g), g having decayed by 40 ms of 10⁶.
      const g = 20 * Math.exp(-40 / 1e6);
      expect(last).toBeCloseTo((-65 + 3 * g * E) / (1 + 3 * g), 5);
    }
  });
});

describe("the magnesium block", () => {
  it.each([
    // 1 / (1 + Mg/3.57 · e^(−0.062 v)) in decimal arithmetic.
    [1, -80, 0.024424653],
    [1, -65, 0.059668154],
    [1, 0, 0.781181619],
    [1, 40, 0.977080156],
    [0, -65, 1],
    [3.57, 0, 0.5],
  ])("for %s mM at %s mV lets a fraction of %s through", async (Mg, v, fraction) => {
    const net = createNetwork({ dt: 0.1 });
    const source = net.population("source", 1, SpikeTrain({ times: [0], ids: [0] }));
    const cells = net.population("cells", 1, [
      LIF({ ...silent, v_rest: v, tau: 1e9 }),
      NMDAReceptor({ name: "r", Mg, E: v + 10 }),
      Recorder({ variables: ["I", "r.g"] }),
    ]);
    net.projection("to cells", { source, target: cells, connect: allToAll() });
    await net.step(12);
    // Recorded I is the sum at the first stage: it sees g as the step before has left it.
    const [g, I] = [cells.recorded("r.g").at(10)[0]!, cells.recorded("I").at(11)[0]!];
    expect(g).toBeGreaterThan(0.1);
    expect(I / (g * 10)).toBeCloseTo(fraction, 8);
  });
});
