import { checkOptions, checkSeed, checkWhole, refusal } from "@neuroweave/equations";
import { checkFunction } from "./checks.ts";
import type { ExperimentOptions, Seed } from "./experiment.ts";
import { checkConfidence } from "./summarize.ts";

/** The options of an experiment, checked. */
export interface ExperimentPlan<P> {
  readonly sets: readonly P[];
  readonly seeds: readonly Seed[];
  /** 0 without training. */
  readonly epochs: number;
  readonly throws: boolean;
  readonly confidence: number;
}

const call = "runExperiment";
const phases = ["build", "warmUp", "train", "evaluate", "stop", "onProgress"] as const;
const known = [...phases, "name", "parameters", "seeds", "epochs", "onError", "signal", "confidence"];

/** Refuses an experiment that cannot be run, before anything runs. */
export function planExperiment<P, S, E, T, W>(options: ExperimentOptions<P, S, E, T, W>): ExperimentPlan<P> {
  checkOptions(call, options, known);
  const { name, parameters, seeds, train, epochs = 1, stop, onError = "row", confidence = 0.95 } = options;
  if (typeof name !== "string" || name === "")
    throw refusal("invalid-value", `${call}: name is ${JSON.stringify(name)}`, "Give a text; rows carry it.");
  for (const phase of phases)
    checkFunction(`${call}: ${phase}`, options[phase], phase === "build" || phase === "evaluate");
  if (onError !== "row" && onError !== "throw")
    throw refusal("invalid-value", `${call}: onError is ${String(onError)}`, 'Give "row" or "throw".');
  for (const [option, value] of Object.entries({ epochs: options.epochs, stop }))
    if (value !== undefined && train === undefined)
      throw refusal("missing-companion", `${call}: ${option} is given, and nothing is trained`, "Give train as well.");
  checkWhole(`${call}: epochs`, epochs, 1);
  return {
    sets: setsOf<P>(parameters),
    seeds: seedsOf(seeds),
    epochs: train === undefined ? 0 : epochs,
    throws: onError === "throw",
    confidence: checkConfidence(call, confidence),
  };
}

/** Copies that cannot be changed, so that no seed sees what another has done to its parameters. */
function setsOf<P>(given: P | readonly P[]): readonly P[] {
  const list = (Array.isArray(given) ? given : [given]) as readonly P[];
  if (list.length === 0)
    throw refusal("wrong-length", `${call}: there are no parameters`, "Give a record, {} if there are none to give.");
  return list.map((each, k) => {
    if (typeof each === "object" && each !== null && !Array.isArray(each)) return Object.freeze({ ...each });
    throw refusal(
      "invalid-value",
      `${call}: parameters[${k}] is ${String(each)}`,
      "Give a record of names and values.",
    );
  });
}

function seedsOf(given: unknown): readonly Seed[] {
  if (!Array.isArray(given)) {
    const count = checkWhole(`${call}: seeds`, given, 1);
    return Array.from({ length: count }, (_, k) => k);
  }
  if (given.length === 0) throw refusal("wrong-length", `${call}: there are no seeds`, "Give at least one.");
  const seeds = given.map((seed: unknown, k) => checkSeed(`${call}: seeds[${k}]`, seed));
  // A number and its text draw the same numbers.
  const texts = seeds.map(String);
  const twice = texts.find((text, k) => texts.indexOf(text) !== k);
  if (twice !== undefined)
    throw refusal(
      "duplicate-name",
      `${call}: the seed ${twice} is given twice`,
      "A repetition needs a seed of its own.",
    );
  return seeds;
}
