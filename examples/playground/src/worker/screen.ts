/** What the page sees of a running network: pixels of rasters, thinned traces, counts. */
import { Recorder, type Network, type Population } from "neuroweave";
import type { Frame, View } from "../protocol.ts";
import { jumpsAtSpikes } from "./jumps.ts";
import { createSpikeHistory, type SpikeHistory } from "./spike-history.ts";
import { thinTraces, type Thinning } from "./trace-thinning.ts";

/** Name of the recorder that the page attaches for its traces. */
export const screenRecorder = "onScreen";

/** Values in a sample up to which every step is sampled. */
const mostEveryStep = 4096;

export interface Screen {
  /** Ends recording until something is looked at again: what is recorded is needed, and could not be switched off. */
  lookAway(net: Network): void;
  /** Takes over the spikes and samples since the last call. `offset` is added to their times. */
  collect(population: Population, offset: number): void;
  /** Records what is looked at. */
  look(net: Network, view: View): void;
  frame(net: Network, now: { readonly t: number; readonly playing: boolean; readonly pace: number }): Frame;
  historyOf(population: string): SpikeHistory | undefined;
  recount(): void;
  clear(net: Network): void;
}

export function createScreen(net: Network, before: Screen | null = null): Screen {
  const histories = new Map(
    net.populations.map(({ name, n }) => [name, before?.historyOf(name) ?? createSpikeHistory(n)]),
  );
  let view: View | null = null;
  /** What decides whether what was drawn still holds. */
  let drawnAs = "";
  /** Whether spikes move what the phase plane shows; found out when the recording begins. */
  let jumps = false;
  let recordedAs = "";
  let nextColumn = 0;
  let thinning: Thinning = thinTraces(0, 1, 1);

  const record = (net: Network, { population: name, variables, neurons, plane, window, columns }: View): void => {
    const key = JSON.stringify([name, variables, neurons, plane, window / columns]);
    if (key === recordedAs) return;
    recordedAs = key;
    for (const each of net.populations) if (isRecorded(each)) each.detach(screenRecorder);
    const population = net.populations.find((each) => each.name === name);
    const bin = window / columns;
    const isSeen = population !== undefined && variables.every((variable) => isThere(population, variable));
    if (!isSeen || variables.length === 0 || neurons.length === 0) {
      thinning = thinTraces(0, bin, net.dt);
      return;
    }
    jumps = plane !== null && jumpsAtSpikes(population, plane.axes);
    const dense = population.n * variables.length <= mostEveryStep;
    const every = dense ? net.dt : net.dt * Math.max(1, Math.floor(bin / 2 / net.dt));
    population.attach(Recorder({ variables, every, name: screenRecorder }) as never);
    thinning = thinTraces(variables.length * neurons.length, bin, every);
  };

  const sample = (population: Population, offset: number): void => {
    const { variables, neurons, plane } = view!;
    const recorded = variables.map((name) => population.recorded(name as never, screenRecorder));
    const [first] = recorded;
    const { times } = first!;
    const values = recorded.map((each) => each.values);
    const { n } = population;
    const spikes = population.spikes();
    let next = jumps ? 0 : spikes.ids.length;
    for (let k = 0; k < times.length; k++) {
      // A sample is taken behind the spikes of its step, so the first one not before a spike is behind the jump.
      let anew = false;
      for (; next < spikes.ids.length && spikes.times[next]! <= times[k]!; next++)
        anew ||= spikes.ids[next] === plane!.neuron;
      thinning.take(
        times[k]! + offset,
        (lane) => values[Math.floor(lane / neurons.length)]![k * n + neurons[lane % neurons.length]!]!,
        anew,
      );
    }
    population.clearRecording(screenRecorder);
  };

  return {
    collect(population, offset) {
      const { times, ids } = population.spikes();
      const history = histories.get(population.name)!;
      if (ids.length > 0) history.add(offset === 0 ? times : times.map((t) => t + offset), ids);
      if (view?.population === population.name && isRecorded(population)) sample(population, offset);
      population.clearRecording();
    },
    lookAway(net) {
      for (const each of net.populations) if (isRecorded(each)) each.detach(screenRecorder);
      recordedAs = "";
    },
    look(net, wanted) {
      record(net, wanted);
      view = wanted;
    },
    frame(net, { t, playing, pace }) {
      const { window, columns, rows } = view!;
      const width = window / columns;
      const key = JSON.stringify([window, columns, rows]);
      const last = Math.floor(t / width);
      if (key !== drawnAs) nextColumn = Math.max(0, last - columns);
      drawnAs = key;
      const from = nextColumn * width;
      const shown = net.populations.flatMap(({ name }) => {
        const height = rows[name] ?? 0;
        return height > 0 ? [[name, histories.get(name)!.pixels(from, width, height)] as const] : [];
      });
      const counts = net.populations.map(({ name }) => [name, histories.get(name)!.columns(nextColumn, last - 1, width)] as const);
      const firstColumn = nextColumn;
      // The column that is not complete is sent again.
      nextColumn = last;
      return {
        t,
        playing,
        pace,
        raster: Object.fromEntries(shown),
        spikes: Object.fromEntries(net.populations.map(({ name }) => [name, histories.get(name)!.total])),
        counts: Object.fromEntries(counts),
        firstColumn,
        traces: thinning.flush(),
      };
    },
    historyOf: (name) => histories.get(name),
    recount: () => histories.forEach((history) => history.recount()),
    clear() {
      histories.forEach((history) => history.clear());
      drawnAs = "";
      nextColumn = 0;
      thinning.restart();
      thinning.flush();
    },
  };
} // prettier-ignore

/** Whether somebody who is switched on provides a variable. */
export function isThere({ entity }: Population, variable: string): boolean {
  const owners = entity.symbols.get(variable)?.owners ?? [];
  return entity.attached.some(({ instance, enabled }) => enabled && owners.includes(instance));
}

const isRecorded = (population: Population): boolean =>
  population.behaviors.some(({ name }) => name === screenRecorder);
