import { describe, expect, it } from "vitest";
import { createNetwork, defineBehavior, Phase, QIF, type BehaviorInstance } from "neuroweave";

/**
 * Coupling of all to all: every neuron receives J times the rate of the population, low-passed with time constant tau_s.
 * The host adds to `I` what the spikes of the step before have left.
 */
const MeanCoupling = defineBehavior({
  name: "meanCoupling",
  priority: Phase.Current,
  parameters: { J: { default: 15 }, tau_s: { default: 0.02, unit: "ms" } },
  state: { s: { init: 0, unit: "1/ms" } },
  step({ columns, parameters, inputs, spikes, n, dt }) {
    const { J, tau_s } = parameters;
    const decay = Math.exp(-dt / tau_s[0]!);
    const rate = columns.s[0]! * decay + (spikes.length / n / tau_s[0]!) * (1 - decay) * (tau_s[0]! / dt);
    columns.s.fill(rate);
    inputs["I"]!.fill(J[0]! * rate);
  },
});

/** Lorentzian excitabilities as evenly spaced quantiles, as in section II.A of the paper. */
const lorentz = (n: number, center: number, width: number): Float64Array =>
  Float64Array.from(
    { length: n },
    (_, j) => center + width * Math.tan((Math.PI / 2) * ((2 * (j + 1) - n - 1) / (n + 1))),
  );

async function meanRate(I: number, start: readonly BehaviorInstance[]): Promise<number> {
  const n = 10_000;
  const net = createNetwork({ dt: 0.001, seed: 1 });
  const cells = net.population("cells", n, [
    QIF({ eta: lorentz(n, -5, 1), V_peak: 100, tau: 1, I, init_v: 0 }),
    MeanCoupling({ J: 15 }),
    ...start,
  ]);
  await net.run(6);
  cells.set({ I: 0 });
  await net.run(3);
  cells.clearRecording();
  await net.run(5);
  return cells.spikes().ids.length / n / 5;
}

describe("ten thousand spiking QIF neurons, coupled all to all", () => {
  it("fire in the high state as fast as the mean field says, within 3 %", async () => {
    expect(Math.abs((await meanRate(6, [])) / 1.030597 - 1)).toBeLessThan(0.03);
  }, 60_000);

  it("fire in the low state as slowly as the mean field says, within 6 %", async () => {
    expect(Math.abs((await meanRate(-3, [])) / 0.081134 - 1)).toBeLessThan(0.06);
  }, 60_000);
});
