/**
 * The kernel IR: one straight line of pure instructions over lanes, then effects.
 *
 * A kernel advances one population by one step. Every value is either a float of the kernel's precision or a mask;
 * its rate says how often it changes: `constant` never, `step` once per step, `lane` per neuron. The IR does not know
 * where it will run.
 */

/** Element type of every float of a kernel. */
export type Precision = "f64" | "f32";

/** What a value is: a number of the kernel's precision, or one truth value per lane. */
export type ValueType = "float" | "mask";

/**
 * How often a value can differ: never, per step, per row of synapses (in kernels of synapses only), per lane. A lane is a
 * neuron, or in kernels of synapses a synapse.
 */
export type Rate = "constant" | "step" | "row" | "lane";

export const rates: readonly Rate[] = ["constant", "step", "row", "lane"];

/** Index of an instruction in `Kernel.instructions`. */
export type Value = number;

/** Which row of a table or history a load reads; computed from the integer step k. */
export type RowRule =
  /** `min(floor(k / every), rows - 1)`: tabulated input that holds its last row. */
  | { readonly kind: "table"; readonly every: number; readonly rows: number }
  /** `(k - lag) mod rows`: ring of past values, row of step k - lag. */
  | { readonly kind: "ring"; readonly lag: number; readonly rows: number };

/** Key of one stream of random numbers: two 32-bit words. */
export interface StreamKey {
  readonly low: number;
  readonly high: number;
}

/** Immediate operands, by operation. */
export interface Immediate {
  /** `constant`: the number, already rounded to the kernel's precision. */
  readonly number?: number;
  /** `load`, `loadRow`: name of the column, scalar or table. */
  readonly slot?: string;
  /** `loadRow`: which row. */
  readonly row?: RowRule;
  /** `random`: which stream, and which of its two uniforms (0 or 1); `shared`: those of neuron 0, for all. */
  readonly stream?: StreamKey;
  readonly word?: number;
  readonly shared?: boolean;
}

/** One pure instruction; its result is named by its index. */
export interface Instruction extends Immediate {
  readonly op: string;
  readonly args: readonly Value[];
  readonly type: ValueType;
  readonly rate: Rate;
}

/** What a kernel does to memory, in order, after its instructions. */
export type Effect =
  /** Column `slot` becomes `value`; with `when`, only where the mask is set. */
  | { readonly kind: "store"; readonly slot: string; readonly value: Value; readonly when?: Value }
  /** Row of a ring becomes `value`. */
  | { readonly kind: "storeRow"; readonly slot: string; readonly row: RowRule; readonly value: Value }
  /** The neurons of the mask are appended to the spike list, in ascending order. */
  | { readonly kind: "spikes"; readonly mask: Value }
  /** In kernels of synapses: the value is added to what is on its way to the target. */
  | { readonly kind: "transmit"; readonly value: Value }
  /** In kernels of synapses: the value is added to what the source, the target or the shared weight has in `slot`. */
  | { readonly kind: "add"; readonly slot: string; readonly value: Value }
  /** The step is suspect if any of the values may be non-finite. */
  | { readonly kind: "finite"; readonly values: readonly Value[] };

/**
 * Numbers of one stream for all neurons of a step, from one 32-bit word w each. Neuron i = 32 g + 8 a + 2 b + c takes half c
 * (0 the lower) of word a of two counters, (4 g + b, low and high word of the step, 2) for the upper half of w and the same
 * with 3 for the lower, which is seldom needed. Without thresholds uniform in (0, 1), (w + ½)·2⁻³² or in single precision
 * (w ≫ 9 + ½)·2⁻²³; with thresholds the number of those that w reaches.
 */
export interface ColumnDraw {
  readonly stream: StreamKey;
  /** Ascending, below 2³². */
  readonly thresholds: readonly number[] | null;
}

/** How a named slot is stored. */
export interface Slot {
  readonly name: string;
  /**
   * `cell`: one element for the population; `column`: one per lane; `table`: rows of one or n elements. In kernels of
   * synapses also `source` and `target`: one for each neuron at that end; `shared`: one for each value that synapses share.
   */
  readonly shape: "cell" | "column" | "table" | "source" | "target" | "shared";
  /** Element type of a column that is narrower than the kernel's floats; `i16` counts in units of `scale`. */
  /** A column that is filled ahead of the kernel, in every step, with numbers of a stream. */
  readonly draw?: ColumnDraw;
  readonly packed?: { readonly element: "f32" | "i16"; readonly scale: number };
  /** `table`: elements per row are one for the whole population instead of one per neuron. */
  readonly narrow?: boolean;
}

/** One population, one step. */
export interface Kernel {
  readonly name: string;
  readonly precision: Precision;
  /** Number of neurons. */
  readonly n: number;
  /** Step size in ms. */
  readonly dt: number;
  /** Of kernels of synapses: whose synapses make a row. What belongs to that end changes from row to row only. */
  readonly rows?: "source" | "target";
  readonly slots: ReadonlyMap<string, Slot>;
  readonly instructions: readonly Instruction[];
  readonly effects: readonly Effect[];
}
