import { beforeAll, describe, expect, it } from "vitest";
import { izhikevich2003, ratesOf } from "../../../examples/networks/izhikevich-2003.ts";
import { mean, meanRate, peakBetween, powerSpectrum } from "../../../examples/networks/measures.ts";

const seeds = [1, 2, 3];
const duration = 4000;

// The script of the paper in NumPy, 5 s of eight draws: excitatory neurons 7.20 to 7.47 Hz, mean 7.36; inhibitory 6.62 to 6.95 Hz.
describe("the network of Izhikevich 2003", () => {
  const excitatory: number[] = [];
  const inhibitory: number[] = [];
  const power = new Float64Array(71);
  beforeAll(async () => {
    for (const seed of seeds) {
      const network = izhikevich2003({ seed });
      await network.net.run(duration);
      const window = { from: 0, to: duration };
      excitatory.push(meanRate(network.excitatory.spikes(), 800, window));
      inhibitory.push(meanRate(network.inhibitory.spikes(), 200, window));
      powerSpectrum(ratesOf(network, 0, duration), 70).forEach((each, f) => (power[f]! += each));
    }
  });

  it("fires as its script does: excitatory neurons at 7.0 to 7.7 Hz, inhibitory at 6.4 to 7.1 Hz", () => {
    for (const rate of excitatory) expect(Math.abs(rate - 7.35)).toBeLessThan(0.35);
    for (const rate of inhibitory) expect(Math.abs(rate - 6.75)).toBeLessThan(0.35);
    expect(Math.abs(mean(excitatory) - 7.36)).toBeLessThan(0.2);
  });

  it("has a slow rhythm of 7 to 9 Hz and a fast one of 26 to 39 Hz, and less power between them", () => {
    const [slow, fast] = [peakBetween(power, 4, 20), peakBetween(power, 20, 60, 2)];
    expect(slow).toBeGreaterThanOrEqual(7);
    expect(slow).toBeLessThanOrEqual(9);
    expect(fast).toBeGreaterThanOrEqual(26);
    expect(fast).toBeLessThanOrEqual(39);
    const between = Math.min(...power.subarray(slow, fast));
    expect(power[slow]!).toBeGreaterThan(3 * between);
    expect(power[fast]!).toBeGreaterThan(1.3 * between);
  });

  it("steps like the script, spike for spike, where nothing is drawn", async () => {
    const { net, excitatory: E, inhibitory: I, projections } = izhikevich2003({ n: 50, seed: 4 });
    E.set({ strength: 0, I: 8 });
    I.set({ strength: 0, I: 6 });
    await net.run(300);

    const r = [...E.get("r"), ...I.get("r")];
    const weights = r.map(() => new Float64Array(50));
    for (const projection of projections) {
      const { sources, targets, values } = projection.weights();
      const [source, target] = [projection.source === "excitatory" ? 0 : 40, projection.target === "excitatory" ? 0 : 40];
      values.forEach((w, j) => (weights[target + targets[j]!]![source + sources[j]!] = w));
    }
    const neurons = r.map((x, j) => {
      const kind = j < 40 ? { a: 0.02, b: 0.2, c: -65 + 15 * x * x, d: 8 - 6 * x * x, I: 8 } : { a: 0.02 + 0.08 * x, b: 0.25 - 0.05 * x, c: -65, d: 2, I: 6 };
      return { ...kind, v: -65, u: kind.b * -65 };
    });
    const spikes: string[] = [];
    for (let t = 0; t < 300; t++) {
      const fired = neurons.flatMap(({ v }, j) => (v >= 30 ? [j] : []));
      for (const j of fired) {
        spikes.push(`${t - 1} ${j}`);
        neurons[j]!.v = neurons[j]!.c;
        neurons[j]!.u += neurons[j]!.d;
      }
      neurons.forEach((each, j) => {
        const input = each.I + fired.reduce((sum, source) => sum + weights[j]![source]!, 0);
        for (let half = 0; half < 2; half++) each.v += 0.5 * (0.04 * each.v * each.v + 5 * each.v + 140 - each.u + input);
        each.u += each.a * (each.b * each.v - each.u);
      });
    }
    // Spikes of the last step show in the script only in the next.
    const own = [E, I].flatMap((cells, kind) => {
      const { times, ids } = cells.spikes();
      return Array.from(times, (t, k) => ({ t, j: 40 * kind + ids[k]! }));
    });
    const shown = own.filter(({ t }) => t < 299).sort((x, y) => x.t - y.t || x.j - y.j);
    expect(shown.length).toBeGreaterThan(100);
    expect(shown.map(({ t, j }) => `${t} ${j}`)).toEqual(spikes);
  });
}); // prettier-ignore
