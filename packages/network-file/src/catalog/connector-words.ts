/** What connectors do and take: one row for each that the package exports. */

interface ParameterWords {
  readonly name: string;
  readonly doc: string;
  readonly default?: number | string | boolean;
  readonly values?: readonly (string | boolean)[];
  readonly min?: number;
  readonly max?: number;
}

export interface ConnectorWords {
  readonly doc: string;
  readonly source: string;
  /** Arguments in order; those of the last object by their names. */
  readonly arguments: readonly ParameterWords[];
  /** Keys of the object that is the last argument. */
  readonly options: readonly ParameterWords[];
}

const switches = [true, false];
const self = (byDefault: boolean): ParameterWords => ({
  name: "self",
  doc: "whether a neuron may be connected to itself",
  default: byDefault,
  values: switches,
});
const multapses: ParameterWords = {
  name: "multapses",
  doc: "whether a pair may have several synapses",
  default: true,
  values: switches,
};
const period: ParameterWords = {
  name: "period",
  doc: "lengths of dimensions closed to a ring, or true for those of the grid",
};
const p = { doc: "probability of a synapse", min: 0, max: 1 } as const;
const kernel: ParameterWords = { name: "kernel", doc: "weights of the window, as nested lists" };
const shared: ParameterWords = {
  name: "shared",
  doc: "whether all synapses of a place share one weight",
  default: true,
  values: switches,
};
const window: readonly ParameterWords[] = [
  { name: "stride", doc: "step of the window: a number, or [vertical, horizontal]", default: 1 },
  { name: "padding", doc: "zeros around the source: a number, or [vertical, horizontal]", default: 0 },
];
const weights: ParameterWords = {
  name: "weights",
  doc: "weight of each synapse; those of the projection unless given",
};
const delays: ParameterWords = {
  name: "delays",
  doc: "delay of each synapse in ms; that of the projection unless given",
};

/** By name, in the order of the alphabet. */
export const connectorWords: Readonly<Record<string, ConnectorWords>> = {
  allToAll: { doc: "Every pair.", source: "NEST: all_to_all", arguments: [], options: [self(true)] },
  averagePool: {
    doc: "Each target has the mean of a window of the source.",
    source: "CoNeX 0.1.5: AvgPool2D",
    arguments: [],
    options: [{ name: "size", doc: "height and width of the window" }, ...window],
  },
  convolution: {
    doc: "Every target sees a window of the source through one kernel.",
    source: "CoNeX 0.1.5: Conv2d",
    arguments: [],
    options: [kernel, ...window, shared],
  },
  disc: {
    doc: "Pairs within a radius, each with the same probability.",
    source: "NEST: circular mask",
    arguments: [],
    options: [{ name: "radius", doc: "largest distance", min: 0 }, { name: "p", ...p, default: 1 }, self(true), period],
  },
  exponentialDecay: {
    doc: "A probability that falls with the distance d as p exp(-d / lambda).",
    source: "NEST: exponential profile",
    arguments: [],
    options: [{ name: "p", ...p }, { name: "lambda", doc: "length at which it has fallen to 1/e", min: 0 }, { name: "cutoff", doc: "largest distance" }, self(true), period],
  },
  fixedInDegree: {
    doc: "Every target has the same number of synapses, from sources drawn evenly.",
    source: "NEST: fixed_indegree",
    arguments: [{ name: "k", doc: "synapses of a target", min: 0 }],
    options: [self(true), multapses],
  },
  fixedOutDegree: {
    doc: "Every source has the same number of synapses, to targets drawn evenly.",
    source: "NEST: fixed_outdegree",
    arguments: [{ name: "k", doc: "synapses of a source", min: 0 }],
    options: [self(true), multapses],
  },
  fixedProbability: {
    doc: "Every pair with the same probability, independently of all others.",
    source: "NEST: pairwise_bernoulli",
    arguments: [{ name: "p", ...p }],
    options: [self(true)],
  },
  fixedTotal: {
    doc: "A number of synapses in all, between pairs drawn evenly.",
    source: "NEST: fixed_total_number",
    arguments: [{ name: "total", doc: "number of synapses", min: 0 }],
    options: [self(true), multapses],
  },
  fromArrays: {
    doc: "Synapses as lists: one entry of each for each synapse.",
    source: "ANNarchy: from_sparse",
    arguments: [],
    options: [{ name: "sources", doc: "index of each source" }, { name: "targets", doc: "index of each target" }, weights, delays],
  },
  fromCSR: {
    doc: "Synapses as compressed rows of sources.",
    source: "SciPy: csr_matrix",
    arguments: [],
    options: [{ name: "pointers", doc: "where the synapses of each source begin, and where the last end" }, { name: "targets", doc: "index of each target" }, weights, delays],
  },
  fromDense: {
    doc: "Synapses as a matrix of weights, one row for each source; entries of zero make none.",
    source: "ANNarchy: connect_from_matrix",
    arguments: [{ name: "matrix", doc: "rows of weights" }],
    options: [{ name: "threshold", doc: "entries of at most this magnitude make no synapse", default: 0, min: 0 }],
  },
  gaussian: {
    doc: "A probability that falls with the distance d as p exp(-d² / (2 sigma²)).",
    source: "NEST: gaussian profile",
    arguments: [],
    options: [{ name: "p", ...p }, { name: "sigma", doc: "width", min: 0 }, { name: "cutoff", doc: "largest distance" }, self(true), period],
  },
  lateral: {
    doc: "A kernel around every neuron of a population.",
    source: "CoNeX 0.1.5: Lateral",
    arguments: [],
    options: [kernel, { name: "size", doc: "extent of the neighbourhood, instead of a kernel" }, self(false), { name: "boundary", doc: "whether the grid ends at its border", default: "cut", values: ["cut", "periodic"] }, shared],
  },
  locallyConnected: {
    doc: "Every target sees a window of the source, with weights of its own.",
    source: "CoNeX 0.1.5: Local2d",
    arguments: [],
    options: [{ name: "size", doc: "height and width of the window" }, { name: "weights", doc: "weights of every window, as nested lists" }, ...window],
  },
  oneToOne: { doc: "Neuron i to neuron i.", source: "NEST: one_to_one", arguments: [], options: [] },
  smallWorld: {
    doc: "A ring in which every neuron has k neighbours, and each synapse is wired anew with a probability.",
    source: "Watts & Strogatz 1998, Nature 393:440",
    arguments: [],
    options: [{ name: "k", doc: "neighbours of a neuron, an even number", min: 0 }, { name: "p", doc: "probability of wiring anew", min: 0, max: 1 }, self(false)],
  },
}; // prettier-ignore
