export { allToAll, type SelfOption } from "./all-to-all.ts";
export { oneToOne } from "./one-to-one.ts";
export { fixedProbability } from "./fixed-probability.ts";
export { type MultapsesOption } from "./fixed-degree.ts";
export { fixedInDegree } from "./fixed-in-degree.ts";
export { fixedOutDegree } from "./fixed-out-degree.ts";
export { fixedTotal } from "./fixed-total.ts";

export { type DistanceOptions } from "./distance-rule.ts";
export { gaussian, type GaussianOptions } from "./gaussian.ts";
export { disc, type DiscOptions } from "./disc.ts";
export { exponentialDecay, type ExponentialDecayOptions } from "./exponential-decay.ts";
export { smallWorld, type SmallWorldOptions } from "./small-world.ts";

export { type NumberList } from "./number-list.ts";
export { fromArrays, type SynapseLists } from "./from-arrays.ts";
export { fromCSR, type CompressedRows } from "./from-csr.ts";
export { fromDense, type DenseOptions } from "./from-dense.ts";

export { type KernelOption, type Nested } from "./kernel.ts";
export { convolution, type ConvolutionOptions, type WindowOptions } from "./convolution.ts";
export { locallyConnected, type LocallyConnectedOptions } from "./locally-connected.ts";
export { averagePool, type AveragePoolOptions } from "./average-pool.ts";
export { lateral, type LateralOptions } from "./lateral.ts";
