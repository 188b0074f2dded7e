import { recursiveLeastSquares, ridge } from "@neuroweave/readout";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";
import { eliminate, furthest, matrixOf, regression, rowsOf } from "./matrices.ts";

const penalty = fc.integer({ min: 1, max: 64 }).map((value) => value / 16);
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, k) => sum + value * b[k]!, 0);

/** Minimiser of the penalised squares over weights and constant, as one system in both: the constant is a column of ones without a penalty. */
function naiveRidge(x: number[][], y: number[], lambda: number, intercept: boolean): number[] {
  const design = intercept ? x.map((row) => [...row, 1]) : x;
  const columns = design[0]!.map((_, c) => design.map((row) => row[c]!));
  const normal = columns.map((a, i) => columns.map((b, j) => dot(a, b) + (i === j && i < x[0]!.length ? lambda : 0)));
  return eliminate(normal, columns.map((a) => dot(a, y))); // prettier-ignore
}

describe("ridge regression", () => {
  it("solves the penalised normal equations, for tall and wide inputs, with and without a constant", () => {
    fc.assert(
      fc.property(regression, penalty, fc.boolean(), ({ x, y }, lambda, intercept) => {
        const readout = ridge(matrixOf(x), matrixOf(y), { lambda, intercept });
        const outputs = y[0]!.map((_, output) => output);
        const expected = outputs.map((o) => naiveRidge(x, y.map((row) => row[o]!), lambda, intercept)); // prettier-ignore
        const found = outputs.map((o) => [
          ...rowsOf(readout.weights).map((row) => row[o]!),
          ...(intercept ? [readout.intercept[o]!] : []),
        ]);
        expect(furthest(found.flat(), expected.flat())).toBeLessThan(1e-9);
      }),
    );
  });

  it("gives by its dual form what Xᵀ (XXᵀ + λI)⁻¹ Y is", () => {
    fc.assert(
      fc.property(regression, penalty, ({ x, y }, lambda) => {
        const { weights } = ridge(matrixOf(x), matrixOf(y), { lambda, intercept: false });
        const gram = x.map((a, i) => x.map((b, j) => dot(a, b) + (i === j ? lambda : 0)));
        for (const output of y[0]!.keys()) {
          const dual = eliminate(gram, y.map((row) => row[output]!)); // prettier-ignore
          const expected = x[0]!.map((_, c) => dot(dual, x.map((row) => row[c]!))); // prettier-ignore
          expect(furthest(rowsOf(weights).map((row) => row[output]!), expected)).toBeLessThan(1e-9); // prettier-ignore
        }
      }),
    );
  });

  it("finds an affine map again without a penalty, and predicts by it", () => {
    const x = matrixOf([[1, 0], [0, 2], [3, 1], [-2, 5]]); // prettier-ignore
    const y = rowsOf(x).map(([a, b]) => [2 * a! - b! + 4, 0.5 * b! - 1]);
    const readout = ridge(x, matrixOf(y), { lambda: 0 });
    expect(furthest(readout.weights.values, [2, 0, -1, 0.5])).toBeLessThan(1e-12);
    expect(furthest(readout.intercept, [4, -1])).toBeLessThan(1e-12);
    expect(furthest(readout.predict(matrixOf([[10, 10]])).values, [14, 4])).toBeLessThan(1e-11);
  });

  it("meets all targets with the least weights where there are fewer rows than columns and no penalty", () => {
    const x = matrixOf([[3, 0, 4], [0, 2, 0]]); // prettier-ignore
    const plain = ridge(x, [5, 6], { lambda: 0, intercept: false });
    expect(furthest(plain.weights.values, [0.6, 3, 0.8])).toBeLessThan(1e-12);
    const shifted = ridge(x, [5, 6], { lambda: 0 });
    // The rows differ by (3, −2, 4), of squared length 29, and the targets by −1.
    expect(furthest(shifted.weights.values, [-3 / 29, 2 / 29, -4 / 29])).toBeLessThan(1e-12);
    expect(furthest(shifted.predict(x).values, [5, 6])).toBeLessThan(1e-12);
  });

  it("takes what a recorder gives: single precision, and a shape", () => {
    const recorded = { values: Float32Array.of(0.5, 1.5, 2.5), shape: [3, 1] as const, times: [0, 1, 2] };
    expect(ridge(recorded, [1, 3, 5], { lambda: 0 }).weights.values[0]).toBeCloseTo(2, 12);
  });

  it("refuses columns that depend on each other, or never change, unless a penalty decides", () => {
    const twice = matrixOf([[1, 0.1, 2.3], [2, 0.2, 3.1], [3, 0.3, 5.7], [4, 0.4, 0.9], [7, 0.7, 3.3]]); // prettier-ignore
    const y = [1, 2, 3, 4, 5];
    const error = refusal(() => ridge(twice, y, { lambda: 0 }));
    expect(error.code).toBe("out-of-range");
    expect(error.summary).toContain("column 1 of the inputs depends linearly");
    expect(error.remedy).toContain("larger lambda");
    const still = matrixOf([[0.1], [0.1], [0.1], [0.1], [0.1]]); // prettier-ignore
    expect(refusal(() => ridge(still, y, { lambda: 0 })).summary).toContain("column 0");
    expect(ridge(still, y, { lambda: 1e-9 }).weights.values[0]).toBe(0);
    expect(refusal(() => ridge(twice, y, { lambda: 1e-30 })).summary).toContain("1e-30 is too small");
    expect(refusal(() => ridge(matrixOf([[1, 2, 3], [1, 2, 3]]), [1, 1], { lambda: 0, intercept: false })).summary).toContain("row 1"); // prettier-ignore
  });

  it("refuses what does not fit, and says where", () => {
    const x = matrixOf([[1, 2], [3, 4]]); // prettier-ignore
    expect(refusal(() => ridge(x, [1, 2], { lambda: -1 })).summary).toBe("ridge: lambda is -1");
    expect(refusal(() => ridge(x, [1, 2, 3], { lambda: 1 })).code).toBe("wrong-length");
    expect(refusal(() => ridge(x, [1, Number.NaN], { lambda: 1 })).summary).toBe("ridge: targets: values[1] is NaN");
    expect(refusal(() => ridge({ values: [1, 2, 3], shape: [2, 2] }, [1, 2], { lambda: 1 })).code).toBe("wrong-length");
    expect(refusal(() => ridge(matrixOf([[1e200], [-1e200]]), [1, 2], { lambda: 1 })).code).toBe("not-finite");
    expect(refusal(() => ridge(x, [1, 2], { lambda: 1 }).predict(matrixOf([[1]]))).code).toBe("wrong-length");
    // @ts-expect-error an option that there is not
    expect(refusal(() => ridge(x, [1, 2], { lambda: 1, alpha: 1 })).code).toBe("unknown-name");
  });
});

describe("recursive least squares", () => {
  it("is, after all rows, ridge regression with lambda = alpha and no constant", () => {
    fc.assert(
      fc.property(regression, penalty, ({ x, y }, alpha) => {
        const online = recursiveLeastSquares({ inputs: x[0]!.length, outputs: y[0]!.length, alpha });
        for (const [t, r] of x.entries()) online.learn(r, y[t]!);
        const { weights } = ridge(matrixOf(x), matrixOf(y), { lambda: alpha, intercept: false });
        expect(furthest(online.weights.values, weights.values)).toBeLessThan(1e-9);
      }),
    );
  });

  it("weighs row t by φ^(T−t), and the penalty by φ^T", () => {
    fc.assert(
      fc.property(regression, penalty, fc.constantFrom(0.7, 0.9, 0.99), ({ x, y }, alpha, forgetting) => {
        const online = recursiveLeastSquares({ inputs: x[0]!.length, outputs: y[0]!.length, alpha, forgetting });
        for (const [t, r] of x.entries()) online.learn(r, y[t]!);
        const weighed = (rows: number[][]) =>
          matrixOf(rows.map((row, t) => row.map((value) => value * forgetting ** ((rows.length - 1 - t) / 2))));
        const lambda = alpha * forgetting ** x.length;
        const { weights } = ridge(weighed(x), weighed(y), { lambda, intercept: false });
        expect(furthest(online.weights.values, weights.values)).toBeLessThan(1e-9);
      }),
    );
  });

  it("returns the error of before, shrinks it, and keeps P symmetric to the last bit", () => {
    const readout = recursiveLeastSquares({ inputs: 3, alpha: 0.5 });
    const r = [0.3, -1.7, 0.9];
    expect([...readout.learn(r, 2)]).toEqual([-2]);
    // One row: the error after is that before times α / (α + |r|²), here with P = I / α.
    expect(readout.output(r)[0]! - 2).toBeCloseTo((-2 * 0.5) / (0.5 + 0.09 + 2.89 + 0.81), 12);
    readout.learn([1, 0.1, -0.7], 1);
    const p = rowsOf(readout.inverseCorrelation);
    for (const [i, row] of p.entries()) for (const [j, value] of row.entries()) expect(value).toBe(p[j]![i]);
  });

  it("goes on from weights and P that were kept, in the same bits", () => {
    const options = { inputs: 2, alpha: 1, forgetting: 0.95 };
    const first = recursiveLeastSquares(options);
    first.learn([1, 2], 3);
    const second = recursiveLeastSquares(options);
    second.weights.values.set(first.weights.values);
    second.inverseCorrelation.values.set(first.inverseCorrelation.values);
    expect([...second.learn([-1, 0.3], 0.7)]).toEqual([...first.learn([-1, 0.3], 0.7)]);
    expect([...second.weights.values]).toEqual([...first.weights.values]);
  });

  it("refuses what does not fit before anything changes, and a P that forgetting has blown up", () => {
    expect(refusal(() => recursiveLeastSquares({ inputs: 2, alpha: 0 })).summary).toBe("recursiveLeastSquares: alpha is 0"); // prettier-ignore
    expect(refusal(() => recursiveLeastSquares({ inputs: 2, alpha: 1, forgetting: 1.1 })).code).toBe("out-of-range");
    const readout = recursiveLeastSquares({ inputs: 2, alpha: 1 });
    expect(refusal(() => readout.learn([1], 0)).code).toBe("wrong-length");
    expect(refusal(() => readout.learn([1, Number.NaN], 0)).code).toBe("not-finite");
    expect(refusal(() => readout.learn([1, 2], [0, 1])).code).toBe("wrong-length");
    expect([...readout.inverseCorrelation.values, ...readout.weights.values]).toEqual([1, 0, 0, 1, 0, 0]);

    const windUp = recursiveLeastSquares({ inputs: 2, alpha: 1, forgetting: 0.5 });
    const error = refusal(() => {
      for (let k = 0; k < 1100; k++) windUp.learn([1, 0], 1);
    });
    expect(error.summary).toContain("no inverse of a correlation any more");
    expect(error.remedy).toContain("forgetting nearer to 1");
  });
});
