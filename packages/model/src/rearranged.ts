/** Which synapses a projection has after some have been pruned and others have grown: checked lists and new rows. */
import { NeuroweaveError } from "@neuroweave/equations";
import { numbersOf } from "./columns.ts";
import { isDistribution } from "./distributions.ts";
import { stepsIn } from "./grid.ts";
import { describe } from "./parameters.ts";
import { delaySteps, pointersOf, targetsOf, type Synapses } from "./synapses.ts";

/** Synapses that are to be there. */
export interface Growth {
  /** Indices within the source and the target of the projection, as many of the one as of the other; a pair may have several synapses. */
  readonly sources: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  /** One number, or one for each, in the unit of the receptor. */
  readonly weight: number | ArrayLike<number>;
  /** In ms, on the grid: one number, or one for each. That of the other synapses unless given, where they have one. */
  readonly delay?: number | ArrayLike<number>;
}

/** Changes of single synapses. */
export interface Restructuring {
  /** Indices of synapses that go, in the order in which they are stored, as `weights()` lists them; each once. */
  readonly prune?: ArrayLike<number>;
  /** Synapses that are added. */
  readonly grow?: Growth;
}

/** Rows in the order in which they are stored. */
export interface Rearranged {
  readonly pointers: Uint32Array;
  readonly targets: Uint16Array | Uint32Array;
  readonly steps: Uint16Array;
  /** For each synapse: the index that it had, or −1 − k for the k-th that has grown. */
  readonly origin: Int32Array;
  /** Weights of those that have grown. */
  readonly weights: Float64Array;
}

const whole = (what: string, value: unknown, end: number): number => {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value < end) return value;
  throw new NeuroweaveError("out-of-range", `${what} is ${describe(value)}, and there are ${end}`, {
    remedy: end === 0 ? "There is none to name." : `Give a whole number from 0 to ${end - 1}.`,
  });
};

function listOf(what: string, given: unknown): ArrayLike<number> {
  if (Array.isArray(given) || (ArrayBuffer.isView(given) && !(given instanceof DataView))) return given as ArrayLike<number>;
  throw new NeuroweaveError("invalid-value", `${what} is ${describe(given)}`, { remedy: "Give a list of numbers." });
} // prettier-ignore

/** Refuses what has no such name. */
function checkKeys(what: string, given: unknown, known: readonly string[]): void {
  if (typeof given !== "object" || given === null)
    throw new NeuroweaveError("invalid-value", `${what} is ${describe(given)}`, { remedy: `Give { ${known.join(", ")} }.` });
  const stray = Object.keys(given).find((key) => !known.includes(key));
  if (stray !== undefined)
    throw new NeuroweaveError("unknown-name", `${what} has no ${stray}`, { remedy: `It may have ${known.join(", ")}.` });
} // prettier-ignore

/** What is asked for, checked: 1 for each synapse that stays, and those that grow with their delays in steps. */
function checked(synapses: Synapses, dt: number, changes: Restructuring) {
  checkKeys("a change of synapses", changes, ["prune", "grow"]);
  const stays = new Uint8Array(synapses.count).fill(1);
  const pruned = listOf("prune", changes.prune ?? []);
  for (let k = 0; k < pruned.length; k++) {
    const j = whole(`prune[${k}]`, pruned[k], synapses.count);
    if (stays[j] === 0)
      throw new NeuroweaveError("invalid-value", `synapse ${j} is pruned twice`, { remedy: "Name it once." });
    stays[j] = 0;
  }
  const none: Growth = { sources: [], targets: [], weight: 0 };
  const { sources, targets, weight, delay } = changes.grow ?? none;
  if (changes.grow) checkKeys("grow", changes.grow, ["sources", "targets", "weight", "delay"]);
  const count = listOf("grow.sources", sources).length;
  if (listOf("grow.targets", targets).length !== count)
    throw new NeuroweaveError("wrong-length", `${count} sources grow synapses to ${targets.length} targets`, { remedy: "Give as many of the one as of the other." });
  for (let k = 0; k < count; k++) {
    whole(`grow.sources[${k}]`, sources[k], synapses.source.n);
    whole(`grow.targets[${k}]`, targets[k], synapses.target.n);
  }
  const place = { dt, seed: 0, stream: [], math: undefined as never };
  const each = (what: string, given: number | ArrayLike<number>): Float64Array => {
    if (isDistribution(given))
      throw new NeuroweaveError("invalid-value", `${what} is a distribution`, { remedy: "Give one number, or one for each synapse that grows." });
    const numbers = numbersOf(what, given, {}, count, place);
    return typeof numbers === "number" ? new Float64Array(count).fill(numbers) : numbers;
  };
  return { stays, sources, targets, count, weights: each("grow.weight", weight), steps: delaysOf(synapses, dt, count, delay, each) };
} // prettier-ignore

function delaysOf(
  { delays }: Synapses,
  dt: number,
  count: number,
  given: Growth["delay"],
  each: (what: string, given: number | ArrayLike<number>) => Float64Array,
): Uint16Array {
  if (given !== undefined)
    return Uint16Array.from(each("grow.delay", given), (ms) => {
      const steps = Math.max(1, stepsIn(ms, dt, "the delay"));
      if (steps <= 65535) return steps;
      throw new NeuroweaveError("out-of-range", `a delay of ${ms} ms is ${steps} steps, and at most 65535 are possible`, { remedy: `Give at most ${65535 * dt} ms.` });
    });
  if (delays.kind === "one") return new Uint16Array(count).fill(delays.steps);
  if (count === 0) return new Uint16Array(0);
  throw new NeuroweaveError("structure", "synapses grow without a delay, and the others have not all the same", { remedy: "Give grow.delay in ms." });
} // prettier-ignore

/** The rows after a change. Refuses what does not fit. */
export function rearranged(synapses: Synapses, dt: number, changes: Restructuring): Rearranged {
  const { stays, sources, targets, count, weights, steps } = checked(synapses, dt, changes);
  const [pointersBefore, targetsBefore, stepsBefore] = [pointersOf(synapses), targetsOf(synapses), delaySteps(synapses)];
  const { n } = synapses.source;
  const grown: number[][] = Array.from({ length: n }, () => []);
  for (let k = 0; k < count; k++) grown[sources[k]!]!.push(k);
  const total = stays.reduce((sum, each) => sum + each, count);
  const pointers = new Uint32Array(n + 1);
  const origin = new Int32Array(total);
  const next = { targets: synapses.targetWidth === 2 ? new Uint16Array(total) : new Uint32Array(total), steps: new Uint16Array(total) };
  const target = (from: number): number => (from < 0 ? targets[-1 - from]! : targetsBefore[from]!);
  const delay = (from: number): number => (from < 0 ? steps[-1 - from]! : stepsBefore[from]!);
  let at = 0;
  for (let s = 0; s < n; s++) {
    const row: number[] = [];
    for (let j = pointersBefore[s]!; j < pointersBefore[s + 1]!; j++) if (stays[j] === 1) row.push(j);
    // Of equal delay and target, those that were there come first, the others as they are listed.
    for (const k of grown[s]!) row.push(-1 - k);
    if (grown[s]!.length > 0) row.sort((a, b) => delay(a) - delay(b) || target(a) - target(b));
    for (const from of row) {
      origin[at] = from;
      next.targets[at] = target(from);
      next.steps[at++] = delay(from);
    }
    pointers[s + 1] = at;
  }
  return { pointers, ...next, origin, weights };
} // prettier-ignore
