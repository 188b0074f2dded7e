import { checkNumber, checkOptions, checkSeed, checkWhole, refusal } from "@neuroweave/equations";
import { hostStream } from "@neuroweave/model";
import { checkAction, outsideEpisode } from "./environment.ts";
import type { Environment } from "./environment.ts";

/** Arms and what they pay. */
export interface BanditOptions {
  /** Chance of a win of each arm, in [0, 1]; or the chances of pull k = 0, 1, …, always of as many arms: reversal learning. */
  readonly probabilities: readonly number[] | ((pull: number) => readonly number[]);
  /** Pulls in an episode, a whole number ≥ 1, or Infinity (the default): then the loop ends it. */
  readonly pulls?: number;
  /** Reward of a win. 1 by default. */
  readonly win?: number;
  /** Reward of a loss. 0 by default. */
  readonly loss?: number;
}

/**
 * A Bernoulli bandit: action k pulls arm k, which wins with its probability. There is nothing to see: observations are empty.
 *
 * The k-th pull of an episode has the same luck whichever arm it pulls (one number u is drawn for each pull, and an arm wins if
 * u < its probability), so two strategies with one seed differ by their choices alone.
 *
 * Refuses chances outside [0, 1] (`out-of-range`) and lists that are empty or change their length (`wrong-length`).
 *
 * Source: Robbins 1952; Sutton and Barto 2018, chapter 2.
 */
export function bandit(options: BanditOptions): Environment<Float64Array, number> {
  checkOptions("bandit", options, ["probabilities", "pulls", "win", "loss"]);
  const { probabilities, pulls = Infinity, win = 1, loss = 0 } = options;
  if (pulls !== Infinity) checkWhole("bandit: pulls", pulls, 1);
  checkNumber("bandit: win", win);
  checkNumber("bandit: loss", loss);
  const fixed = typeof probabilities === "function" ? undefined : checkChances(probabilities);
  const chancesOf = typeof probabilities === "function" ? probabilities : undefined;
  const arms = (fixed ?? checkChances(chancesOf!(0))).length;
  const chances = (pull: number) => fixed ?? checkChances(chancesOf!(pull), arms);

  const environment = { name: "bandit", actions: arms, observationSize: 0 } as const;
  let luck: (() => number) | undefined;
  let pull = 0;
  return {
    ...environment,
    reset(seed) {
      luck = hostStream(checkSeed("bandit: the seed", seed), "bandit");
      pull = 0;
      return new Float64Array(0);
    },
    step(action) {
      if (luck === undefined || pull >= pulls) throw outsideEpisode("bandit");
      const chance = chances(pull)[checkAction(environment, action)]!;
      pull++;
      return { observation: new Float64Array(0), reward: luck() < chance ? win : loss, done: pull === pulls };
    },
  };
}

function checkChances(given: unknown, arms?: number): readonly number[] {
  if (!Array.isArray(given))
    throw refusal(
      "invalid-value",
      `bandit: probabilities is ${String(given)}`,
      "Give a list, one chance for each arm.",
    );
  if (given.length === 0 || (arms !== undefined && given.length !== arms))
    throw refusal(
      "wrong-length",
      `bandit: there are ${given.length} probabilities`,
      arms === undefined ? "Give at least one arm." : `Give ${arms} at every pull, as at the first.`,
    );
  return given.map((chance, arm) => checkNumber(`bandit: probabilities[${arm}]`, chance, { min: 0, max: 1 }));
}
