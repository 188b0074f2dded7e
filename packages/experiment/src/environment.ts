/** What a network acts on: it is observed, takes an action, and answers with a reward. */
import { refusal } from "@neuroweave/equations";

/** The answer to an action. */
export interface EnvironmentStep<Observation> {
  readonly observation: Observation;
  /** A finite number. */
  readonly reward: number;
  /** True at the last step of an episode; only `reset` goes on from there. */
  readonly done: boolean;
}

/**
 * An environment in discrete steps. Everything in it follows from the seed of `reset` and the actions since. It knows nothing
 * of networks: how many ms of a network one step takes is said by the loop (`every` of `closedLoop`).
 *
 * Where an action makes no sense, an environment throws; those of the package refuse what is no action (`out-of-range`), and `step`
 * before `reset` or after the end of an episode (`wrong-moment`).
 *
 * The division into observation, action and reward is that of Sutton and Barto 2018, section 3.1; `reset` and `step` are
 * called as in Gymnasium.
 */
export interface Environment<Observation = ArrayLike<number>, Action = number> {
  /** Errors name it. */
  readonly name: string;
  /** The number of actions, which are 0 … actions − 1, or, for other actions, the condition that holds for every one. */
  readonly actions: number | ((action: Action) => boolean);
  /** Numbers in an observation; 0 if there is nothing to see. */
  readonly observationSize: number;
  /** Begins an episode and tells what is seen first. */
  reset(seed: number | string): Observation;
  /** Takes an action, and gives the observation, the reward and whether the episode is over. */
  step(action: Action): EnvironmentStep<Observation>;
}

/** Refuses what is no action of an environment; `where` says in which step. */
export function checkAction<Action>(
  { name, actions }: Pick<Environment<unknown, Action>, "name" | "actions">,
  action: Action,
  where = "",
): Action {
  const what = `${String(action)} is no action of ${name}${where}`;
  if (typeof actions === "function") {
    if (actions(action)) return action;
    throw refusal("out-of-range", what, "Give an action that it takes.", name);
  }
  const number: unknown = action;
  if (typeof number === "number" && Number.isInteger(number) && number >= 0 && number < actions) return action;
  throw refusal("out-of-range", what, `Give a whole number from 0 to ${actions - 1}.`, name);
}

/** Refuses an observation of numbers that has another length than was promised. */
export function checkObservation(
  { name, observationSize }: Pick<Environment, "name" | "observationSize">,
  observation: unknown,
  where: string,
): void {
  if (!Array.isArray(observation) && !ArrayBuffer.isView(observation)) return;
  const { length } = observation as unknown as ArrayLike<unknown>;
  if (length === observationSize) return;
  throw refusal(
    "wrong-length",
    `the observation of ${name} has ${length} entries${where}`,
    `Give ${observationSize}, which is its observationSize.`,
    name,
  );
}

/** What `step` answers before the first `reset`, and after the end of an episode. */
export function outsideEpisode(name: string): Error {
  return refusal("wrong-moment", `${name} is not in an episode`, "Call reset(seed) first.", name);
}
