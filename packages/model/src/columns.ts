/** The columns of an entity: struct of arrays over the network's memory. */
import { NeuroweaveError } from "@neuroweave/equations";
import { isDistribution, type Distribution } from "./distributions.ts";
import { stepsIn } from "./grid.ts";
import type { PortableMath } from "./host.ts";
import { checkValue, type ParameterDeclaration, type ParameterValue } from "./parameters.ts";
import { hostStream } from "./random.ts";
import type { Block, ByteBlock, ElementType, Floats, Storage } from "./storage.ts";

/** Columns are padded to the widest vectors of any processor, 64 bytes of f32; the padding repeats the last neuron. */
const padding = 16;

/**
 * Where the values of a symbol live. A scalar starts as `constant`: the compiler may fold it. It becomes a `cell` when it is
 * first set, and a `column` when neurons differ.
 */
export type ColumnForm = "constant" | "cell" | "column";

/** One symbol of one entity. */
export interface Column {
  readonly name: string;
  form: ColumnForm;
  /** The value of a constant. */
  constant: number;
  block: Block | null;
  /** Number of values: one per neuron, or one per synapse, source or target. */
  readonly count: number;
  /** Where the values are stored with fewer bits than the network computes with. */
  readonly packed: Packed | null;
  /** Whether it is a parameter that behaviors write. */
  written: boolean;
  /** What `reset` goes back to, of such a parameter: the values that were set. Null where `origin` gives them. */
  base: Float64Array | null;
  /** Makes the values that it began with anew, where that is possible: so nobody has to keep them. */
  origin: (() => Float64Array) | null;
}

/** A column of f32, which programs write synapse by synapse, or of 16-bit integers in units of `scale`, which they never write. */
export interface Packed {
  readonly element: Exclude<ElementType, "f64">;
  readonly bytes: ByteBlock;
  scale: number;
}

/** Memory of a column, before it belongs to one. */
export type ColumnMemory = Pick<Column, "block" | "packed">;

/** Zeroed room for `count` values: as the network computes, or of narrower elements. */
export function columnMemory(storage: Storage, element: Packed["element"] | undefined, count: number): ColumnMemory {
  if (element === undefined) return { block: storage.allocate(Math.ceil(count / padding) * padding), packed: null };
  const bytes = storage.allocateBytes(Math.ceil(count / 8) * 8 * (element === "f32" ? 4 : 2));
  return { block: null, packed: { element, bytes, scale: 1 } };
}

export function releaseColumnMemory({ block, packed }: ColumnMemory, storage: Storage): void {
  if (block) storage.release(block);
  if (packed) storage.releaseBytes(packed.bytes);
}

/** Columns of one entity with `n` neurons or synapses. */
export class Columns {
  readonly #columns = new Map<string, Column>();
  readonly n: number;
  readonly #storage: Storage;

  constructor(n: number, storage: Storage) {
    this.n = n;
    this.#storage = storage;
  }

  get(name: string): Column | undefined {
    return this.#columns.get(name);
  }

  /** The column of a name that is known to exist. */
  at(name: string): Column {
    const column = this.#columns.get(name);
    if (!column) throw new NeuroweaveError("internal", `column ${name} has not been made`);
    return column;
  }

  names(): string[] {
    return [...this.#columns.keys()];
  }

  /** A column with one element per neuron, or of `count` elements, zero to begin with. */
  addColumn(name: string, count = this.n): Column {
    const block = this.#storage.allocate(Math.ceil(count / padding) * padding);
    const column: Column = {
      name,
      form: "column",
      constant: 0,
      block,
      base: null,
      origin: null,
      written: false,
      count,
      packed: null,
    };
    this.#columns.set(name, column);
    return column;
  }

  addConstant(name: string, value: number, count = this.n): Column {
    const column: Column = {
      name,
      form: "constant",
      constant: value,
      block: null,
      base: null,
      origin: null,
      written: false,
      count,
      packed: null,
    };
    this.#columns.set(name, column);
    return column;
  }

  /** A column of narrower elements, with its values. */
  addPacked(name: string, element: Packed["element"], values: Float64Array): Column {
    const column = this.addFilled(name, columnMemory(this.#storage, element, values.length), values.length);
    this.write(name, values, 0);
    return column;
  }

  /** A column whose `count` values are in memory already. */
  addFilled(name: string, memory: ColumnMemory, count: number): Column {
    const column: Column = {
      name,
      form: "column",
      constant: 0,
      base: null,
      origin: null,
      written: false,
      count,
      ...memory,
    };
    this.#columns.set(name, column);
    this.repad(name);
    return column;
  }

  /** Gives a name that is not taken the form and values that it has in other columns of as many neurons. */
  adopt(name: string, other: Columns): void {
    const { form, constant, count, packed, base, origin, written } = other.at(name);
    const column = packed
      ? this.addPacked(name, packed.element, other.copy(name))
      : this.addConstant(name, constant, count);
    if (form === "column" && !packed) {
      this.toColumn(name);
      this.write(name, other.copy(name), 0);
    } else if (form === "cell") {
      this.toCell(name);
      column.block!.view()[0] = other.at(name).block!.view()[0]!;
    }
    column.base = base && base.slice();
    column.origin = origin;
    column.written = written;
  }

  remove(name: string): void {
    const column = this.#columns.get(name);
    if (column) releaseColumnMemory(column, this.#storage);
    this.#columns.delete(name);
  }

  /** Live view of the n values of a column. */
  view(name: string): Floats {
    const column = this.at(name);
    if (column.form !== "column") throw new NeuroweaveError("internal", `${name} has no column`);
    if (column.packed)
      throw new NeuroweaveError("not-supported", `${name} is stored as ${column.packed.element} and has no live view`, {
        remedy: "Read a copy and set new values, or store it in the precision of the network.",
      });
    return column.block!.view().subarray(0, column.count);
  }

  /** A copy of the n values, whatever the form. */
  copy(name: string): Float64Array {
    const column = this.at(name);
    if (column.packed) return unpacked(column.packed, column.count);
    if (column.form === "column") return Float64Array.from(this.view(name));
    return new Float64Array(column.count).fill(column.form === "cell" ? column.block!.view()[0]! : column.constant);
  }

  /** Turns a scalar into memory; true if the form changed. */
  toCell(name: string): boolean {
    const column = this.at(name);
    if (column.form !== "constant") return false;
    column.block = this.#storage.allocate(padding);
    column.block.view()[0] = column.constant;
    column.form = "cell";
    return true;
  }

  /** Gives every neuron a value of its own; true if the form changed. */
  toColumn(name: string): boolean {
    const column = this.at(name);
    if (column.form === "column") return false;
    const values = this.copy(name);
    if (column.block) this.#storage.release(column.block);
    column.block = this.#storage.allocate(Math.ceil(column.count / padding) * padding);
    column.form = "column";
    this.write(name, values, 0);
    return true;
  }

  /** A parameter that behaviors write becomes per-neuron state that remembers what was set. */
  toWritten(name: string, remembers: boolean): void {
    this.toColumn(name);
    const column = this.at(name);
    if (!remembers) return;
    column.written = true;
    if (column.origin === null) column.base ??= this.copy(name);
  }

  /** Remembers values that are set of a parameter that behaviors write. */
  rebase(name: string, values: ArrayLike<number>, from: number): void {
    this.keepBase(name);
    this.at(name).base?.set(values, from);
  }

  /** Somebody else may change a column from now on: what it began with cannot be made anew any more. */
  keepBase(name: string): void {
    const column = this.at(name);
    if (column.origin && column.written) column.base ??= column.origin();
    column.origin = null;
  }

  /** Lets a column go back to values that can be made anew. */
  remake(name: string, origin: () => Float64Array): void {
    const column = this.at(name);
    column.origin = origin;
    column.base = null;
  }

  /** Writes what was set back into the parameters that behaviors write. */
  resetWritten(): void {
    for (const { name, written, base, origin } of this.#columns.values())
      if (written) this.write(name, base ?? origin!(), 0);
  }

  /** Writes values from neuron `from` on, and keeps the padding equal to the last neuron. */
  write(name: string, values: ArrayLike<number>, from: number): void {
    const column = this.at(name);
    if (column.packed) {
      const all = unpacked(column.packed, column.count);
      all.set(values, from);
      pack(column.packed, all);
      return;
    }
    column.block!.view().set(values, from);
    if (from + values.length >= column.count) this.repad(name);
  }

  /** Zeroes what is in memory. */
  clear(name: string): void {
    this.at(name).block?.view().fill(0);
  }

  /** Repeats the last neuron in the padding. */
  repad(name: string): void {
    const column = this.at(name);
    if (column.form !== "column" || column.packed || column.count === 0) return;
    const data = column.block!.view();
    data.fill(data[column.count - 1]!, column.count);
  }
}

/** The elements of narrower values, live. */
export const packedView = ({ element, bytes }: Packed): Float32Array | Int16Array => {
  const { buffer, byteOffset, byteLength } = bytes.view();
  return element === "f32"
    ? new Float32Array(buffer, byteOffset, byteLength / 4)
    : new Int16Array(buffer, byteOffset, byteLength / 2);
};

function unpacked(packed: Packed, count: number): Float64Array {
  const data = packedView(packed);
  const values = new Float64Array(count);
  for (let j = 0; j < count; j++) values[j] = data[j]! * packed.scale;
  return values;
}

/** Stores values; 16-bit ones in units of a 32767th of the largest magnitude, rounded to the nearest. */
function pack(packed: Packed, values: Float64Array): void {
  const data = packedView(packed);
  if (packed.element === "f32") return data.set(values);
  let largest = 0;
  for (let j = 0; j < values.length; j++) largest = Math.max(largest, Math.abs(values[j]!));
  packed.scale = largest === 0 ? 1 : largest / 32767;
  for (let j = 0; j < values.length; j++) data[j] = Math.round(values[j]! / packed.scale);
}

/** Refuses numbers that single precision turns into infinities. */
export function requireSingle(name: string, given: number | Float64Array): void {
  const all = typeof given === "number" ? [given] : given;
  const bad = all.findIndex((x) => !Number.isFinite(Math.fround(x)));
  if (bad < 0) return;
  throw new NeuroweaveError("not-finite", `${name}[${bad}] is ${all[bad]}, more than single precision can hold`, {
    remedy: "Give smaller numbers, or store them in double precision.",
  });
}

/** Where the numbers of a value are drawn from, and to which neurons they belong. */
export interface DrawPlace {
  readonly dt: number;
  readonly seed: number | string;
  readonly stream: readonly string[];
  readonly math: PortableMath;
  /** The first neuron, 0 unless given: a neuron's draw does not depend on who else is drawn for. */
  readonly from?: number;
}

/** Checked numbers of a value for `count` neurons: one for all, or one each. Durations are rounded to the grid. */
export function numbersOf(
  name: string,
  value: unknown,
  declaration: Pick<ParameterDeclaration, "min" | "max" | "unit" | "onGrid">,
  count: number,
  place: DrawPlace,
): number | Float64Array {
  checkValue(name, value, declaration, count);
  if (isDistribution(value)) return drawn(name, value, declaration, count, place);
  const onGrid = (x: number): number => (declaration.onGrid ? stepsIn(x, place.dt, name) * place.dt : x);
  if (typeof value === "number") return onGrid(value);
  const numbers = new Float64Array(value as ArrayLike<number>);
  if (declaration.onGrid) for (let i = 0; i < count; i++) numbers[i] = onGrid(numbers[i]!);
  return numbers;
}

function drawn(
  name: string,
  distribution: Distribution,
  declaration: Pick<ParameterDeclaration, "min" | "max" | "unit" | "onGrid">,
  count: number,
  { dt, seed, stream, math, from = 0 }: DrawPlace,
): Float64Array {
  const random = hostStream(seed, ...stream, distribution.text);
  for (let i = 0; i < from; i++) distribution.sample(random, math);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = distribution.sample(random, math);
  checkValue(`${name} drawn from ${distribution.text}`, values, declaration, count);
  return declaration.onGrid ? values.map((x) => Math.round(x / dt) * dt) : values;
}

export const isScalar = (value: ParameterValue): value is number => typeof value === "number";
