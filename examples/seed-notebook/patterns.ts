/** Eight firing patterns of one model, each with two sets of parameters, named by rule from their spikes alone. */
import {
  AdEx,
  adexPatterns,
  classifyPattern,
  createNetwork,
  Recorder,
  Refractory,
  spikeTrainsOf,
  type AdExPattern,
  type AdExValues,
  type PatternVerdict,
} from "neuroweave";

/** The protocol of the notebook, in ms: current, then none. */
export const patternProtocol = { dt: 0.1, current: 500, rest: 50, refractory: 2 } as const;

/** One neuron of the experiment. Times in ms, voltages in mV. */
export interface ShownPattern extends AdExPattern {
  readonly times: Float64Array;
  readonly voltage: Float64Array;
  readonly spikes: Float64Array;
  readonly verdict: PatternVerdict;
}

export interface PatternTables {
  /** With the values of ANNarchy's notebook. */
  readonly notebook: readonly ShownPattern[];
  /** With the values of Naud et al. 2008. */
  readonly paper: readonly ShownPattern[];
}

/** Runs both tables in one network: two populations of eight neurons, one kernel each. */
export async function firingPatterns(): Promise<PatternTables> {
  const { dt, current, rest, refractory } = patternProtocol;
  const net = createNetwork({ dt });
  const populationOf = (name: keyof PatternTables) =>
    net.population(name, adexPatterns[name].length, [
      AdEx({ ...columnsOf(adexPatterns[name]), v_spike: 0 }),
      Refractory({ tau_ref: refractory, hold: "all" }),
      Recorder({ variables: ["v"] }),
    ]);
  const notebook = populationOf("notebook");
  const paper = populationOf("paper");

  await net.run(current);
  notebook.set({ I: 0 });
  paper.set({ I: 0 });
  await net.run(rest);

  const shown = (name: keyof PatternTables, cells: typeof notebook): readonly ShownPattern[] => {
    const recorded = cells.recorded("v");
    const trains = spikeTrainsOf(cells.spikes(), cells.n);
    return adexPatterns[name].map(({ panel, name: intended, values }, id) => ({
      panel,
      name: intended,
      values,
      times: recorded.times,
      voltage: recorded.trace(id),
      spikes: trains[id]!,
      verdict: classifyPattern(trains[id]!, { onset: 0, offset: current, resolution: dt }),
    }));
  };
  return { notebook: shown("notebook", notebook), paper: shown("paper", paper) };
}

/** Rows of a table as one list per parameter: neuron k takes the values of row k. */
function columnsOf(patterns: readonly AdExPattern[]): { readonly [Name in keyof AdExValues]: readonly number[] } {
  const names = Object.keys(patterns[0]!.values) as (keyof AdExValues)[];
  const columns = names.map((name) => [name, patterns.map(({ values }) => values[name])]);
  return Object.fromEntries(columns) as { readonly [Name in keyof AdExValues]: readonly number[] };
}
