import { describe, expect, it } from "vitest";
import { createNetwork, defineModel, Fire, Leak, PoissonInput, Refractory, siegertRate } from "neuroweave";
import { mean } from "../../../examples/networks/measures.ts";

const Cell = defineModel("Cell", [Leak, Fire, Refractory], { method: "exact" });
const [tau, threshold, reset, refractory, sigma] = [20, 20, 10, 2, 5];
const means = [12, 15, 18, 22, 30];
const copies = 80;

/** Rates of leaky integrate-and-fire neurons whose Poisson inputs move v by ±J with mean mu and the sigma of Brunel 2000. */
async function measured(dt: number, J: number, seed: number): Promise<number[]> {
  const mus = means.flatMap((mu) => Array<number>(copies).fill(mu));
  // mu = J tau (excitatory − inhibitory), sigma² = J² tau (excitatory + inhibitory), rates per ms.
  const both = sigma ** 2 / (J ** 2 * tau);
  const half = (sign: number) => mus.map((mu) => 500 * (both + (sign * mu) / (J * tau)));
  const net = createNetwork({ dt, seed });
  const cells = net.population("cells", mus.length, [
    Cell({ tau, v_rest: 0, threshold, v_reset: reset, tau_ref: refractory }),
    PoissonInput({ name: "excitation", rate: half(1), weight: J }),
    PoissonInput({ name: "inhibition", rate: half(-1), weight: -J }),
  ]);
  await net.run(200);
  cells.clearRecording();
  await net.run(1500);
  const { ids } = cells.spikes();
  const counts = new Float64Array(mus.length);
  ids.forEach((id) => counts[id]!++);
  return means.map((_, k) => mean(counts.subarray(k * copies, (k + 1) * copies)) / 1.5);
}

const theory = (mu: number, shift = 0) =>
  siegertRate({ mu, sigma, tau, threshold: threshold + shift, reset, refractory });

describe("the rate of a neuron under Poisson bombardment (Siegert 1951)", () => {
  it("is that of the diffusion whose threshold is looked at in steps, within 3 % and the error of counting", async () => {
    const dt = 0.1;
    const rates = await measured(dt, 0.2, 1);
    // A path that is seen every dt crosses later, as if the threshold stood 0.5826 deviations of a step higher, −ζ(½)/√(2π)
    // (Siegmund 1979; Broadie, Glasserman & Kou 1997).
    const shift = 0.5826 * sigma * Math.sqrt(dt / tau);
    means.forEach((mu, k) => {
      const expected = theory(mu, shift);
      const counting = 1 / Math.sqrt(expected * 1.5 * copies);
      expect(Math.abs(rates[k]! / expected - 1)).toBeLessThan(0.03 + 3 * counting);
    });
  });

  it("comes closer to Siegert's formula itself the finer the steps are", async () => {
    const distance = (rates: number[]): number => mean(means.map((mu, k) => Math.abs(rates[k]! / theory(mu) - 1)));
    const [coarse, fine] = [distance(await measured(0.4, 0.2, 2)), distance(await measured(0.05, 0.2, 2))];
    expect(fine).toBeLessThan(coarse / 1.8);
  });
});
