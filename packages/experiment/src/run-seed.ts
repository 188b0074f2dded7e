/** One repetition of an experiment. */
import { NeuroweaveError, refusal } from "@neuroweave/equations";
import { reasonOf } from "./checks.ts";
import type {
  ExperimentOptions,
  ExperimentPhase,
  ExperimentProgress,
  ExperimentRow,
  Measures,
  MeasuresOf,
  Seed,
  TrainingRow,
} from "./experiment.ts";

interface SeedRun<P, Subject, Evaluated, Trained, Warmed> extends PhaseBorder {
  readonly options: ExperimentOptions<P, Subject, Evaluated, Trained, Warmed>;
  readonly set: number;
  readonly parameters: P;
  readonly seed: Seed;
  /** 0 without training. */
  readonly epochs: number;
  readonly throws: boolean;
  /** Rows are added to these. */
  readonly rows: ExperimentRow<P, Evaluated, MeasuresOf<Trained>, MeasuresOf<Warmed>>[];
}

/** What happens where a phase begins. */
interface PhaseBorder {
  readonly signal: AbortSignal | undefined;
  /** Reports the phase, and how many phases and epochs of this seed lie behind. */
  readonly tell: (phase: ExperimentProgress["phase"], behind: number, epoch?: number) => void;
}

/** What a phase threw. */
class PhaseFailure {
  readonly during: ExperimentPhase;
  readonly epoch: number | undefined;
  readonly cause: unknown;

  constructor(during: ExperimentPhase, epoch: number | undefined, cause: unknown) {
    this.during = during;
    this.epoch = epoch;
    this.cause = cause;
  }
}

/** Thrown where the signal has fired. */
const aborted = Symbol("aborted");

/** Runs all phases with one seed, adding rows as they come; tells whether the signal left it to its end. */
export async function runSeed<P, Subject, Evaluated, Trained, Warmed>(
  run: SeedRun<P, Subject, Evaluated, Trained, Warmed>,
): Promise<boolean> {
  try {
    await runPhases(run);
  } catch (thrown) {
    if (thrown === aborted) return false;
    if (!(thrown instanceof PhaseFailure)) throw thrown;
    const { during, epoch, cause } = thrown;
    if (run.throws) throw failureOf(run.options.name, run, thrown);
    const { options, set, parameters, seed } = run;
    const at = epoch === undefined ? {} : { epoch };
    const error = cause instanceof Error ? cause.message : String(cause);
    run.rows.push({ experiment: options.name, set, parameters, seed, phase: "failed", during, ...at, error });
  }
  return true;
}

async function runPhases<P, Subject, Evaluated, Trained, Warmed>(
  run: SeedRun<P, Subject, Evaluated, Trained, Warmed>,
): Promise<void> {
  const { options, set, parameters, seed, epochs, rows, signal } = run;
  const { build, warmUp, train, evaluate, stop } = options;
  const origin = { experiment: options.name, set, parameters, seed };
  const context = { parameters, seed, signal };

  const subject = await inPhase(run, "build", 0, () => build(parameters, seed));
  let behind = 1;
  if (warmUp !== undefined) {
    const measures = await inPhase(run, "warmUp", behind++, async () =>
      measuresOf("warmUp", await warmUp(subject, context)),
    );
    rows.push({ ...origin, phase: "warmUp", measures });
  }

  const trained: TrainingRow<P, MeasuresOf<Trained>>[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const inEpoch = { ...context, epoch };
    const row = await inPhase(
      run,
      "train",
      behind + epoch,
      async (): Promise<TrainingRow<P, MeasuresOf<Trained>>> => {
        const measures = measuresOf("train", await train!(subject, inEpoch));
        const made = { ...origin, phase: "train", epoch, measures, stopped: false } as const;
        return { ...made, stopped: (await stop?.([...trained, made], inEpoch)) === true };
      },
      epoch,
    );
    trained.push(row);
    rows.push(row);
    if (row.stopped) break;
  }

  const measures = await inPhase(run, "evaluate", behind + epochs, async () => {
    const returned: Evaluated | null | undefined = await evaluate(subject, context);
    if (returned !== undefined && returned !== null) return measuresOf("evaluate", returned) as Evaluated;
    throw refusal("invalid-value", "evaluate returned nothing", "Return a record of numbers and truth values.");
  });
  rows.push({ ...origin, phase: "evaluate", measures });
}

/** A phase whose result counts: it has not thrown, and the signal has not fired before its end. */
async function inPhase<R>(
  { signal, tell }: PhaseBorder,
  phase: ExperimentPhase,
  behind: number,
  call: () => R | Promise<R>,
  epoch?: number,
): Promise<R> {
  const stopIfAborted = (): void => {
    if (signal?.aborted === true) throw aborted;
  };
  stopIfAborted();
  tell(phase, behind, epoch);
  try {
    const result = await call();
    stopIfAborted();
    return result;
  } catch (cause) {
    stopIfAborted();
    throw new PhaseFailure(phase, epoch, cause);
  }
}

function measuresOf<M>(phase: ExperimentPhase, returned: M): MeasuresOf<M> {
  const given: unknown = returned ?? {};
  const remedy = "Return a record of numbers and truth values, by name.";
  if (typeof given !== "object" || Array.isArray(given) || ArrayBuffer.isView(given))
    throw refusal("invalid-value", `${phase} returned no record`, remedy);
  for (const [name, value] of Object.entries(given as object))
    if (typeof value !== "number" && typeof value !== "boolean")
      throw refusal("invalid-value", `${phase}: the measure ${name} is ${String(value)}`, remedy);
  return { ...(given as Measures) } as MeasuresOf<M>;
}

function failureOf(
  experiment: string,
  { parameters, seed }: { readonly parameters: unknown; readonly seed: Seed },
  { during, epoch, cause }: PhaseFailure,
): NeuroweaveError {
  const at = epoch === undefined ? during : `${during}, epoch ${epoch},`;
  return new NeuroweaveError(
    "host-threw",
    `${at} threw with seed ${seed} and parameters ${JSON.stringify(parameters)}: ${reasonOf(cause)}`,
    { entity: experiment, remedy: 'With onError: "row" the other seeds go on, and this one becomes a row.' },
    { cause },
  );
}
