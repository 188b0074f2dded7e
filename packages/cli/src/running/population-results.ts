/** What the populations of a network did in a run, as numbers. */
import { coefficientOfVariation, interspikeIntervals, type Network, type Population } from "neuroweave";

export interface PopulationResult {
  readonly name: string;
  readonly n: number;
  readonly spikes: number;
  /** Mean over neurons and the whole run, in Hz. */
  readonly rate: number;
  /** Mean CV of the intervals of neurons with at least three spikes; null where there is none. */
  readonly cv: number | null;
}

/** One result for each population that can spike. */
export function populationResults(network: Network): PopulationResult[] {
  return network.populations.filter(canSpike).map((population) => resultOf(population, network.t));
}

/** Whether something in it has a condition for spikes, or it emits given ones. */
export const canSpike = (population: Population): boolean =>
  population.entity.enabled().some(({ declaration }) => declaration.spike !== null || declaration.events !== null);

function resultOf(population: Population, duration: number): PopulationResult {
  const { times, ids } = population.spikes();
  const trains = new Map<number, number[]>();
  for (const [k, id] of ids.entries()) {
    const train = trains.get(id);
    if (train) train.push(times[k]!);
    else trains.set(id, [times[k]!]);
  }
  const irregular = [...trains.values()].filter((train) => train.length >= 3).map((train) => coefficientOfVariation(interspikeIntervals(train)));
  const rate = duration > 0 ? ids.length / population.n / (duration / 1000) : 0;
  const cv = irregular.length > 0 ? irregular.reduce((sum, each) => sum + each, 0) / irregular.length : null;
  return { name: population.name, n: population.n, spikes: ids.length, rate, cv };
} // prettier-ignore
