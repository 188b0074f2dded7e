import {
  accuracy,
  argmax,
  assignLabels,
  confusion,
  nearestNeighbors,
  oneHot,
  predictLabels,
  ridge,
} from "@neuroweave/readout";
import type { VectorDistance } from "@neuroweave/readout";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";
import { matrixOf, rowsOf } from "./matrices.ts";

const classes = 3;
const labelled = fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 5 })).chain(([samples, n]) => {
  const row = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: n, maxLength: n });
  return fc.record({
    responses: fc.array(row, { minLength: samples, maxLength: samples }),
    labels: fc.array(fc.integer({ min: 0, max: classes - 1 }), { minLength: samples, maxLength: samples }),
  });
});
const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
/** The lowest place of the largest value, −1 where no value is above 0. */
const strongest = (values: readonly number[]) => {
  const most = Math.max(...values);
  return most > 0 ? values.indexOf(most) : -1;
};

describe("labels of neurons", () => {
  it("are the classes with the highest mean response, and samples get those of the neurons that respond most", () => {
    fc.assert(
      fc.property(labelled, ({ responses, labels }) => {
        const matrix = matrixOf(responses);
        const assignment = assignLabels(matrix, labels, { classes });
        const all = Array.from({ length: classes }, (_, label) => label);
        const neurons = [...responses[0]!.keys()];
        const ofNeuron = neurons.map((i) =>
          strongest(all.map((label) => mean(responses.filter((_, k) => labels[k] === label).map((row) => row[i]!)))),
        );
        expect([...assignment]).toEqual(ofNeuron);
        const ofSample = responses.map((row) =>
          strongest(all.map((label) => mean(row.filter((_, i) => ofNeuron[i] === label)))),
        );
        expect([...predictLabels(matrix, assignment, { classes })]).toEqual(ofSample);
      }),
    );
  });

  it("are refused for labels that are no classes, and for responses below 0", () => {
    const responses = matrixOf([[1, 0], [0, 2]]); // prettier-ignore
    expect(refusal(() => assignLabels(responses, [0, 3], { classes: 3 })).remedy).toContain("from 0 to 2");
    expect(refusal(() => assignLabels(responses, [0], { classes: 3 })).code).toBe("wrong-length");
    expect(refusal(() => assignLabels(matrixOf([[-1]]), [0], { classes: 1 })).summary).toContain("values[0] is -1");
    expect(refusal(() => predictLabels(responses, [0, -2], { classes: 3 })).summary).toContain("assignment[1] is -2");
  });
});

describe("nearest neighbours", () => {
  const metrics: Readonly<Record<VectorDistance, (a: readonly number[], b: readonly number[]) => number>> = {
    euclidean: (a, b) => a.reduce((sum, x, k) => sum + (x - b[k]!) ** 2, 0),
    manhattan: (a, b) => a.reduce((sum, x, k) => sum + Math.abs(x - b[k]!), 0),
    cosine: (a, b) => {
      const dot = (u: readonly number[], v: readonly number[]) => u.reduce((sum, x, k) => sum + x * v[k]!, 0);
      return 1 - dot(a, b) / (Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b)));
    },
  };

  it("vote as in a sorted list of all distances, ties to the lower row and to the nearest among equals", () => {
    const distances = fc.constantFrom<VectorDistance>("euclidean", "manhattan");
    fc.assert(
      fc.property(labelled, distances, fc.nat(), ({ responses, labels }, distance, draw) => {
        const k = 1 + (draw % responses.length);
        const asked = responses.map((row) => row.map((value, i) => (value * (i + 2)) % 4));
        const expected = asked.map((row) => {
          const ordered = responses
            .map((other, index) => ({ index, far: metrics[distance](row, other) }))
            .sort((a, b) => a.far - b.far || a.index - b.index)
            .slice(0, k)
            .map(({ index }) => labels[index]!);
          const votes = ordered.map((label) => ordered.filter((each) => each === label).length);
          return ordered[votes.indexOf(Math.max(...votes))];
        });
        const seen = nearestNeighbors(matrixOf(responses), labels, { k, distance });
        expect([...seen.predict(matrixOf(asked))]).toEqual(expected);
      }),
    );
  });

  it("look at the direction alone under the cosine", () => {
    const seen = matrixOf([[1, 0.1], [0.1, 1], [-1, 0]]); // prettier-ignore
    const asked = matrixOf([[900, 100], [0.001, 0.2], [-5, 1]]); // prettier-ignore
    expect([...nearestNeighbors(seen, [7, 8, 9], { k: 1, distance: "cosine" }).predict(asked)]).toEqual([7, 8, 9]);
    const expected = rowsOf(asked).map((row) => {
      const far = rowsOf(seen).map((other) => metrics.cosine(row, other));
      return [7, 8, 9][far.indexOf(Math.min(...far))];
    });
    expect(expected).toEqual([7, 8, 9]);
    const zero = refusal(() => nearestNeighbors(matrixOf([[1, 1], [0, 0]]), [0, 1], { k: 1, distance: "cosine" })); // prettier-ignore
    expect(zero.summary).toContain("row 1 is all zeros");
  });

  it("refuse more neighbours than there are vectors, and vectors of another length", () => {
    const seen = matrixOf([[1, 2], [3, 4]]); // prettier-ignore
    expect(refusal(() => nearestNeighbors(seen, [0, 1], { k: 3 })).remedy).toContain("from 1 to 2");
    expect(refusal(() => nearestNeighbors(seen, [0, 0.5], { k: 1 })).summary).toContain("labels[1] is 0.5");
    expect(refusal(() => nearestNeighbors(seen, [0, 1], { k: 1 }).predict(matrixOf([[1]]))).code).toBe("wrong-length");
    // @ts-expect-error a distance that there is not
    expect(refusal(() => nearestNeighbors(seen, [0, 1], { k: 1, distance: "hamming" })).code).toBe("invalid-value");
  });
});

describe("scores", () => {
  it("count who was taken for whom, with the unassigned in a last column", () => {
    const labels = [0, 0, 0, 1, 1, 2];
    const predicted = [0, 1, -1, 1, 1, 0];
    const { counts, accuracy: right, precision, recall } = confusion(labels, predicted, { classes: 4 });
    expect(rowsOf(counts)).toEqual([
      [1, 1, 0, 0, 1],
      [0, 2, 0, 0, 0],
      [1, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
    expect(right).toBe(0.5);
    expect([...precision]).toEqual([1 / 2, 2 / 3, Number.NaN, Number.NaN]);
    expect([...recall]).toEqual([1 / 3, 1, 0, Number.NaN]);
  });

  it("add up: rows to the samples of a class, the diagonal to the accuracy", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: -1, max: 2 })), { minLength: 1 }),
        (pairs) => {
          const labels = pairs.map(([label]) => label);
          const predicted = pairs.map(([, label]) => label);
          const { counts, accuracy: right } = confusion(labels, predicted, { classes });
          for (const [label, row] of rowsOf(counts).entries())
            expect(row.reduce((sum, count) => sum + count, 0)).toBe(labels.filter((each) => each === label).length);
          expect(right).toBe(pairs.filter(([a, b]) => a === b).length / pairs.length);
          expect(accuracy(labels, predicted)).toBe(right);
        },
      ),
    );
  });

  it("are refused for lists that do not match, and for unassigned samples among the true labels", () => {
    expect(refusal(() => accuracy([], [])).code).toBe("wrong-length");
    expect(refusal(() => accuracy([0, 1], [0])).summary).toContain("accuracy: predicted has 1 entries");
    expect(refusal(() => confusion([-1], [0], { classes: 2 })).summary).toBe("confusion: labels[0] is -1");
    expect(refusal(() => confusion([0], [2], { classes: 2 })).code).toBe("out-of-range");
  });
});

describe("regression on one column per class", () => {
  it("finds the classes again that a line separates", () => {
    const states = matrixOf([[0, 0], [0, 1], [5, 0], [6, 1], [0, 7], [1, 8]]); // prettier-ignore
    const labels = [0, 0, 1, 1, 2, 2];
    const readout = ridge(states, oneHot(labels, { classes }), { lambda: 0.01 });
    expect([...argmax(readout.predict(states))]).toEqual(labels);
    expect(rowsOf(oneHot([2, 0], { classes }))).toEqual([[0, 0, 1], [1, 0, 0]]); // prettier-ignore
    expect([...argmax(matrixOf([[1, 3, 3], [-2, -1, -5]]))]).toEqual([1, 1]); // prettier-ignore
  });
});
