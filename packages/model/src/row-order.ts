/** The order of the synapses of a row: by delay, then by target, then as the connector gave them. */

type Indices = Uint16Array | Uint32Array;

/** Rows up to this length are sorted by insertion, longer ones by their bytes from the last to the first. */
const short = 24;

/** Whether the targets of every row ascend. */
export function targetsAscend(pointers: Uint32Array, targets: Indices): boolean {
  for (let s = 0; s + 1 < pointers.length; s++)
    for (let j = pointers[s]! + 1; j < pointers[s + 1]!; j++) if (targets[j]! < targets[j - 1]!) return false;
  return true;
}

/** Length of the longest row. */
export const longestRow = (pointers: Uint32Array): number => {
  let longest = 0;
  for (let s = 0; s + 1 < pointers.length; s++) longest = Math.max(longest, pointers[s + 1]! - pointers[s]!);
  return longest;
};

/**
 * Orders one row after another. `own` are delays of synapses, or null where they do not matter. The result of `places` holds until
 * the next call: for each synapse of the row [from, to) its place, counted from `from`, or null where all are in their places.
 */
export class RowOrder {
  readonly #targets: Indices;
  readonly #steps: Uint16Array | null;
  /** Shifts that bring the bytes of keys to the front, as far as keys differ in them. */
  readonly #targetShifts: readonly number[];
  readonly #delayShifts: readonly number[];
  /** Numbers of keys by their byte; as many as there are bytes. */
  readonly #counts: Uint32Array;
  readonly #places: Uint32Array;
  #order: Uint32Array;
  #spare: Uint32Array;

  constructor(
    pointers: Uint32Array,
    targets: Indices,
    own: { readonly steps: Uint16Array; readonly longest: number } | null,
  ) {
    const room = longestRow(pointers);
    this.#targets = targets;
    this.#steps = own && own.steps;
    this.#places = new Uint32Array(room);
    const shifts = (largest: number): number[] => [0, 8, 16, 24].filter((shift) => largest >>> shift > 0);
    this.#targetShifts = targetsAscend(pointers, targets) ? [] : shifts(largestOf(targets));
    this.#delayShifts = own ? shifts(own.longest) : [];
    const single = this.#targetShifts.length === 0 && this.#delayShifts.length === 1;
    this.#counts = new Uint32Array(single ? own!.longest + 1 : 256);
    this.#order = new Uint32Array(single ? short : room);
    this.#spare = new Uint32Array(single ? 0 : room);
  }

  places(from: number, to: number): Uint32Array | null {
    if (this.#isOrdered(from, to)) return null;
    const length = to - from;
    if (length > short && this.#targetShifts.length === 0 && this.#delayShifts.length === 1) {
      this.#countDelays(this.#steps!, from, to);
      return this.#places;
    }
    for (let k = 0; k < length; k++) this.#order[k] = from + k;
    if (length <= short) this.#insert(length);
    else {
      for (const shift of this.#targetShifts) this.#pass(this.#targets, shift, length);
      for (const shift of this.#delayShifts) this.#pass(this.#steps!, shift, length);
    }
    for (let k = 0; k < length; k++) this.#places[this.#order[k]! - from] = k;
    return this.#places;
  }

  #isOrdered(from: number, to: number): boolean {
    const [targets, steps] = [this.#targets, this.#steps];
    for (let j = from + 1; j < to; j++) {
      if (steps && steps[j]! !== steps[j - 1]!) {
        if (steps[j]! < steps[j - 1]!) return false;
      } else if (targets[j]! < targets[j - 1]!) return false;
    }
    return true;
  }

  #insert(length: number): void {
    const [order, targets, steps] = [this.#order, this.#targets, this.#steps];
    for (let k = 1; k < length; k++) {
      const j = order[k]!;
      const step = steps ? steps[j]! : 0;
      const target = targets[j]!;
      let place = k;
      for (; place > 0; place--) {
        const other = order[place - 1]!;
        const before = steps ? steps[other]! : 0;
        if (before < step || (before === step && targets[other]! <= target)) break;
        order[place] = other;
      }
      order[place] = j;
    }
  }

  /** Where targets ascend and delays are bytes, one count of delays says every place. */
  #countDelays(steps: Uint16Array, from: number, to: number): void {
    const [counts, places] = [this.#counts, this.#places];
    counts.fill(0);
    for (let j = from; j < to; j++) counts[steps[j]!]!++;
    toStarts(counts);
    for (let j = from; j < to; j++) places[j - from] = counts[steps[j]!]!++;
  }

  /** A stable sort by eight bits of a key. */
  #pass(keys: Indices, shift: number, length: number): void {
    const [order, spare, counts] = [this.#order, this.#spare, this.#counts];
    counts.fill(0);
    for (let k = 0; k < length; k++) counts[(keys[order[k]!]! >>> shift) & 255]!++;
    toStarts(counts);
    for (let k = 0; k < length; k++) {
      const j = order[k]!;
      spare[counts[(keys[j]! >>> shift) & 255]!++] = j;
    }
    this.#order = spare;
    this.#spare = order;
  }
}

function largestOf(indices: Indices): number {
  let largest = 0;
  for (let j = 0; j < indices.length; j++) if (indices[j]! > largest) largest = indices[j]!;
  return largest;
}

/** Turns numbers of keys into the places at which they start. */
function toStarts(counts: Uint32Array): void {
  for (let value = 0, place = 0; value < counts.length; value++) {
    const count = counts[value]!;
    counts[value] = place;
    place += count;
  }
}
