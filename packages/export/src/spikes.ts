/** Spikes of populations, as they are given to files, and as a table. */
import { checkWhole, isList, NeuroweaveError, refusal } from "@neuroweave/equations";
import type { ComputedValues, Table } from "./table.ts";

/** The spikes of one population. `population.spikes()` has the two columns. */
export interface SpikesOfPopulation {
  readonly name: string;
  /** Number of neurons; where it is given, ids must be below it. */
  readonly n?: number;
  /** Times in ms, finite. */
  readonly times: ArrayLike<number>;
  /** Neurons from 0, one for each time. */
  readonly ids: ArrayLike<number>;
}

/**
 * Spikes of populations as one table, one row for each spike, in the order given: `population`, `time` (ms) and `neuron`. Errors:
 * `invalid-value`, `wrong-length`, `out-of-range`, `not-finite`, `duplicate-name`.
 */
export function spikeTable(populations: readonly SpikesOfPopulation[]): Table {
  checkPopulations("spikeTable", populations);
  const total = populations.reduce((sum, { times }) => sum + times.length, 0);
  const times = new Float64Array(total);
  const neurons = new Uint32Array(total);
  const starts: number[] = [];
  let at = 0;
  for (const spikes of populations) {
    starts.push(at);
    times.set(spikes.times, at);
    neurons.set(spikes.ids, at);
    at += spikes.times.length;
  }
  return {
    columns: [
      { name: "population", values: namesByRow(populations, starts, total), doc: "the population of the neuron" },
      { name: "time", values: times, unit: "ms", doc: "when it spiked" },
      { name: "neuron", values: neurons, doc: "its number within the population" },
    ],
  };
}

/** The name of the population of each row, which is made anew for each part that is asked for. */
function namesByRow(
  populations: readonly SpikesOfPopulation[],
  starts: readonly number[],
  length: number,
): ComputedValues {
  return {
    kind: "text",
    length,
    slice: (from, to) =>
      populations.flatMap(({ name, times }, index) => {
        const start = Math.max(from, starts[index]!);
        const end = Math.min(to, starts[index]! + times.length);
        return Array.from({ length: Math.max(0, end - start) }, () => name);
      }),
  };
}

/** Refuses what are no spikes of populations with names of their own. */
export function checkPopulations(call: string, populations: readonly SpikesOfPopulation[]): void {
  if (!Array.isArray(populations))
    throw refusal(
      "invalid-value",
      `${call}: populations is ${String(populations)}`,
      "Give a list of { name, times, ids }.",
    );
  const names = new Set<string>();
  for (const { name, n, times, ids } of populations) {
    if (typeof name !== "string" || name === "")
      throw refusal("invalid-value", `${call}: a population is named ${JSON.stringify(name)}`, "Give it a name.");
    if (names.has(name))
      throw refusal("duplicate-name", `${call}: two populations are named ${name}`, "Give all spikes of one together.");
    names.add(name);
    checkLists(call, name, times, ids);
    if (n !== undefined) checkWhole(`${call}: n of ${name}`, n, 0);
    checkSpikes(call, name, times, ids, n ?? 2 ** 32);
  }
}

function checkLists(call: string, name: string, times: unknown, ids: unknown): void {
  if (isList(times) && isList(ids) && times.length === ids.length) return;
  const lengthOf = (list: unknown): string => (isList(list) ? String(list.length) : "no");
  throw refusal(
    "wrong-length",
    `${call}: ${name} has ${lengthOf(times)} times and ${lengthOf(ids)} ids`,
    "Give one neuron for each time.",
  );
}

function checkSpikes(call: string, name: string, times: ArrayLike<number>, ids: ArrayLike<number>, n: number): void {
  for (let spike = 0; spike < times.length; spike++) {
    const time = times[spike]!;
    const id = ids[spike]!;
    if (!Number.isFinite(time))
      throw new NeuroweaveError("not-finite", `${call}: spike ${spike} of ${name} is at ${String(time)} ms`, {
        remedy: "Give finite times in ms.",
      });
    if (!Number.isInteger(id) || id < 0 || id >= n)
      throw new NeuroweaveError("out-of-range", `${call}: spike ${spike} of ${name} is of neuron ${String(id)}`, {
        remedy: `Give whole numbers from 0 to ${n - 1}.`,
      });
  }
}
