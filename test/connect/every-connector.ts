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
import type { Connector } from "@neuroweave/model";

/** One call of each kind that fits within a population of shape [6, 5], and its text. */
export const connectors: readonly (readonly [text: string, connector: Connector])[] = [
  ["allToAll()", allToAll()],
  ["allToAll({ self: false })", allToAll({ self: false })],
  ["oneToOne()", oneToOne()],
  ["fixedProbability(0.02)", fixedProbability(0.02)],
  ["fixedProbability(0.3, { self: false })", fixedProbability(0.3, { self: false })],
  ["fixedInDegree(4)", fixedInDegree(4)],
  ["fixedInDegree(4, { self: false, multapses: false })", fixedInDegree(4, { self: false, multapses: false })],
  ["fixedOutDegree(4)", fixedOutDegree(4)],
  ["fixedOutDegree(4, { multapses: false })", fixedOutDegree(4, { multapses: false })],
  ["fixedTotal(77)", fixedTotal(77)],
  ["fixedTotal(77, { multapses: false })", fixedTotal(77, { multapses: false })],
  ["gaussian({ p: 0.5, sigma: 1.5, period: true })", gaussian({ p: 0.5, sigma: 1.5, period: true })],
  ["disc({ radius: 2, self: false })", disc({ radius: 2, self: false })],
  [
    "exponentialDecay({ p: 0.9, lambda: 2, cutoff: 4, period: [6, 5] })",
    exponentialDecay({ p: 0.9, lambda: 2, cutoff: 4, period: [6, 5] }),
  ],
  ["smallWorld({ k: 4, p: 0.2 })", smallWorld({ k: 4, p: 0.2 })],
  [
    "fromArrays({ sources: 3 values, targets: 3 values, delays: 3 values })",
    fromArrays({ sources: [4, 2, 2], targets: [0, 29, 1], delays: [1, 2, 3] }),
  ],
  [
    "fromCSR({ pointers: 31 values, targets: 30 values })",
    fromCSR({ pointers: Array.from({ length: 31 }, (_, s) => s), targets: new Uint8Array(30) }),
  ],
  [
    "fromDense(30×30 values, { threshold: 5 })",
    fromDense(
      Array.from({ length: 30 }, (_, s) => Array.from({ length: 30 }, (_, t) => s - t)),
      { threshold: 5 },
    ),
  ],
  [
    "convolution({ kernel: 1×1×3×3, padding: 1 })",
    convolution({
      kernel: [
        [
          [
            [1, 2, 3],
            [4, 5, 6],
            [7, 8, 9],
          ],
        ],
      ],
      padding: 1,
    }),
  ],
  [
    "locallyConnected({ kernelSize: [3, 1], padding: [1, 0] })",
    locallyConnected({ kernelSize: [3, 1], padding: [1, 0] }),
  ],
  ["averagePool({ size: 1 })", averagePool({ size: 1 })],
  ['lateral({ size: [3, 3], boundary: "periodic" })', lateral({ size: [3, 3], boundary: "periodic" })],
  ["lateral({ kernel: 1×3, shared: false })", lateral({ kernel: [[1, 2, 3]], shared: false })],
];
