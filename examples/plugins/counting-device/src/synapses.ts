/** Kernels of synapses: one lane is one synapse. Deliveries add to what arrives at targets, sweeps change synapses and their ends. */
import type { Delivery, Instruction, Program, Sweep } from "@neuroweave/kernel";
import type { Counter } from "./counts.ts";
import { Interpreter } from "./interpreter.ts";
import { integerAt, type Views } from "./views.ts";

/** Where the interpreter stands: at synapse j of source s and target t. */
interface Place {
  s: number;
  j: number;
  t: number;
}

/** What a kernel of synapses computes and keeps at a place. */
class SynapseKernel {
  readonly place: Place = { s: 0, j: 0, t: 0 };
  readonly #interpreter: Interpreter;
  readonly #pass: Delivery | Sweep;
  readonly #program: Program;
  #views: Views;

  constructor(pass: Delivery | Sweep, program: Program, counter: Counter, views: Views) {
    this.#pass = pass;
    this.#program = program;
    this.#views = views;
    this.#interpreter = new Interpreter(pass.kernel, counter, (instruction) => this.#load(instruction));
  }

  enterStep(k: number, views: Views): void {
    this.#views = views;
    this.#interpreter.enterStep(k);
  }

  /** Row of an end, or of both where its synapses are listed by target. */
  enterRow(s: number, t: number): void {
    Object.assign(this.place, { s, j: 0, t });
    this.#interpreter.enterRow();
  }

  enterSynapse(s: number, j: number, t: number): void {
    Object.assign(this.place, { s, j, t });
    this.#interpreter.enterLane(j);
  }

  /** What the synapse transmits. */
  transmitted(): number {
    const effect = this.#pass.kernel.effects.find(({ kind }) => kind === "transmit") as { readonly value: number };
    return this.#interpreter.value(effect.value);
  }

  /** Keeps what belongs to the synapse, additions first; or, of the row, what belongs to its end. */
  keep(what: "synapse" | "row"): void {
    const { slots, effects } = this.#pass.kernel;
    const due: { readonly add: boolean; readonly slot: string; readonly value: number }[] = [];
    for (const effect of effects) {
      if (effect.kind !== "store" && effect.kind !== "add") continue;
      const ofRow = effect.kind === "store" && slots.get(effect.slot)!.shape !== "column";
      if (ofRow !== (what === "row")) continue;
      due.push({ add: effect.kind === "add", slot: effect.slot, value: this.#interpreter.value(effect.value) });
    }
    for (const { add, slot, value } of due.toSorted((a, b) => Number(b.add) - Number(a.add))) {
      const { list, at } = this.#cell(slot);
      list[at] = add ? list[at]! + value : value;
      if (!Number.isFinite(list[at])) this.#views.words[this.#program.suspect / 4] = 1;
    }
  }

  #cell(name: string): { readonly list: Float64Array | Float32Array; readonly at: number } {
    const { floats, singles, size } = this.#views;
    const { shape, packed } = this.#pass.kernel.slots.get(name)!;
    const address = this.#pass.addresses.get(name)!;
    const index = shape === "cell" ? 0 : this.#indexOf(shape);
    return packed?.element === "f32"
      ? { list: singles, at: address / 4 + index }
      : { list: floats, at: address / size + index };
  }

  #indexOf(shape: string): number {
    const { s, j, t } = this.place;
    const { index } = this.#pass;
    if (shape === "shared") return integerAt(this.#views, index!.address, index!.bytes, j);
    return shape === "source" ? s : shape === "target" ? t : j;
  }

  #load({ slot }: Instruction): number {
    const { packed } = this.#pass.kernel.slots.get(slot!)!;
    if (packed?.element === "i16") {
      const scale = this.#pass.kernel.precision === "f64" ? packed.scale : Math.fround(packed.scale);
      return this.#views.shorts[this.#pass.addresses.get(slot!)! / 2 + this.place.j]! * scale;
    }
    const { list, at } = this.#cell(slot!);
    return list[at]!;
  }
}

/** A function that hands over spikes in step k: those of the step that is due, or, of what is collected, of step `emitted`. */
export function delivery(pass: Delivery, program: Program, counter: Counter, viewsNow: () => Views) {
  const { pointers, targets, targetBytes, from, n, arrivals, delay, lag, lags, since, spikes } = pass;
  const kernel = new SynapseKernel(pass, program, counter, viewsNow());
  const delayOf = (views: Views, s: number, j: number): number => {
    if (delay.kind === "one") return delay.steps;
    if (delay.kind === "collected") return 0;
    return integerAt(views, delay.address, delay.bytes, delay.kind === "source" ? s : j);
  };
  /** The synapses of a row whose delay is `ago`, where they are sorted by it; else all. */
  const part = (views: Views, s: number, ago: number): readonly [number, number] => {
    const [start, stop] = [views.words[pointers / 4 + s]!, views.words[pointers / 4 + s + 1]!];
    if (delay.kind !== "collected") return [start, stop];
    if (ago > delay.longest) return [stop, stop];
    const at = s * (delay.longest + 1) + ago;
    const [first, behind] = [at - 1, at].map((index) => integerAt(views, delay.offsets, delay.bytes, index));
    return [start + first!, start + behind!];
  };
  return (k: number, emitted = k - lag): void => {
    if (spikes && emitted < since) return;
    const views = viewsNow();
    kernel.enterStep(emitted, views);
    for (const s of spikes ? spiked(views, spikes, emitted, from, n) : Array.from({ length: n }, (_, s) => s)) {
      if (spikes && lags !== null && views.words[lags / 4 + s] !== lag) continue;
      const [start, stop] = part(views, s, k - emitted);
      kernel.enterRow(s, 0);
      for (let j = start; j < stop; j++) {
        const t = integerAt(views, targets, targetBytes, j);
        kernel.enterSynapse(s, j, t);
        const row = (emitted + delayOf(views, s, j)) % arrivals.rows;
        views.floats[(arrivals.address + row * arrivals.stride) / views.size + t]! += kernel.transmitted();
        kernel.keep("synapse");
      }
      kernel.keep("row");
    }
  };
}

/** Neurons of one end that spiked in a step, in the order in which they are listed. */
function spiked({ words }: Views, ring: NonNullable<Delivery["spikes"]>, step: number, from: number, n: number): number[] {
  const row = step % ring.rows;
  const first = ring.ids / 4 + row * ring.n;
  const listed = words.subarray(first, first + words[ring.counts / 4 + row]!);
  return Array.from(listed, (id) => id - from).filter((id) => id >= 0 && id < n);
} // prettier-ignore

/** A function that does a pass over synapses in step k. */
export function sweep(pass: Sweep, program: Program, counter: Counter, viewsNow: () => Views) {
  const { over, pointers, targets, targetBytes, n, into } = pass;
  const kernel = new SynapseKernel(pass, program, counter, viewsNow());
  const row = (views: Views, end: number): void => {
    const columns = over.kind === "post" ? over.columns : null;
    const [start, stop] = [0, 1].map((more) => views.words[(columns?.pointers ?? pointers) / 4 + end + more]!);
    kernel.enterRow(columns ? 0 : end, columns ? end : 0);
    for (let at = start!; at < stop!; at++) {
      const j = columns ? views.words[columns.synapses / 4 + at]! : at;
      const s = columns ? integerAt(views, columns.sources, columns.sourceBytes, at) : end;
      const t = columns ? end : integerAt(views, targets, targetBytes, j);
      kernel.enterSynapse(s, j, t);
      kernel.keep("synapse");
    }
    Object.assign(kernel.place, { s: columns ? 0 : end, j: 0, t: columns ? end : 0 });
    kernel.keep("row");
  };
  return (k: number): void => {
    const views = viewsNow();
    kernel.enterStep(k, views);
    if (over.kind === "all") {
      if (k % over.every === 0) for (let s = 0; s < n; s++) row(views, s);
      return;
    }
    const { spikes, from, lag, lags, since } = over;
    for (let ago = lag; ago >= (lags === null ? lag : 0); ago--) {
      if (k - ago < since) continue;
      for (const end of spiked(views, spikes, k - ago, from, over.kind === "pre" ? n : into))
        if (lags === null || views.words[lags / 4 + end] === ago) row(views, end);
    }
  };
}
