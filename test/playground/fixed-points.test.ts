import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixedPoints } from "../../examples/playground/src/worker/fixed-points.ts";

describe("fixed points of the mean field of quadratic neurons", () => {
  const network = { tau: 1, eta: -5, delta: 1, J: 15 };

  it("are the three of Montbrió, Pazó and Roxin without input, the middle one unstable", () => {
    const found = fixedPoints(network);
    expect(found.map(({ stable }) => stable)).toEqual([true, false, true]);
    const known = [0.081134, -1.96162, 0.47298, -0.336494, 1.030597, -0.15443];
    found
      .flatMap(({ r, v }) => [r, v])
      .forEach((x, k) => {
        expect(x).toBeCloseTo(known[k]!, 6);
      });
  });

  it("are one with an input of 3", () => {
    const [only, ...others] = fixedPoints({ ...network, eta: -2 });
    expect(others).toEqual([]);
    expect(only!.r).toBeCloseTo(1.373244, 6);
    expect(only!.v).toBeCloseTo(-0.115897, 6);
    expect(only!.stable).toBe(true);
  });

  it("make both right-hand sides zero, whatever the network", () => {
    const parameters = fc.record({
      tau: fc.double({ min: 0.5, max: 50, noNaN: true }),
      eta: fc.double({ min: -20, max: 20, noNaN: true }),
      delta: fc.double({ min: 0.05, max: 5, noNaN: true }),
      J: fc.double({ min: -10, max: 30, noNaN: true }),
    });
    fc.assert(
      fc.property(parameters, ({ tau, eta, delta, J }) => {
        const found = fixedPoints({ tau, eta, delta, J });
        expect(found.length % 2).toBe(1);
        for (const { r, v } of found) {
          expect(delta / (Math.PI * tau) + 2 * r * v).toBeCloseTo(0, 9);
          const terms = [v * v, eta, J * r * tau, -((Math.PI * r * tau) ** 2)];
          const size = terms.reduce((sum, x) => sum + Math.abs(x), 0);
          expect(Math.abs(terms.reduce((sum, x) => sum + x, 0)) / size).toBeLessThan(1e-9);
        }
      }),
    );
  });
});
