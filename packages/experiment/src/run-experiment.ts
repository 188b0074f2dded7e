import { planExperiment } from "./experiment-plan.ts";
import type {
  ExperimentOptions,
  ExperimentProgress,
  ExperimentRow,
  Measures,
  MeasuresOf,
  Parameters,
} from "./experiment.ts";
import { runSeed } from "./run-seed.ts";
import { summarize } from "./summarize.ts";
import type { SummaryRow } from "./summarize.ts";

/** Rows of all runs, and their summary. */
export interface ExperimentResult<P, Evaluated, Trained, Warmed> {
  /** In the order of the parameters, of the seeds and of the phases. */
  readonly rows: readonly ExperimentRow<P, Evaluated, Trained, Warmed>[];
  readonly summary: readonly SummaryRow<P, Extract<keyof Evaluated, string> | NamesIn<Trained> | NamesIn<Warmed>>[];
  /** Whether the signal ended it before the last row. */
  readonly aborted: boolean;
}

type NamesIn<M> = M extends unknown ? Extract<keyof M, string> : never;

/**
 * Runs an experiment for all parameters and, with each, for all seeds: build, warm up, train epoch by epoch until `stop` holds,
 * evaluate. Each phase that comes to its end gives a row; what it returns are the measures in it.
 *
 * A seed that throws leaves a row with the error, and the others go on; with `onError: "throw"` the experiment ends with an error
 * (`host-threw`) that names phase, seed and parameters. Errors of `onProgress` are the caller's and always end it.
 */
export async function runExperiment<
  P extends Parameters,
  Subject,
  Evaluated extends Measures,
  Trained extends Measures | void = void,
  Warmed extends Measures | void = void,
>(
  options: ExperimentOptions<P, Subject, Evaluated, Trained, Warmed>,
): Promise<ExperimentResult<P, Evaluated, MeasuresOf<Trained>, MeasuresOf<Warmed>>> {
  const { sets, seeds, epochs, throws, confidence } = planExperiment(options);
  const { name, warmUp, onProgress, signal } = options;
  const rows: ExperimentRow<P, Evaluated, MeasuresOf<Trained>, MeasuresOf<Warmed>>[] = [];
  const units = epochs + (warmUp === undefined ? 2 : 3);
  const total = sets.length * seeds.length * units;
  let aborted = false;
  for (const [k, parameters] of sets.entries())
    for (const [index, seed] of seeds.entries()) {
      const before = (k * seeds.length + index) * units;
      const place = { experiment: name, set: k, sets: sets.length, seed, index, seeds: seeds.length };
      const tell = (phase: ExperimentProgress["phase"], behind: number, epoch?: number): void =>
        onProgress?.({
          ...place,
          phase,
          ...(epoch === undefined ? {} : { epoch }),
          fraction: (before + behind) / total,
        });
      aborted ||= signal?.aborted === true;
      if (aborted) continue;
      aborted = !(await runSeed({ options, set: k, parameters, seed, epochs, throws, signal, tell, rows }));
      if (!aborted && before + units === total) tell("done", units);
    }
  type Summary = ExperimentResult<P, Evaluated, MeasuresOf<Trained>, MeasuresOf<Warmed>>["summary"];
  return { rows, summary: summarize(rows, { confidence }) as Summary, aborted };
}
