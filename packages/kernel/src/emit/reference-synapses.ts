/** What the reference device does with spikes, sums and competitions: loops over typed arrays, as the stages are documented. */
import type { Instruction, Precision, Slot, Value } from "../ir.ts";
import { operations, type OperationName } from "../operations.ts";
import { counterOf, philox, uniformF32, uniformF64 } from "../philox.ts";
import { elementBytes, reductionBlock, type Delivery, type ProgramStage, type Sweep } from "../program.ts";

type Floats = Float64Array | Float32Array;
type Stage<K extends ProgramStage["kind"]> = Extract<ProgramStage, { kind: K }>;

/** Views of the whole memory. */
interface Views {
  readonly floats: Floats;
  readonly singles: Float32Array;
  readonly words: Uint32Array;
  readonly halves: Uint16Array;
  readonly bytes: Uint8Array;
}

function viewsOf(buffer: ArrayBufferLike, precision: Precision): Views {
  const singles = new Float32Array(buffer);
  return {
    floats: precision === "f64" ? new Float64Array(buffer) : singles,
    singles,
    words: new Uint32Array(buffer),
    halves: new Uint16Array(buffer),
    bytes: new Uint8Array(buffer),
  };
}

/** Unsigned integer `index` of a list of integers of some bytes. */
function wordAt({ words, halves, bytes }: Views, address: number, width: 1 | 2 | 4, index: number): number {
  if (width === 4) return words[address / 4 + index]!;
  return width === 2 ? halves[address / 2 + index]! : bytes[address + index]!;
}

/** Keeps the ids that a log has of step j of a call in the row of step k. */
export function runRemember({ log, ring }: Stage<"remember">, buffer: ArrayBufferLike, k: number, j: number): void {
  const words = new Uint32Array(buffer);
  const start = j === 0 ? 0 : words[log.ends / 4 + j - 1]!;
  const ids = words.slice(log.ids / 4 + start, log.ids / 4 + words[log.cursor / 4]!);
  const row = k % ring.rows;
  words[ring.counts / 4 + row] = ids.length;
  words.set(ids, ring.ids / 4 + row * ring.n);
}

/** Hands over what arrives in step k. */
export function runCollection({ longest, deliveries }: Stage<"collect">, buffer: ArrayBufferLike, k: number): void {
  for (let ago = longest; ago >= 1; ago--)
    for (const delivery of deliveries)
      if (delivery.delay.kind === "collected" || (delivery.delay.kind === "one" && delivery.delay.steps === ago))
        runDelivery(delivery, buffer, k, k - ago);
}

/**
 * Hands over the spikes that step k is due to, or with `emitted` those of another step; with `least` the synapses whose delay is
 * not shorter. False if it stored what is not finite.
 */
export function runDelivery(
  delivery: Delivery,
  buffer: ArrayBufferLike,
  k: number,
  emitted = k - delivery.lag,
  least = 0,
): boolean {
  const { kernel, from, n, lags, since, spikes } = delivery;
  if (spikes && emitted < since) return true;
  const views = viewsOf(buffer, kernel.precision);
  const { words } = views;
  const registers = new (kernel.precision === "f64" ? Float64Array : Float32Array)(kernel.instructions.length);
  const rowOf = synapseOf(delivery, views, registers, emitted, least);
  let finite = true;
  const handle = (s: number): void => {
    const [start, stop] = part(delivery, views, s, k - emitted);
    if (!rowOf(s, start, stop)) finite = false;
  };
  if (!spikes) for (let s = 0; s < n; s++) handle(s);
  else {
    const row = emitted % spikes.rows;
    const count = words[spikes.counts / 4 + row]!;
    for (let i = 0; i < count; i++) {
      const s = words[spikes.ids / 4 + row * spikes.n + i]! - from;
      if (s >= 0 && s < n && (lags === null || words[lags / 4 + s] === delivery.lag)) handle(s);
    }
  }
  return finite;
}

/** The synapses of source s that are handled: all, or those of the delay that has passed. */
function part({ pointers, delay }: Delivery, views: Views, s: number, ago: number): readonly [number, number] {
  const [start, stop] = [views.words[pointers / 4 + s]!, views.words[pointers / 4 + s + 1]!];
  if (delay.kind !== "collected") return [start, stop];
  if (ago > delay.longest) return [stop, stop];
  const at = s * (delay.longest + 1) + ago;
  const offset = (index: number): number => wordAt(views, delay.offsets, delay.bytes, index);
  return [start + offset(at - 1), start + offset(at)];
}

/** A function that handles the row of source s, and says whether all that it stored is finite. */
function synapseOf(delivery: Delivery, views: Views, registers: Floats, emitted: number, least: number) {
  const { kernel, targets, targetBytes, delay, arrivals } = delivery;
  const { instructions, precision } = kernel;
  const { floats } = views;
  const bytes = elementBytes(precision);
  const transmitted = kernel.effects.find((effect) => effect.kind === "transmit")!.value;
  const { evaluate, keep } = synapse(delivery, views, registers, emitted);
  const perLane = [...instructions.keys()].filter((value) => instructions[value]!.rate === "lane");
  const before = [...instructions.keys()].filter((value) => instructions[value]!.rate !== "lane");
  const delayOf = (s: number, j: number): number => {
    if (delay.kind === "one") return delay.steps;
    if (delay.kind === "collected") return 0;
    return wordAt(views, delay.address, delay.bytes, delay.kind === "source" ? s : j);
  };
  return (s: number, start: number, stop: number): boolean => {
    let finite = true;
    for (const value of before) evaluate(value, s, start, 0);
    for (let j = start; j < stop; j++) {
      if (least > 0 && delayOf(s, j) < least) continue;
      const target = wordAt(views, targets, targetBytes, j);
      for (const value of perLane) evaluate(value, s, j, target);
      const row = (emitted + delayOf(s, j)) % arrivals.rows;
      floats[(arrivals.address + row * arrivals.stride) / bytes + target]! += registers[transmitted]!;
      if (!keep(false, s, j, target)) finite = false;
    }
    return keep(true, s, stop, 0) && finite;
  };
}

/** What one synapse computes into registers, and keeps; `step` is the one whose numbers are drawn, and whose time it is. */
function synapse(
  { kernel, addresses, index }: Pick<Delivery, "kernel" | "addresses" | "index">,
  views: Views,
  registers: Floats,
  step: number,
) {
  const { instructions, effects, precision, slots } = kernel;
  const bytes = elementBytes(precision);
  const placeOf = ({ shape }: Slot, s: number, j: number, target: number): number => {
    if (shape === "shared") return wordAt(views, index!.address, index!.bytes, j);
    return { column: j, source: s, target }[shape as "column"];
  };
  const load = (slot: Slot, s: number, j: number, target: number): number => {
    const address = addresses.get(slot.name)!;
    if (slot.shape === "cell") return views.floats[address / bytes]!;
    const at = placeOf(slot, s, j, target);
    if (slot.packed?.element === "i16") {
      const count = (views.halves[address / 2 + at]! << 16) >> 16;
      // As every device does: the scale as a number of the precision, then one product.
      return count * (precision === "f64" ? slot.packed.scale : Math.fround(slot.packed.scale));
    }
    if (slot.packed?.element === "f32" && bytes === 8) return views.singles[address / 4 + at]!;
    return views.floats[address / bytes + at]!;
  };
  const kept = effects.filter((effect) => effect.kind === "store" || effect.kind === "add");
  return {
    evaluate(value: Value, s: number, j: number, target: number): void {
      const instruction = instructions[value]!;
      const { op, args } = instruction;
      if (op === "constant") registers[value] = instruction.number!;
      else if (op === "time") registers[value] = step * kernel.dt;
      else if (op === "lane") registers[value] = j;
      else if (op === "load") registers[value] = load(slots.get(instruction.slot!)!, s, j, target);
      else if (op === "random") registers[value] = drawn(instruction, instruction.shared ? 0 : j, step, precision);
      else {
        const scalar = operations[op as OperationName].scalar as (...xs: number[]) => number;
        registers[value] = scalar(registers[args[0]!]!, registers[args[1]!] ?? 0, registers[args[2]!] ?? 0);
      }
    },
    /** Additions of a synapse, then stores of a synapse, or those of a row; false if something is not finite. */
    keep(perRow: boolean, s: number, j: number, target: number): boolean {
      let finite = true;
      for (const kind of ["add", "store"])
        for (const { kind: own, slot: name, value } of kept) {
          const slot = slots.get(name)!;
          if (own !== kind || (own === "store" && slot.shape !== "column") !== perRow) continue;
          const singles = slot.packed?.element === "f32" && bytes === 8;
          const list = singles ? views.singles : views.floats;
          const place = addresses.get(name)! / (singles ? 4 : bytes) + placeOf(slot, s, j, target);
          list[place] = own === "add" ? list[place]! + registers[value]! : registers[value]!;
          finite &&= Number.isFinite(list[place]);
        }
      return finite;
    },
  };
}

/** Does what a sweep is due to do in step k. False if it kept what is not finite. */
export function runSweep(sweep: Sweep, buffer: ArrayBufferLike, k: number): boolean {
  const { kernel, over, pointers, targets, targetBytes, n, into } = sweep;
  const views = viewsOf(buffer, kernel.precision);
  const registers = new (kernel.precision === "f64" ? Float64Array : Float32Array)(kernel.instructions.length);
  const { evaluate, keep } = synapse(sweep, views, registers, k);
  const perLane = [...kernel.instructions.keys()].filter((value) => kernel.instructions[value]!.rate === "lane");
  const before = [...kernel.instructions.keys()].filter((value) => kernel.instructions[value]!.rate !== "lane");
  let finite = true;
  const row = (end: number): void => {
    const first = over.kind === "post" ? over.columns.pointers : pointers;
    const [start, stop] = [views.words[first / 4 + end]!, views.words[first / 4 + end + 1]!];
    const [s, target] = over.kind === "post" ? [0, end] : [end, 0];
    for (const value of before) evaluate(value, s, 0, target);
    for (let c = start; c < stop; c++) {
      const j = over.kind === "post" ? views.words[over.columns.synapses / 4 + c]! : c;
      const source = over.kind === "post" ? wordAt(views, over.columns.sources, over.columns.sourceBytes, c) : s;
      const into = over.kind === "post" ? target : wordAt(views, targets, targetBytes, j);
      for (const value of perLane) evaluate(value, source, j, into);
      if (!keep(false, source, j, into)) finite = false;
    }
    if (!keep(true, s, 0, target)) finite = false;
  };
  if (over.kind === "all") {
    if (k % over.every === 0) for (let s = 0; s < n; s++) row(s);
    return finite;
  }
  const { spikes, from, lag, lags, since } = over;
  for (let ago = lag; ago >= (lags === null ? lag : 0); ago--) {
    if (k - ago < since) continue;
    const place = (k - ago) % spikes.rows;
    for (let i = 0; i < views.words[spikes.counts / 4 + place]!; i++) {
      const end = views.words[spikes.ids / 4 + place * spikes.n + i]! - from;
      if (end < 0 || end >= (over.kind === "pre" ? n : into)) continue;
      if (lags === null || views.words[lags / 4 + end] === ago) row(end);
    }
  }
  return finite;
}

function drawn({ stream, word }: Instruction, j: number, step: number, precision: Precision): number {
  const words = philox(counterOf(j, step), [stream!.low, stream!.high]);
  const high = words[word === 0 ? 0 : 2];
  return precision === "f64" ? uniformF64(high, words[word === 0 ? 1 : 3]) : uniformF32(high);
}

/** Sums in blocks of 256, then block by block. */
export function runReduction({ by, from, to, n }: Stage<"reduce">, floats: Floats, bytes: number): void {
  const values = floats.subarray(from / bytes, from / bytes + n);
  const round = bytes === 8 ? (x: number): number => x : Math.fround;
  if (by === "max" || by === "min") {
    let most = values[0]!;
    for (let i = 1; i < n; i++) most = Math[by](most, values[i]!);
    floats[to / bytes] = most;
    return;
  }
  let sum = 0;
  for (let start = 0; start < n; start += reductionBlock) {
    let part = 0;
    for (let i = start; i < Math.min(n, start + reductionBlock); i++) part = round(part + values[i]!);
    sum = round(sum + part);
  }
  floats[to / bytes] = by === "sum" ? sum : sum / n;
}

/** Sorts each group by value and unmarks the first k. */
export function runCompetition(stage: Stage<"compete">, floats: Floats, bytes: number): void {
  const { by, marks, k, ties, n, length, inner } = stage;
  const value = (neuron: number): number => floats[by / bytes + neuron]!;
  for (let group = 0; group < n / length; group++) {
    const first = Math.floor(group / inner) * inner * length + (group % inner);
    const neurons = Array.from({ length }, (_, i) => first + i * inner).filter(
      (neuron) => floats[marks / bytes + neuron] !== 0 && !Number.isNaN(value(neuron)),
    );
    const sorted = neurons.toSorted((a, b) => value(b) - value(a) || a - b);
    const last = sorted[Math.min(k, sorted.length) - 1];
    for (const [place, neuron] of sorted.entries())
      if (place < k || (ties && value(neuron) >= value(last!))) floats[marks / bytes + neuron] = 0;
  }
}
