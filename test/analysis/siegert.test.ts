import { brunelRates, siegertRate, siegertVariability } from "@neuroweave/analysis";
import type { DrivenNeuron } from "@neuroweave/analysis";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

function neuron(mu: number, sigma: number, tau: number, threshold: number, reset: number, refractory: number) {
  return { mu, sigma, tau, threshold, reset, refractory };
}

const neurons: fc.Arbitrary<DrivenNeuron> = fc
  .tuple(
    fc.double({ min: -40, max: 60, noNaN: true }),
    fc.double({ min: 0.5, max: 20, noNaN: true }),
    fc.double({ min: 1, max: 50, noNaN: true }),
    fc.double({ min: 0, max: 5, noNaN: true }),
  )
  .map(([mu, sigma, tau, refractory]) => neuron(mu, sigma, tau, 20, 10, refractory));

/** Rate and CV by quadrature of the formulas with erf and erfi in 25 to 60 digits (the CV in the other order of integration). */
const exact: readonly (readonly [DrivenNeuron, number, number])[] = [
  [neuron(15, Math.sqrt(1.5), 10, 15, 0, 2), 27.10959343793092, 0.30070816053569055],
  [neuron(10, 5, 20, 20, 10, 2), 0.8819234559756666, 0.9863955927646829],
  [neuron(15, 5, 20, 20, 10, 2), 9.460799805759127, 0.8147572116594496],
  [neuron(15, 5, 20, 20, 10, 0), 9.643265820563263, 0.8304710524019555],
  [neuron(30, 1, 20, 20, 10, 2), 63.188002107254015, 0.07679544236940464],
  [neuron(25, 0.2, 10, 20, 10, 1), 83.45453672756778, 0.02222988712522283],
  [neuron(0, 5, 10, 20, 10, 2), 2.4543127324096577e-5, 1.0000134426775384],
  [neuron(-20, 6, 15, 20, 10, 2), 1.2366136440815807e-17, 1.0000000048357398],
  [neuron(40, 20, 20, 20, 10, 2), 116.8328859209603, 0.7733620795499271],
  [neuron(5, 4, 10, 15, 12, 0), 0.26172356375269995, 1.0623649338239372],
  [neuron(19.9, 2, 20, 20, 0, 3), 14.192318200135487, 0.3309993613195543],
];

describe("the Siegert rate", () => {
  it.each(exact)("of %o is %d Hz with CV %d", (driven, rate, cv) => {
    expect(Math.abs(siegertRate(driven) / rate - 1)).toBeLessThan(1e-14);
    expect(Math.abs(siegertVariability(driven) / cv - 1)).toBeLessThan(1e-14);
  });

  it("of a constant input is the rate of the deterministic neuron, which small noise approaches", () => {
    const passage = 20 * Math.log((25 - 10) / (25 - 20));
    expect(siegertRate(neuron(25, 0, 20, 20, 10, 2))).toBeCloseTo(1000 / (2 + passage), 10);
    expect(siegertRate(neuron(25, 1e-6, 20, 20, 10, 2))).toBeCloseTo(1000 / (2 + passage), 9);
    expect(siegertVariability(neuron(25, 0, 20, 20, 10, 2))).toBe(0);
    expect(siegertRate(neuron(20, 0, 20, 20, 10, 2))).toBe(0);
    expect(siegertVariability(neuron(20, 0, 20, 20, 10, 2))).toBeNaN();
  });

  it("of little noise has the variability of an integrated Gaussian, to first order", () => {
    // δT = −τ δV / (μ − θ), and δV at the threshold has the variance σ²/2 · (1 − e^(−2T/τ)).
    const [mu, sigma, tau] = [25, 1e-3, 20];
    const passage = tau * Math.log(15 / 5);
    const deviation = (tau * sigma * Math.sqrt((1 - Math.exp((-2 * passage) / tau)) / 2)) / (mu - 20);
    expect(siegertVariability(neuron(mu, sigma, tau, 20, 10, 2)) / (deviation / (passage + 2))).toBeCloseTo(1, 6);
  });

  it("grows with the input and stays below the refractory limit, and time and voltage have no unit of their own", () => {
    fc.assert(
      fc.property(neurons, fc.double({ min: 0.01, max: 5, noNaN: true }), (driven, more) => {
        const rate = siegertRate(driven);
        expect(siegertRate({ ...driven, mu: driven.mu + more })).toBeGreaterThanOrEqual(rate * (1 - 1e-13));
        expect(rate * driven.refractory).toBeLessThan(1000);
        const { mu, sigma, tau, threshold, reset, refractory } = driven;
        const scaled = neuron(8 * mu, 8 * sigma, 4 * tau, 8 * threshold, 8 * reset, 4 * refractory);
        expect(siegertRate(scaled) * 4).toBeCloseTo(rate, 9);
        if (rate > 0) expect(siegertVariability(scaled)).toBeCloseTo(siegertVariability(driven), 9);
      }),
    );
  });

  it("does not overflow, however far the threshold is", () => {
    expect(siegertRate(neuron(0, 1, 20, 25.9, 0, 2)) / 3.422071758076173e-289).toBeCloseTo(1, 12);
    expect(siegertRate(neuron(-10.3, 1.7, 10, 20, 10, 2)) / 1.0860327799885226e-135).toBeCloseTo(1, 12);
    expect(siegertVariability(neuron(0, 1, 20, 25.9, 0, 2))).toBeCloseTo(1, 12);
    expect(siegertRate(neuron(0, 1, 20, 1e6, 0, 2))).toBe(0);
    expect(siegertRate(neuron(1e9, 1e-3, 20, 20, 0, 2))).toBeCloseTo(1000 / (2 + 4e-7), 9);
  });

  it.each([
    [{ mu: Number.NaN }, "not-finite", "finite numbers"],
    [{ sigma: -1 }, "out-of-range", "standard deviation"],
    [{ tau: 0 }, "out-of-range", "time constant"],
    [{ refractory: -1 }, "out-of-range", "duration"],
    [{ reset: 20 }, "out-of-range", "below the threshold"],
  ] as const)("is refused for %o", (change, code, remedy) => {
    const error = refusal(() => siegertRate({ ...neuron(15, 5, 20, 20, 10, 2), ...change }));
    expect(error.code).toBe(code);
    expect(error.remedy).toContain(remedy);
  });
});

describe("Brunel's network", () => {
  const network = {
    excitatoryDegree: 1000,
    gamma: 0.25,
    weight: 0.1,
    tau: 20,
    threshold: 20,
    reset: 10,
    refractory: 2,
  };

  it.each([
    [5, 2, 37.94969708576336, 21.02515145711832, 7.682907052304933, 0.6753285860072676],
    [6, 4, 55.84126237620438, 24.15873762379562, 10.9399508569467, 0.7361249649916102],
    [4.5, 0.9, 6.516702268415073, 16.37082443289623, 3.114723342522298, 0.7760618170268287],
  ])("with g %d and η %d fires at %d Hz", (g, eta, rate, mu, sigma, cv) => {
    const states = brunelRates({ ...network, g, eta });
    expect(states).toHaveLength(1);
    expect(states[0]!.rate / rate).toBeCloseTo(1, 12);
    expect(states[0]!.mu / mu).toBeCloseTo(1, 12);
    expect(states[0]!.sigma / sigma).toBeCloseTo(1, 12);
    expect(states[0]!.cv / cv).toBeCloseTo(1, 12);
  });

  it("takes the external rate in Hz: ν_θ is 10 Hz here", () => {
    expect(brunelRates({ ...network, g: 5, externalRate: 20 })).toEqual(brunelRates({ ...network, g: 5, eta: 2 }));
  });

  it("is in every state at the rate of its own input", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 8, noNaN: true }),
        fc.double({ min: 0.1, max: 4, noNaN: true }),
        (g, eta) => {
          const states = brunelRates({ ...network, g, eta });
          expect(states.length % 2).toBe(1);
          for (const { rate, mu, sigma } of states) {
            const { tau, threshold, reset, refractory } = network;
            const own = siegertRate({ mu, sigma, tau, threshold, reset, refractory });
            expect(Math.abs(own - rate)).toBeLessThan(1e-10 * (1 + rate));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("has three states, quiet, unstable and saturated, where excitation wins and the drive is below threshold", () => {
    const rates = brunelRates({ ...network, g: 3, eta: 0.8 }).map(({ rate }) => rate);
    expect(rates).toHaveLength(3);
    expect(rates[0]).toBeLessThan(0.01);
    expect(rates[2]).toBeGreaterThan(300);
  });

  it("is silent without drive", () => {
    const [silent] = brunelRates({ ...network, g: 5, eta: 0 });
    expect(silent).toEqual({ rate: 0, cv: Number.NaN, mu: 0, sigma: 0 });
  });

  it.each([
    [{}, "invalid-value", "either eta"],
    [{ eta: 1, externalRate: 10 }, "invalid-value", "either eta"],
    [{ eta: -1 }, "out-of-range", "not negative"],
    [{ eta: Number.NaN }, "not-finite", "not negative"],
    [{ eta: 1, refractory: 0 }, "out-of-range", "above 0"],
    [{ eta: 1, reset: 30 }, "out-of-range", "below the threshold"],
  ])("is refused for %o", (change, code, remedy) => {
    const error = refusal(() => brunelRates({ ...network, g: 5, ...change }));
    expect(error.code).toBe(code);
    expect(error.remedy).toContain(remedy);
  });
});
