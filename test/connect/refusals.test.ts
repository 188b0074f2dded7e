import {
  allToAll,
  averagePool,
  convolution,
  disc,
  exponentialDecay,
  fixedInDegree,
  fixedOutDegree,
  fixedProbability,
  fixedTotal,
  fromArrays,
  fromCSR,
  fromDense,
  gaussian,
  lateral,
  locallyConnected,
  oneToOne,
  smallWorld,
} from "@neuroweave/connect";
import { NeuroweaveError } from "@neuroweave/equations";
import type { Connector, ConnectorSite } from "@neuroweave/model";
import { describe, expect, it } from "vitest";
import { among, between, end } from "./sites.ts";

/** The error that a call refuses with; fails if it does not refuse, or with something else. */
function refusal(attempt: () => unknown): NeuroweaveError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof NeuroweaveError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** Past the types, as from JavaScript. */
const wrong = (value: unknown): never => value as never;

describe("a call is refused at once", () => {
  const calls: readonly (readonly [code: string, part: string, call: () => Connector])[] = [
    ["out-of-range", "the probability of fixedProbability() is 1.2", () => fixedProbability(1.2)],
    ["out-of-range", "the probability of fixedProbability() is NaN", () => fixedProbability(NaN)],
    ["out-of-range", "the probability of fixedProbability() is undefined", () => fixedProbability(wrong(undefined))],
    ["out-of-range", "the probability of fixedProbability() is 0.5", () => fixedProbability(wrong("0.5x".slice(0, 3)))],
    ["unknown-name", "fixedProbability() has no option Self", () => fixedProbability(0.1, wrong({ Self: false }))],
    ["invalid-value", "self of allToAll() is 1", () => allToAll(wrong({ self: 1 }))],
    ["invalid-value", "fixedTotal() has the options null", () => fixedTotal(1, wrong(null))],
    ["out-of-range", "the in-degree of fixedInDegree() is 1.5", () => fixedInDegree(1.5)],
    ["out-of-range", "the out-degree of fixedOutDegree() is -1", () => fixedOutDegree(-1)],
    ["unknown-name", "fixedInDegree() has no option multapse", () => fixedInDegree(1, wrong({ multapse: false }))],
    ["out-of-range", "the number of synapses of fixedTotal() is Infinity", () => fixedTotal(Infinity)],
    ["out-of-range", "sigma of gaussian() is 0", () => gaussian({ p: 1, sigma: 0 })],
    ["out-of-range", "cutoff of gaussian() is Infinity", () => gaussian({ p: 1, sigma: 1, cutoff: Infinity })],
    ["invalid-value", "period of gaussian() is false", () => gaussian({ p: 1, sigma: 1, period: wrong(false) })],
    ["out-of-range", "period of disc() is -1", () => disc({ radius: 1, period: [2, -1] })],
    ["out-of-range", "radius of disc() is undefined", () => disc(wrong({}))],
    ["out-of-range", "lambda of exponentialDecay() is -2", () => exponentialDecay({ p: 1, lambda: -2 })],
    ["unknown-name", "exponentialDecay() has no option sigma", () => exponentialDecay(wrong({ p: 1, sigma: 2 }))],
    ["out-of-range", "k of smallWorld() is 3", () => smallWorld({ k: 3, p: 0 })],
    ["out-of-range", "sources[1] of fromArrays() is -1", () => fromArrays({ sources: [0, -1], targets: [0, 0] })],
    ["out-of-range", "targets[0] of fromArrays() is 0.5", () => fromArrays({ sources: [0], targets: [0.5] })],
    [
      "wrong-length",
      "2 sources, 2 targets, 1 weights",
      () => fromArrays({ sources: [0, 1], targets: [0, 1], weights: [1] }),
    ],
    [
      "not-finite",
      "weights[1] of fromArrays() is NaN",
      () => fromArrays({ sources: [0, 1], targets: [0, 1], weights: [1, NaN] }),
    ],
    [
      "out-of-range",
      "delays[0] of fromArrays() is -0.1",
      () => fromArrays({ sources: [0], targets: [0], delays: [-0.1] }),
    ],
    [
      "invalid-value",
      "targets of fromArrays() is no list",
      () => fromArrays({ sources: [0], targets: wrong(undefined) }),
    ],
    ["out-of-range", "pointers[0] of fromCSR() is 1", () => fromCSR({ pointers: [1, 1], targets: [0] })],
    ["out-of-range", "pointers[2] of fromCSR() is 1", () => fromCSR({ pointers: [0, 2, 1], targets: [0, 0] })],
    [
      "out-of-range",
      "the last of the pointers of fromCSR() is 1",
      () => fromCSR({ pointers: [0, 1], targets: [0, 0] }),
    ],
    ["wrong-length", "fromCSR() has 1 pointers", () => fromCSR({ pointers: [0], targets: [] })],
    ["wrong-length", "row 1 of fromDense() has 1 entries", () => fromDense([[1, 2], [1]])],
    ["not-finite", "row 1[0] of fromDense() is Infinity", () => fromDense([[1], [Infinity]])],
    ["out-of-range", "threshold of fromDense() is -1", () => fromDense([[1]], { threshold: -1 })],
    ["wrong-length", "kernel of convolution() has 3 axes", () => convolution({ kernel: [[[1]]] })],
    ["wrong-length", "kernel[1] of convolution() has 1 entries", () => convolution({ kernel: [[1, 2], [3]] })],
    ["not-finite", "kernel[0][1] of convolution() is NaN", () => convolution({ kernel: [[1, NaN]] })],
    [
      "wrong-length",
      "has 3 values for a shape of 2×2",
      () => convolution({ kernel: { values: [1, 2, 3], shape: [2, 2] } }),
    ],
    [
      "invalid-value",
      "the shape of kernel of convolution() is 2,0",
      () => convolution({ kernel: { values: [], shape: [2, 0] } }),
    ],
    ["invalid-value", "kernel of convolution() is no nested list", () => convolution(wrong({}))],
    ["out-of-range", "stride of convolution() is 0", () => convolution({ kernel: [[1]], stride: 0 })],
    ["out-of-range", "padding of convolution() is -1", () => convolution({ kernel: [[1]], padding: [0, -1] })],
    [
      "wrong-length",
      "kernelSize of locallyConnected() has 3 entries",
      () => locallyConnected({ kernelSize: wrong([1, 1, 1]) }),
    ],
    ["out-of-range", "size of averagePool() is undefined", () => averagePool(wrong({}))],
    ["out-of-range", "size of lateral() has the length 4", () => lateral({ size: 4 })],
    ["out-of-range", "the kernel of lateral() has the length 2", () => lateral({ kernel: [[1, 2]] })],
    ["invalid-value", "neither a kernel nor a size", () => lateral({})],
    ["invalid-value", "a kernel and a size", () => lateral({ kernel: [1], size: 1 })],
    ["invalid-value", "no kernel to be shared", () => lateral({ size: 3, shared: true })],
    ["invalid-value", "boundary of lateral() is periodical", () => lateral({ size: 3, boundary: wrong("periodical") })],
  ];

  it.each(calls)("%s: %s", (code, part, call) => {
    const error = refusal(call);
    expect(error.code).toBe(code);
    expect(error.summary).toContain(part);
    expect(error.remedy ?? "").not.toBe("");
  });

  it("with the nearest option that exists", () => {
    expect(refusal(() => fixedProbability(0.1, wrong({ slef: false }))).candidates).toEqual(["self"]);
    expect(refusal(() => lateral({ size: 3, boundary: wrong("periodical") })).candidates).toEqual(["periodic"]);
  });
});

describe("ends that do not fit are refused, before anything is drawn", () => {
  const row = [[1, 2, 3]];
  const sites: readonly (readonly [code: string, part: string, connector: Connector, site: ConnectorSite])[] = [
    ["structure", "connects 3 neurons of cells to 4", oneToOne(), between(end(3), end(4))],
    ["out-of-range", "has only 3 to choose from", fixedInDegree(4, { multapses: false }), between(end(3), end(9))],
    ["out-of-range", "has only 2 to choose from", fixedInDegree(3, { multapses: false, self: false }), among(end(3))],
    ["out-of-range", "has only 0 to choose from", fixedOutDegree(1, { self: false }), among(end(1))],
    ["out-of-range", "exceeds the 6 pairs", fixedTotal(7, { self: false, multapses: false }), among(end(3))],
    ["out-of-range", "exceeds the 0 pairs", fixedTotal(1, { self: false }), among(end(1))],
    ["out-of-memory", "would make about 1.00e+10 synapses", allToAll(), between(end(100_000), end(100_000))],
    ["structure", "in 1 dimensions, to cells, in 2", disc({ radius: 1 }), between(end(4), end([2, 2]))],
    ["structure", "in 4 dimensions", disc({ radius: 1 }), among(end([1, 1, 1, 1]))],
    ["not-finite", "coordinate 0 of neuron 1 of cells is NaN", disc({ radius: 1 }), among(end(2, [[0, NaN]]))],
    ["wrong-length", "has 1 periods for 2 dimensions", disc({ radius: 1, period: [3] }), among(end([2, 2]))],
    ["structure", "do not stand at the indices", disc({ radius: 1, period: true }), among(end(2, [[0, 0.5]]))],
    ["structure", "do not stand at the indices", disc({ radius: 1, period: true }), between(end(3), end(4))],
    ["structure", "makes a ring of one population", smallWorld({ k: 2, p: 0 }), between(end(5), end(5))],
    ["out-of-range", "needs more than 4 neurons", smallWorld({ k: 4, p: 0 }), among(end(4))],
    ["out-of-range", "sources[1] of", fromArrays({ sources: [0, 3], targets: [0, 0] }), between(end(3), end(3))],
    ["out-of-range", "targets[0] of", fromArrays({ sources: [0], targets: [8] }), between(end(3), end(3))],
    ["wrong-length", "has rows for 1 sources", fromCSR({ pointers: [0, 1], targets: [0] }), between(end(3), end(3))],
    ["out-of-range", "targets[0] of", fromCSR({ pointers: [0, 1], targets: [3] }), between(end(1), end(3))],
    ["wrong-length", "fromDense(1×3 values) does not fit", fromDense(row), between(end(3), end(1))],
    ["structure", "needs grids, and cells has shape 12", convolution({ kernel: row }), between(end(12), end([3, 2]))],
    ["structure", "takes an input of depth 1", convolution({ kernel: row }), between(end([2, 3, 4]), end([3, 2]))],
    ["structure", "makes a grid of 1×3×2", convolution({ kernel: row }), between(end([3, 4]), end([3, 4]))],
    ["structure", "is larger than cells", convolution({ kernel: row }), between(end([2, 2]), end([1, 1]))],
    ["structure", "makes a grid of 2×2×2", averagePool({ size: 2 }), between(end([2, 4, 4]), end([1, 2, 2]))],
    [
      "wrong-length",
      "weights of shape 1×1×2 for 1×4×2",
      locallyConnected({ kernelSize: [1, 2], weights: [[[1, 2]]] }),
      between(end([2, 3]), end([2, 2])),
    ],
    ["structure", "neighbours within one population", lateral({ size: 3 }), between(end([3, 3]), end([3, 3]))],
    ["structure", "has 2 axes, and cells has shape 9", lateral({ size: 3 }), among(end(9))],
    ["structure", "is longer than the grid", lateral({ size: 5, boundary: "periodic" }), among(end([9, 3]))],
  ];

  it.each(sites)("%s: %s", (code, part, connector, site) => {
    const undrawn: ConnectorSite = { ...site, random: () => expect.unreachable("nothing is drawn") };
    for (const attempt of [() => connector.expected(site), () => connector.build(undrawn)]) {
      const error = refusal(attempt);
      expect(error.code).toBe(code);
      expect(error.summary).toContain(part);
      expect(error.remedy ?? "").not.toBe("");
    }
  });

  it("with the shape that would fit", () => {
    const fits = (connector: Connector, site: ConnectorSite) => refusal(() => connector.expected(site)).remedy;
    expect(fits(convolution({ kernel: row }), between(end([3, 4]), end([3, 4])))).toContain("the shape [3, 2]");
    expect(fits(averagePool({ size: 2 }), between(end([2, 4, 4]), end([4, 4])))).toContain("the shape [2, 2, 2]");
  });
});
