/** Short-term plasticity against published sequences, its steady states, and recursions written down anew. */
import {
  allToAll,
  CouplingReceptor,
  createNetwork,
  LIF,
  oneToOne,
  Recorder,
  SpikeTrain,
  StochasticRelease,
  TsodyksMarkram,
  type ShortTermConvention,
} from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const conventions: readonly ShortTermConvention[] = ["update-then-use", "use-then-update", "inactivation"];
type Values = NonNullable<Parameters<typeof TsodyksMarkram>[0]>;

/** What each of the spikes of one source transmits through a synapse of weight 1. */
async function transmitted(values: Values, steps: readonly number[], dt = 1, delay = 1): Promise<number[]> {
  const net = createNetwork({ dt });
  const spikes = SpikeTrain({ times: steps.map((k) => k * dt), ids: steps.map(() => 0) });
  const source = net.population("source", 1, spikes);
  const cells = net.population("cells", 1, [
    LIF({ threshold: 1e9 }),
    CouplingReceptor({ name: "r" }),
    Recorder({ variables: ["r.current"] }),
  ]);
  const behaviors = [TsodyksMarkram(values)];
  net.projection("to cells", { source, target: cells, connect: allToAll(), delay: delay * dt, behaviors });
  await net.step(steps.at(-1)! + delay + 1);
  const trace = cells.recorded("r.current").trace(0);
  const arrivals = steps.map((k) => k + delay);
  expect([...trace.keys()].filter((k) => trace[k] !== 0)).toEqual(arrivals);
  return arrivals.map((k) => trace[k]!);
}

const regular = (count: number, interval: number): number[] => Array.from({ length: count }, (_, k) => k * interval);

describe("the sequences that are known at 20 Hz", () => {
  const depressing = [0.5, 0.265147, 0.154835, 0.10302, 0.078683, 0.067251];
  const facilitating = [0.1, 0.174353, 0.221999, 0.250531];

  it.each(["update-then-use", "use-then-update"] as const)("come out of %s", async (convention) => {
    const some = await transmitted({ U: 0.5, tau_rec: 800, convention }, regular(60, 50));
    depressing.forEach((x, k) => expect(some[k]).toBeCloseTo(x, 6));
    expect(some.at(-1)).toBeCloseTo(0.057126, 6);
    const others = await transmitted({ U: 0.1, tau_rec: 100, tau_facil: 1000, convention }, regular(120, 50));
    facilitating.forEach((x, k) => expect(others[k]).toBeCloseTo(x, 6));
    expect(others.at(-1)).toBeCloseTo(0.335522, 6);
  });

  it("are what inactivation comes to when it takes no time", async () => {
    const distance = async (tau_psc: number): Promise<number> => {
      const some = await transmitted({ U: 0.5, tau_rec: 800, tau_psc, convention: "inactivation" }, regular(6, 50));
      return Math.max(...some.map((x, k) => Math.abs(x - depressing[k]!)));
    };
    expect(await distance(1e-6)).toBeLessThan(1e-6);
    expect(await distance(3)).toBeGreaterThan(1e-4);
  });
});

/** Each convention as its source defines it, in one variable after another. */
const defined = {
  /** Between spikes u → 0 and x → 1; at a spike first u += U (1 − u), then x −= u x. */
  "update-then-use": ({ U, tau_rec, tau_facil }: Required<Numbers>, intervals: readonly number[]) => {
    let [u, x] = [0, 1];
    return intervals.map((pause) => {
      u *= decay(pause, tau_facil);
      x = 1 - (1 - x) * decay(pause, tau_rec);
      u += U * (1 - u);
      const used = u * x;
      x -= used;
      return used;
    });
  },
  /** Between spikes u → U and x → 1; at a spike u x is used, x −= u x, and then u += U (1 − u). */
  "use-then-update": ({ U, tau_rec, tau_facil }: Required<Numbers>, intervals: readonly number[]) => {
    let [u, x] = [U, 1];
    return intervals.map((pause) => {
      u = U + (u - U) * decay(pause, tau_facil);
      x = 1 - (1 - x) * decay(pause, tau_rec);
      const used = u * x;
      x -= used;
      u += U * (1 - u);
      return used;
    });
  },
  /** x' = z/tau_rec, y' = −y/tau_psc, z' = y/tau_psc − z/tau_rec between spikes; u as in the first; a spike moves u x to y. */
  inactivation: ({ U, tau_rec, tau_facil, tau_psc }: Required<Numbers>, intervals: readonly number[]) => {
    let [u, y, z] = [0, 0, 0];
    return intervals.map((pause) => {
      u *= decay(pause, tau_facil);
      [y, z] = chain(y, z, pause, tau_psc, tau_rec);
      u += U * (1 - u);
      const used = u * (1 - y - z);
      y += used;
      return used;
    });
  },
};

interface Numbers {
  readonly U: number;
  readonly tau_rec: number;
  readonly tau_facil: number;
  readonly tau_psc: number;
}

const decay = (pause: number, tau: number): number => (tau === 0 ? 0 : Math.exp(-pause / tau));

/** Two decays behind one another, by a Taylor series of the matrix exponential over short parts: no pole at equal times. */
function chain(y: number, z: number, pause: number, tau_y: number, tau_z: number): [number, number] {
  const parts = Math.ceil((8 * pause) / Math.min(tau_y, tau_z)) + 1;
  const h = pause / parts;
  for (let part = 0; part < parts; part++) {
    let [dy, dz] = [y, z];
    for (let k = 1; k < 20; k++) {
      [dy, dz] = [(-dy / tau_y) * (h / k), (dy / tau_y - dz / tau_z) * (h / k)];
      y += dy;
      z += dz;
    }
  }
  return [y, z];
}

const time = fc.double({ min: 1, max: 1000, noNaN: true });
const parameters = fc.record({
  U: fc.double({ min: 0.02, max: 1, noNaN: true }),
  tau_rec: time,
  tau_facil: fc.oneof(fc.constant(0), time),
  tau_psc: fc.double({ min: 0.5, max: 50, noNaN: true }),
});
const spikes = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 12 });

describe.each(conventions)("%s", (convention) => {
  it("is the recursion of its source, for any spikes, parameters and delay", async () => {
    await fc.assert(
      fc.asyncProperty(parameters, spikes, fc.integer({ min: 1, max: 30 }), async (values, list, delay) => {
        const steps = list.toSorted((a, b) => a - b);
        const dt = 0.5;
        const intervals = steps.map((k, j) => (k - (steps[j - 1] ?? 0)) * dt);
        const wanted = defined[convention](values, intervals);
        const found = await transmitted({ ...values, convention }, steps, dt, delay);
        wanted.forEach((x, j) => expect(found[j]).toBeCloseTo(x, 11));
      }),
      { numRuns: 15 },
    );
  });

  it("has no pole where two of its time constants are the same", async () => {
    const values = { U: 0.4, tau_rec: 20, tau_facil: 20, tau_psc: 20 };
    const found = await transmitted({ ...values, convention }, regular(8, 13));
    const wanted = defined[convention](values, [0, 13, 13, 13, 13, 13, 13, 13]);
    wanted.forEach((x, j) => expect(found[j]).toBeCloseTo(x, 13));
  });

  it("transmits U by a first spike, whenever it comes, and all the same after a long rest", async () => {
    const found = await transmitted({ U: 0.3, tau_rec: 100, tau_facil: 50, convention }, [0, 4000]);
    expect(found[0]).toBeCloseTo(0.3, 15);
    expect(found[1]).toBeCloseTo(0.3, 12);
  });

  it("without time to recover or to facilitate is what it is at rest", async () => {
    const still = { U: 0.3, tau_rec: 0, tau_facil: 0, tau_psc: 1e-6, convention };
    for (const each of await transmitted(still, [0, 1, 2, 40])) expect(each).toBeCloseTo(0.3, 14);
  });

  it("leaves nothing to a source whose every spike takes all", async () => {
    const found = await transmitted({ U: 1, tau_rec: 1e9, convention }, [0, 1, 2]);
    expect(found[0]).toBe(1);
    expect(found[1]).toBeLessThan(1e-8);
  });

  it("keeps values for each source, and leaves those of a silent one as they were", async () => {
    const net = createNetwork({ dt: 1 });
    const source = net.population("source", 3, SpikeTrain({ times: [0, 10, 10, 20], ids: [0, 0, 2, 2] }));
    const cells = net.population("cells", 4, [LIF({ threshold: 1e9 }), CouplingReceptor({ name: "r" })]);
    const made = net.projection("to cells", {
      source,
      target: cells,
      connect: allToAll(),
      behaviors: [TsodyksMarkram({ U: [0.2, 0.3, 0.4], tau_rec: 100, tau_facil: 50, convention })],
    });
    await net.step(30);
    const [u, R] = [made.get("u"), made.get("R")];
    expect([u.length, R.length]).toEqual([3, 3]);
    expect([u[1], R[1]]).toEqual([0, 1]);
    const used = (U: number): number => U + U * (1 - U) * Math.exp(-10 / 50);
    expect(u[0]).toBeCloseTo(used(0.2), 14);
    expect(u[2]).toBeCloseTo(used(0.4), 14);
    expect([...made.get("t_before")]).toEqual([10, 0, 20]);
    net.reset();
    expect([...made.get("u"), ...made.get("R")]).toEqual([0, 0, 0, 1, 1, 1]);
  });
});

describe("use-then-update", () => {
  it("transmits what update-then-use transmits: they differ in what they call u and R", async () => {
    await fc.assert(
      fc.asyncProperty(parameters, spikes, async (values, list) => {
        const steps = list.toSorted((a, b) => a - b);
        const [one, other] = await Promise.all(
          (["update-then-use", "use-then-update"] as const).map((convention) =>
            transmitted({ ...values, convention }, steps),
          ),
        );
        one!.forEach((x, j) => expect(other![j]).toBeCloseTo(x, 13));
      }),
      { numRuns: 8 },
    );
  });
});

describe("steady states", () => {
  it.each(["update-then-use", "use-then-update"] as const)("of %s are the fixed point of the recursion", async (convention) => {
    for (const [U, tau_rec, tau_facil, interval] of [[0.5, 800, 0, 20], [0.05, 130, 530, 33], [0.3, 50, 50, 10]] as const) {
      const found = (await transmitted({ U, tau_rec, tau_facil, convention }, regular(400, interval))).at(-1)!;
      const [f, r] = [decay(interval, tau_facil), decay(interval, tau_rec)];
      const u = U / (1 - (1 - U) * f);
      expect(found).toBeCloseTo((u * (1 - r)) / (1 - (1 - u) * r), 12);
    }
  });
}); // prettier-ignore

describe("with the weights of its synapses and stochastic release, it", () => {
  it("multiplies: every synapse transmits all of w u R, or nothing", async () => {
    const net = createNetwork({ dt: 1, seed: 4 });
    const n = 64;
    const times = [0, 50, 100];
    const source = net.population("source", n, SpikeTrain({ times: times.flatMap((t) => Array(n).fill(t) as number[]), ids: times.flatMap(() => [...Array(n).keys()]) })); // prettier-ignore
    const cells = net.population("cells", n, [
      LIF({ threshold: 1e9 }),
      CouplingReceptor({ name: "r" }),
      Recorder({ variables: ["r.current"] }),
    ]);
    const weight = Array.from({ length: n }, (_, j) => 1 + j);
    net.projection("to cells", {
      source,
      target: cells,
      connect: oneToOne(),
      weight,
      behaviors: [TsodyksMarkram({ U: 0.5, tau_rec: 800 }), StochasticRelease({ p: 0.5 })],
    });
    await net.step(110);
    const sent = [0.5, 0.265147, 0.154835].map((efficacy, k) => {
      const arrived = cells.recorded("r.current").at(times[k]! + 1);
      const released = [...arrived].map((x, j) => {
        if (x !== 0) expect(x / weight[j]!).toBeCloseTo(efficacy, 6);
        return x !== 0;
      });
      const count = released.filter(Boolean).length;
      // Five standard deviations of a binomial.
      expect(Math.abs(count - n / 2)).toBeLessThan(5 * Math.sqrt(n / 4));
      return released.join();
    });
    expect(new Set(sent).size).toBe(3);
  });
});
