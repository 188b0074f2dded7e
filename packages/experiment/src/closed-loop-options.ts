import { checkOptions, checkSeed, checkWhole, refusal } from "@neuroweave/equations";
import { stepsIn } from "@neuroweave/model";
import type { Network } from "@neuroweave/model";
import { checkFunction } from "./checks.ts";
import type { Environment } from "./environment.ts";

/** Where a loop is. */
export interface LoopMoment {
  /** From 0. */
  readonly episode: number;
  /** Steps of the environment since the episode began, from 0. */
  readonly step: number;
}

/** What is done between the runs of the network. Promises are waited for; only `act` has a result. */
export interface ClosedLoopOptions<Observation, Action> {
  /** Time in ms that the network runs for each step of the environment: a whole number of its steps, at least one. */
  readonly every: number;
  /** A whole number ≥ 1. */
  readonly episodes: number;
  /** Steps after which an episode is ended that does not end by itself, a whole number ≥ 1. */
  readonly maxSteps: number;
  /** Episode k begins with `environment.reset("seed:k")`. The seed of the network by default. */
  readonly seed?: number | string;
  /** Before each run: gives the network what is seen, as rates or currents for instance. */
  readonly observe: (observation: Observation, net: Network, moment: LoopMoment) => unknown;
  /** After each run: reads an action from the network. */
  readonly act: (net: Network, moment: LoopMoment) => Action | Promise<Action>;
  /** After each step of the environment: gives the network the reward, which is a finite number. */
  readonly reward?: (reward: number, net: Network, moment: LoopMoment) => unknown;
  /** Before an episode is reset: lets activity decay, or sets the network back. */
  readonly begin?: (net: Network, episode: number) => unknown;
  /** Stops the network at its next step border, and the loop with it. */
  readonly signal?: AbortSignal;
}

const known = ["every", "episodes", "maxSteps", "seed", "observe", "act", "reward", "begin", "signal"];

/** Refuses what a loop cannot be run with, before anything runs. */
export function checkLoop<Observation, Action>(
  net: Network,
  environment: Environment<Observation, Action>,
  options: ClosedLoopOptions<Observation, Action>,
): void {
  const call = "closedLoop";
  checkOptions(call, options, known);
  if (stepsIn(options.every, net.dt, `${call}: every`) === 0)
    throw refusal("out-of-range", `${call}: every is 0 ms`, `Give at least one step of the network, ${net.dt} ms.`);
  checkWhole(`${call}: episodes`, options.episodes, 1);
  checkWhole(`${call}: maxSteps`, options.maxSteps, 1);
  if (options.seed !== undefined) checkSeed(`${call}: seed`, options.seed);
  for (const hook of ["observe", "act"] as const) checkFunction(`${call}: ${hook}`, options[hook], true);
  for (const hook of ["reward", "begin"] as const) checkFunction(`${call}: ${hook}`, options[hook], false);
  checkEnvironment(call, environment);
}

function checkEnvironment(call: string, environment: unknown): void {
  const { name, actions, reset, step } = (environment ?? {}) as Partial<Environment<unknown, unknown>>;
  if (typeof name !== "string" || typeof reset !== "function" || typeof step !== "function")
    throw refusal(
      "invalid-value",
      `${call}: the environment lacks a name, reset or step`,
      "Give { name, actions, observationSize, reset(seed), step(action) }.",
    );
  if (typeof actions !== "function") checkWhole(`${call}: the number of actions of ${name}`, actions, 1);
}
