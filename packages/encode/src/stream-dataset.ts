import { checkNumber, refusal } from "@neuroweave/equations";
import { hostStream } from "@neuroweave/model";
import { planDataset } from "./dataset-options.ts";
import type { DatasetOptions, DatasetPlan, SampleSource } from "./dataset-options.ts";
import { readSample } from "./dataset-sample.ts";
import type { SampleEvents } from "./dataset-sample.ts";

/** One sample shown, at one location where there are locations. */
export interface PresentationEntry {
  /** Of the sample, in the set as given. */
  readonly index: number;
  /** What the sample is of, where it says so. */
  readonly label?: string | number;
  /** In ms; `stop` is when its presentation is over. */
  readonly start: number;
  /** In ms. */
  readonly stop: number;
  /** Index of the location. */
  readonly location?: number;
}

/** What a part of a presentation holds; times ascend. `SpikeTrain({ times, ids })` takes either list of spikes. */
export interface DatasetEvents {
  /** In ms. */
  readonly times: Float64Array;
  /** The neuron of each spike. */
  readonly ids: Uint32Array;
  /** Neuron k of the location population spikes where location k is shown. Empty without locations. */
  readonly locationTimes: Float64Array;
  /** The neuron of each of these spikes. */
  readonly locationIds: Uint32Array;
  /** What begins within the part. */
  readonly schedule: readonly PresentationEntry[];
}

/** The events in [from, to), in ms, of a presentation: the same for the same bounds, whatever was asked before. */
export interface DatasetStream {
  (from: number, to: number): DatasetEvents;
  /** Length of the whole presentation in ms; Infinity for an endless one. */
  readonly duration: number;
  /** Shape of what is shown: that of the grid, or of the window. */
  readonly shape: readonly number[];
}

/**
 * What `presentDataset` gives, in parts: a function of [from, to) in ms. It reads samples when their time comes and
 * holds one at a time, beside the order of one repetition, so the set may be endless: `repeat: Infinity`, or a source of
 * samples with length Infinity. Parts that adjoin hold, one after the other, exactly the events of their union.
 *
 * Throws what `presentDataset` throws; what is wrong with a sample, when it is read. The function throws `not-finite`
 * and `out-of-range` for bounds that are not 0 ≤ from ≤ to.
 */
export function streamDataset(samples: SampleSource, options: DatasetOptions, call = "streamDataset"): DatasetStream {
  const plan = planDataset(call, samples, options);
  const slots = plan.repeat * plan.count;
  const orderOf = lastOnly((repetition: number) => shuffled(plan, repetition));
  const sampleAt = lastOnly((index: number) => readSample(samples.at(index), index, plan));
  const period = plan.sampleTicks * plan.tick;

  const events = (from: number, to: number): DatasetEvents => {
    checkNumber(`${call}: from`, from, { min: 0 });
    checkNumber(`${call}: to`, to, { min: from });
    const part = new Part(plan, from, to);
    const end = Math.min(slots, Math.floor(to / period) + 2);
    for (let slot = Math.max(0, Math.floor(from / period) - 1); slot < end; slot++) {
      if (!part.touches(slot)) continue;
      const place = slot % plan.count;
      const index = plan.shuffleSeed === undefined ? place : orderOf(Math.floor(slot / plan.count))[place]!;
      part.show(slot, index, sampleAt(index));
    }
    return part.events();
  };
  return Object.assign(events, { duration: slots * plan.sampleTicks * plan.tick, shape: plan.windows.shape });
}

/** The events of one part, as they are gathered. Time in ticks times the length of a tick is time in ms. */
class Part {
  readonly #plan: DatasetPlan;
  readonly #from: number;
  readonly #to: number;
  readonly #times: number[] = [];
  readonly #ids: number[] = [];
  readonly #locationTimes: number[] = [];
  readonly #locationIds: number[] = [];
  readonly #schedule: PresentationEntry[] = [];

  constructor(plan: DatasetPlan, from: number, to: number) {
    this.#plan = plan;
    this.#from = from;
    this.#to = to;
  }

  /** Whether anything of a slot can lie in the part. */
  touches(slot: number): boolean {
    const { sampleTicks, tick } = this.#plan;
    return slot * sampleTicks * tick < this.#to && (slot + 1) * sampleTicks * tick > this.#from;
  }

  show(slot: number, index: number, sample: SampleEvents): void {
    const { windows, sampleTicks, presentationTicks, tick, locationSpikes } = this.#plan;
    for (let location = 0; location < windows.corners.length; location++) {
      const start = slot * sampleTicks + location * presentationTicks;
      const stop = Math.min(slot * sampleTicks + (location + 1) * presentationTicks, (slot + 1) * sampleTicks);
      this.#spikes(sample, start, stop, location);
      if (locationSpikes !== undefined) {
        const steps = locationSpikes === "onset" ? 1 : presentationTicks;
        for (let step = 0; step < steps; step++)
          this.#add(this.#locationTimes, this.#locationIds, (start + step) * tick, location);
      }
      if (!this.#holds(start * tick)) continue;
      this.#schedule.push({
        index,
        ...(sample.label === undefined ? {} : { label: sample.label }),
        start: start * tick,
        stop: stop * tick,
        ...(locationSpikes === undefined ? {} : { location }),
      });
    }
  }

  events(): DatasetEvents {
    return {
      times: Float64Array.from(this.#times),
      ids: Uint32Array.from(this.#ids),
      locationTimes: Float64Array.from(this.#locationTimes),
      locationIds: Uint32Array.from(this.#locationIds),
      schedule: this.#schedule,
    };
  }

  /** What is rounded up to the end of its presentation stays a last bit before it, where the next may begin. */
  #spikes({ unit, offsets, ids }: SampleEvents, start: number, stop: number, location: number): void {
    const { tick, windows } = this.#plan;
    const latest = stop * tick * (1 - Number.EPSILON / 2);
    for (let k = 0; k < offsets.length; k++) {
      const id = windows.place(ids[k]!, location);
      const time = unit === "step" ? (start + offsets[k]!) * tick : Math.min(start * tick + offsets[k]!, latest);
      if (id !== undefined) this.#add(this.#times, this.#ids, time, id);
    }
  }

  #add(times: number[], ids: number[], time: number, id: number): void {
    if (!this.#holds(time)) return;
    times.push(time);
    ids.push(id);
  }

  #holds(time: number): boolean {
    return time >= this.#from && time < this.#to;
  }
}

/** The order of one repetition: Fisher and Yates, from a stream of its own. */
function shuffled({ count, shuffleSeed }: DatasetPlan, repetition: number): Uint32Array {
  if (shuffleSeed === undefined) throw refusal("internal", "there is no order to shuffle", "Report this.");
  const draw = hostStream(shuffleSeed, "dataset", "order", String(repetition));
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  for (let k = count - 1; k > 0; k--) {
    const other = Math.floor(draw() * (k + 1));
    [order[k], order[other]] = [order[other]!, order[k]!];
  }
  return order;
}

/** The same function, which keeps its last answer. */
function lastOnly<Result>(compute: (index: number) => Result): (index: number) => Result {
  let last: { readonly index: number; readonly result: Result } | undefined;
  return (index) => {
    if (last?.index !== index) last = { index, result: compute(index) };
    return last.result;
  };
}
