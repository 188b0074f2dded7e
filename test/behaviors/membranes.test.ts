import fc from "fast-check";
import { createNetwork } from "neuroweave";
import { describe, expect, it } from "vitest";
import { AdEx, adexPatterns, AELIF, ELIF, HodgkinHuxley, Izhikevich, LIF, QIF, QIFMeanField, Refractory, StepCurrent } from "@neuroweave/behaviors"; // prettier-ignore
import { lorentzian, type Spikes } from "@neuroweave/model";
import { Recorder } from "@neuroweave/record";

/** Steps in which a neuron spiked. */
const stepsOf = ({ steps, ids }: Spikes, neuron: number): number[] =>
  Array.from(steps).filter((_, j) => ids[j] === neuron);

describe("the leaky integrate-and-fire neuron", () => {
  it("fires with the period of its closed form, as far as dt resolves it", async () => {
    const [dt, tau, R, v_rest, v_reset, threshold] = [0.01, 10, 2, -65, -70, -50];
    const I = [7.6, 8, 10, 20, 100];
    const net = createNetwork({ dt });
    const cells = net.population("cells", 5, LIF({ tau, R, v_rest, v_reset, threshold, I }));
    await net.run(300);
    I.forEach((current, neuron) => {
      const period = tau * Math.log((R * current + v_rest - v_reset) / (R * current + v_rest - threshold));
      const steps = stepsOf(cells.spikes(), neuron);
      const measured = ((steps.at(-1)! - steps[0]!) * dt) / (steps.length - 1);
      // Euler decays as if tau were longer by dt/2; and a spike waits for the next step.
      expect(Math.abs(measured - period)).toBeLessThan(dt + period * (dt / tau));
    });
  });

  it("follows the step of its equation, written out", async () => {
    const [dt, tau, R, v_rest, I] = [0.1, 7, 3, -60, 2.5];
    const net = createNetwork({ dt });
    const cells = net.population("cells", 1, [LIF({ tau, R, v_rest, I, v: -80 }), Recorder({ variables: ["v"] })]);
    await net.step(100);
    let v = -80;
    for (const sample of cells.recorded("v").trace()) {
      v += (v_rest - v + R * I) * (dt / tau);
      expect(sample).toBe(v);
    }
  });
});

describe("the exponential neurons", () => {
  it("AELIF without adaptation is ELIF, and ELIF far from its rheobase is LIF", async () => {
    const net = createNetwork({ dt: 0.1 });
    const common = { I: [14, 20, 40] };
    const elif = net.population("elif", 3, ELIF(common));
    const aelif = net.population("aelif", 3, AELIF({ ...common, alpha: 0, beta: 0 }));
    const lif = net.population("lif", 3, LIF(common));
    const far = net.population("far", 3, ELIF({ ...common, theta_rh: 1000 }));
    await net.run(100);
    expect(aelif.get("v")).toEqual(elif.get("v"));
    expect(aelif.spikes()).toEqual(elif.spikes());
    expect(far.spikes()).toEqual(lif.spikes());
    expect(elif.spikes().ids.length).toBeGreaterThan(lif.spikes().ids.length);
  });

  it("adaptation jumps by beta at a spike, whatever the step, or by beta·dt in CoNeX's dialect", async () => {
    for (const [dialect, jump] of [
      ["default", () => 3],
      ["conex", (dt: number) => 3 * dt],
    ] as const)
      for (const dt of [1, 0.25]) {
        const net = createNetwork({ dt });
        const values = { alpha: 0, beta: 3, w_tau: 1e9, v: -40, threshold: -45, dialect };
        const cells = net.population("cells", 1, AELIF(values));
        await net.step(1);
        expect(cells.spikes().ids).toHaveLength(1);
        expect(cells.get("omega")[0]).toBeCloseTo(jump(dt), 6);
      }
  });
});

describe("the eight patterns of the adaptive exponential neuron", () => {
  const counts = async (table: (typeof adexPatterns)["paper"]): Promise<number[]> => {
    const names = Object.keys(table[0]!.values) as (keyof (typeof table)[number]["values"])[];
    const columns = Object.fromEntries(names.map((name) => [name, table.map(({ values }) => values[name])]));
    const net = createNetwork({ dt: 0.1 });
    const cells = net.population("patterns", 8, [AdEx(columns), Refractory({ tau_ref: 2, hold: "all" })]);
    await net.run(500);
    return table.map((_, neuron) => stepsOf(cells.spikes(), neuron).length);
  };

  it("differ between the notebook and the paper in rows f and g alone", () => {
    const { notebook, paper } = adexPatterns;
    const different = paper.filter((row, index) => JSON.stringify(row) !== JSON.stringify(notebook[index]));
    expect(different.map(({ panel }) => panel)).toEqual(["f", "g"]);
    expect(paper.map(({ name }) => name)).toEqual(notebook.map(({ name }) => name));
    expect(paper.map(({ panel }) => panel).join("")).toBe("abcdefgh");
  });

  it("fire as ANNarchy's do: f never in the notebook, g once in the paper", async () => {
    // ANNarchy counts to 550 ms, 50 ms of which are without current.
    expect((await counts(adexPatterns.notebook)).slice(0, 7)).toEqual([41, 10, 10, 9, 30, 0, 66]);
    expect((await counts(adexPatterns.paper)).slice(5, 7)).toEqual([24, 1]);
  });
});

describe("the refractory time", () => {
  it("silences for exactly round(tau_ref / dt) steps, and holds what it is told", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 12 }), fc.constantFrom("v", "all"), async (steps, hold) => {
        const dt = 0.25;
        const net = createNetwork({ dt });
        const cells = net.population("cells", 1, [
          AELIF({ I: 1000, v_reset: -65, tau: 100, w_tau: 50 }),
          Refractory({ tau_ref: steps * dt, hold }),
          Recorder({ variables: ["v", "omega", "refractory"] }),
        ]);
        await net.step(120);
        const spikes = stepsOf(cells.spikes(), 0);
        expect(spikes.length).toBeGreaterThan(2);
        const at = (name: "v" | "omega" | "refractory", k: number): number => cells.recorded(name).at(k)[0]!;
        for (const k of spikes.slice(0, -1)) {
          for (let held = 1; held <= steps; held++) {
            expect(at("v", k + held)).toBe(-65);
            expect(at("refractory", k + held)).toBe(steps - held);
            if (hold === "all") expect(at("omega", k + held)).toBe(at("omega", k));
            else expect(at("omega", k + held)).not.toBe(at("omega", k));
          }
          expect(at("v", k + steps + 1)).not.toBe(-65);
        }
      }),
      { numRuns: 15 },
    );
  });

  it("must lie on the grid", async () => {
    const net = createNetwork({ dt: 0.4 });
    expect(() => net.population("cells", 1, [LIF(), Refractory({ tau_ref: 1 })])).toThrow(/0\.8 ms and 1\.2 ms/);
  });
});

describe("Izhikevich's neuron", () => {
  it("begins at -65 with u = b·v of each neuron, or where it is told", () => {
    const net = createNetwork({ dt: 0.1 });
    const b = [0.2, 0.25];
    expect([...net.population("a", 2, Izhikevich({ b })).get("u")]).toEqual([-13, -16.25]);
    expect([...net.population("b", 2, Izhikevich({ b, v: -80 })).get("u")]).toEqual([-16, -20]);
    expect([...net.population("c", 2, Izhikevich({ b, u: 1 })).get("u")]).toEqual([1, 1]);
  });
});

describe("the squid axon of Hodgkin and Huxley", () => {
  it("rests at -65 mV", async () => {
    const net = createNetwork({ dt: 0.01 });
    const axon = net.population("axon", 1, HodgkinHuxley);
    const gates = ["m", "h", "n_K"] as const;
    const before = gates.map((name) => axon.get(name)[0]!);
    // Table 3 and figures 4 to 9 of the paper, as every textbook has them.
    [0.05293, 0.59612, 0.31768].forEach((value, index) => expect(before[index]).toBeCloseTo(value, 5));
    await net.run(50);
    expect(Math.abs(axon.get("v")[0]! + 65)).toBeLessThan(0.01);
    expect(axon.spikes().ids).toHaveLength(0);
  });

  it("has rates that are finite at the singular voltages, -40 and -55 mV, and continuous there", () => {
    const net = createNetwork({ dt: 0.01 });
    const v = [-40, -40 + 1e-9, -55, -55 + 1e-9];
    const axon = net.population("axon", 4, HodgkinHuxley({ v, m: 0, n_K: 0, h: 1 }));
    const { m, n_K } = axon.derivatives();
    expect(m[0]).toBeCloseTo(1, 12);
    expect(m[1]).toBeCloseTo(1, 8);
    expect(n_K[2]).toBeCloseTo(0.1, 12);
    expect(n_K[3]).toBeCloseTo(0.1, 8);
  });

  it.each([
    ["exponentialEuler", 0.1],
    ["rk4", 0.01],
  ] as const)("by %s gives one spike per action potential, and 68 Hz at 10 µA/cm²", async (method, error) => {
    const net = createNetwork({ dt: 0.01 });
    const axon = net.population("axon", 2, [HodgkinHuxley({ I: [10, 0] }), StepCurrent({ amplitude: [0, 20], start: 5, stop: 6 }), Recorder({ variables: ["v"] })], { method }); // prettier-ignore
    await net.run(200);
    const v = axon.recorded("v").trace();
    const crossings = Array.from(v.keys()).filter((k) => k > 0 && v[k - 1]! < 0 && v[k]! >= 0);
    expect(stepsOf(axon.spikes(), 0)).toEqual(crossings);
    const intervals = crossings.slice(1).map((k, j) => (k - crossings[j]!) * 0.01);
    // Where both methods arrive as dt goes to 0.
    expect(Math.abs(intervals.at(-1)! - 14.637)).toBeLessThan(error);
    expect(stepsOf(axon.spikes(), 1)).toHaveLength(1);
    expect(Math.max(...axon.recorded("v").trace(1))).toBeGreaterThan(30);
  });

  it("counts a spike anew only after the voltage was below the threshold, also when it starts above", async () => {
    const net = createNetwork({ dt: 0.01 });
    const axon = net.population("axon", 1, HodgkinHuxley({ v: 20 }));
    await net.run(30);
    expect(axon.spikes().ids).toHaveLength(0);
  });
});

describe("the mean field of quadratic neurons", () => {
  it("rests at the fixed points of its equations", async () => {
    const net = createNetwork({ dt: 0.1 });
    const known = [
      [0.081134, -1.96162],
      [1.030597, -0.15443],
    ] as const;
    for (const [index, [r, v]] of known.entries()) {
      const field = net.population(`field ${index}`, 1, QIFMeanField({ r: r + 0.001, v }));
      await net.run(60);
      expect(field.get("r")[0]).toBeCloseTo(r, 5);
      expect(field.get("v")[0]).toBeCloseTo(v, 5);
    }
  });

  it("is followed by a population of spiking neurons without coupling", async () => {
    const [n, eta, delta, dt] = [4000, 2, 1, 0.005];
    const net = createNetwork({ dt, seed: 2 });
    const cells = net.population("cells", n, QIF({ eta: lorentzian(eta, delta), v: 0 }));
    const field = net.population("field", 1, QIFMeanField({ eta, delta, J: 0, r: 0, v: 0 }));
    await net.run(40);
    const settled = Array.from(cells.spikes().steps).filter((k) => k * dt >= 20).length;
    const rate = settled / (n * 20);
    // The rate without coupling is the real part of sqrt(eta + i·delta) / π; 4000 draws of a Lorentzian scatter by 2 %.
    expect(field.get("r")[0]).toBeCloseTo(Math.sqrt((Math.hypot(eta, delta) + eta) / 2) / Math.PI, 6);
    expect(Math.abs(rate / field.get("r")[0]! - 1)).toBeLessThan(0.05);
  });
});
