/** `Recorder`: a behavior that samples variables. */
import { defineBehavior, NeuroweaveError, Phase, type BehaviorInstance } from "@neuroweave/model";

/** What is sampled, and when. */
export interface RecorderOptions<Variable extends string = string> {
  /** State variables, inputs, parameters, `spike`, `refractory` or `t_last_spike`; full names such as `g_exc.g` too. */
  readonly variables: readonly Variable[];
  /** Interval in ms, a whole number of steps > 0; every step unless given. Samples are taken after steps k ≡ 0. */
  readonly every?: number;
  /** Keeps the last so many samples; all unless given. */
  readonly keep?: number;
  /** Needed when a population has several recorders. */
  readonly name?: string;
  /** When in a step it samples; `Phase.Record` (last) unless given. */
  readonly priority?: number;
}

/** The part of a name that the population must provide: `g` of `g_exc.g`. */
type Local<Name extends string> = Name extends `${string}.${infer Rest}` ? Rest : Name;

/** What a recorder of some variables is to the type checker. */
export interface RecorderShape<Variable extends string> {
  readonly behavior: "recorder";
  readonly parameters: never;
  readonly states: never;
  readonly variables: never;
  readonly requires: Local<Variable>;
  readonly options: Record<never, never>;
}

const definition = defineBehavior({
  name: "recorder",
  doc: "Samples variables at an interval.",
  source: "Own design.",
  scope: "instance",
  options: {
    variables: [] as readonly string[],
    every: undefined as number | undefined,
    keep: undefined as number | undefined,
    priority: undefined as number | undefined,
  },
  build: ({ variables, every, keep, priority = Phase.Record }) => ({ priority, sample: { variables, every, keep } }),
});

/**
 * A behavior that samples variables, to be read with `population.recorded(name)`. Refuses a list that is empty or names
 * one twice, an interval that is not above 0, and a number of samples to keep that is not a whole number ≥ 1.
 */
export function Recorder<const Variable extends string>(
  options: RecorderOptions<Variable>,
): BehaviorInstance<RecorderShape<Variable>> {
  const { variables, every, keep } = options;
  const refuse = (
    code: "invalid-value" | "wrong-length" | "duplicate-name" | "out-of-range",
    what: string,
    remedy: string,
  ) => new NeuroweaveError(code, what, { behavior: options.name ?? "recorder", remedy });
  if (!Array.isArray(variables) || variables.some((each) => typeof each !== "string"))
    throw refuse("invalid-value", "the variables to record are no list of names", 'Write variables: ["v"].');
  if (variables.length === 0)
    throw refuse(
      "wrong-length",
      "a recorder without variables records nothing",
      'Name at least one: variables: ["v"].',
    );
  const twice = variables.find((each, index) => variables.indexOf(each) !== index);
  if (twice !== undefined) throw refuse("duplicate-name", `${twice} is to be recorded twice`, "Name it once.");
  if (every !== undefined && !(Number.isFinite(every) && every > 0))
    throw refuse(
      "out-of-range",
      `the recording interval is ${String(every)} ms`,
      "Give a time > 0, a whole number of steps.",
    );
  if (keep !== undefined && !(Number.isSafeInteger(keep) && keep >= 1))
    throw refuse("out-of-range", `${String(keep)} is no number of samples to keep`, "Give a whole number ≥ 1.");
  return definition({ ...options, variables: [...variables] }) as unknown as BehaviorInstance<RecorderShape<Variable>>;
}
