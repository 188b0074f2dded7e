/** The columns of an entity: struct of arrays over the network's memory. */
import { NeuroweaveError } from "@neuroweave/equations";
import { isDistribution, type Distribution } from "./distributions.ts";
import { stepsIn } from "./grid.ts";
import type { PortableMath } from "./host.ts";
import { checkValue, type ParameterDeclaration, type ParameterValue } from "./parameters.ts";
import { hostStream } from "./random.ts";
import type { Block, Floats, Storage } from "./storage.ts";

/** Columns are padded to whole vectors of four; the padding repeats the last neuron. */
const padding = 4;

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
  /** Values that were set, of a parameter that behaviors write: what `reset` goes back to. */
  base: Float64Array | null;
}

/** Columns of one entity with `n` neurons. */
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

  /** A column with one element per neuron, zero to begin with. */
  addColumn(name: string): Column {
    const block = this.#storage.allocate(Math.ceil(this.n / padding) * padding);
    const column: Column = { name, form: "column", constant: 0, block, base: null };
    this.#columns.set(name, column);
    return column;
  }

  addConstant(name: string, value: number): Column {
    const column: Column = { name, form: "constant", constant: value, block: null, base: null };
    this.#columns.set(name, column);
    return column;
  }

  /** Gives a name that is not taken the form and values that it has in other columns of as many neurons. */
  adopt(name: string, other: Columns): void {
    const { form, constant, base } = other.at(name);
    const column = this.addConstant(name, constant);
    if (form === "column") {
      this.toColumn(name);
      this.write(name, other.copy(name), 0);
    } else if (form === "cell") {
      this.toCell(name);
      column.block!.view()[0] = other.at(name).block!.view()[0]!;
    }
    column.base = base && base.slice();
  }

  remove(name: string): void {
    const block = this.#columns.get(name)?.block;
    if (block) this.#storage.release(block);
    this.#columns.delete(name);
  }

  /** Live view of the n values of a column. */
  view(name: string): Floats {
    const column = this.at(name);
    if (column.form !== "column") throw new NeuroweaveError("internal", `${name} has no column`);
    return column.block!.view().subarray(0, this.n);
  }

  /** A copy of the n values, whatever the form. */
  copy(name: string): Float64Array {
    const column = this.at(name);
    if (column.form === "column") return Float64Array.from(this.view(name));
    return new Float64Array(this.n).fill(column.form === "cell" ? column.block!.view()[0]! : column.constant);
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
    column.block = this.#storage.allocate(Math.ceil(this.n / padding) * padding);
    column.form = "column";
    this.write(name, values, 0);
    return true;
  }

  /** A parameter that behaviors write becomes per-neuron state that remembers what was set. */
  toWritten(name: string, remembers: boolean): void {
    this.toColumn(name);
    const column = this.at(name);
    if (remembers) column.base ??= this.copy(name);
  }

  /** Writes what was set back into the parameters that behaviors write. */
  resetWritten(): void {
    for (const { name, base } of this.#columns.values()) if (base) this.write(name, base, 0);
  }

  /** Writes values from neuron `from` on, and keeps the padding equal to the last neuron. */
  write(name: string, values: ArrayLike<number>, from: number): void {
    const data = this.at(name).block!.view();
    data.set(values, from);
    if (from + values.length >= this.n) this.repad(name);
  }

  /** Repeats the last neuron in the padding. */
  repad(name: string): void {
    const column = this.at(name);
    if (column.form !== "column") return;
    const data = column.block!.view();
    data.fill(data[this.n - 1]!, this.n);
  }
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
  return Float64Array.from(value as ArrayLike<number>, onGrid);
}

function drawn(
  name: string,
  distribution: Distribution,
  declaration: Pick<ParameterDeclaration, "min" | "max" | "unit" | "onGrid">,
  count: number,
  { dt, seed, stream, math, from = 0 }: DrawPlace,
): Float64Array {
  const random = hostStream(seed, ...stream, distribution.text);
  const values = Float64Array.from({ length: from + count }, () => distribution.sample(random, math)).slice(from);
  checkValue(`${name} drawn from ${distribution.text}`, values, declaration, count);
  return declaration.onGrid ? values.map((x) => Math.round(x / dt) * dt) : values;
}

export const isScalar = (value: ParameterValue): value is number => typeof value === "number";
