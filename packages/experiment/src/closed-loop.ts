/** A network and an environment that drive each other. */
import { NeuroweaveError, refusal } from "@neuroweave/equations";
import type { Network } from "@neuroweave/model";
import { reasonOf } from "./checks.ts";
import { checkLoop } from "./closed-loop-options.ts";
import type { ClosedLoopOptions, LoopMoment } from "./closed-loop-options.ts";
import { checkAction, checkObservation } from "./environment.ts";
import type { Environment, EnvironmentStep } from "./environment.ts";

/** One episode, as a plain row. */
export interface EpisodeRow {
  /** From 0. */
  readonly episode: number;
  /** Sum of the rewards, without a discount. */
  readonly return: number;
  /** Steps of the environment. */
  readonly length: number;
  /** What ended it: the environment, `maxSteps` or the signal. */
  readonly ended: "done" | "maxSteps" | "aborted";
  /** Time of the network at its end, in ms. */
  readonly t: number;
}

/**
 * Runs episodes of an environment, each step being: `observe`, a run of `every` ms, `act`, a step of the environment, `reward`.
 * Returns a row for each episode; `loopEpisodes` gives them one at a time.
 *
 * All of the user's code runs while the network stands at a step border. When some of it throws, the network stays there, whole
 * and able to run on, and the error (`host-threw`, with the cause) names the environment, the step and the episode. Actions that
 * the environment does not have (`out-of-range`) and rewards that are not finite (`not-finite`) are refused before anyone sees them.
 *
 * Nothing is set back between episodes but the environment: `begin` is the place to do that to the network.
 */
export async function closedLoop<Observation, Action, Taken extends Action>(
  net: Network,
  environment: Environment<Observation, Action>,
  options: ClosedLoopOptions<NoInfer<Observation>, Taken>,
): Promise<readonly EpisodeRow[]> {
  const rows: EpisodeRow[] = [];
  for await (const row of loopEpisodes(net, environment, options)) rows.push(row);
  return rows;
}

/** As `closedLoop`, one episode at a time: `for await (const row of loopEpisodes(…))`. Leaving the loop ends it at a border. */
export async function* loopEpisodes<Observation, Action, Taken extends Action>(
  net: Network,
  environment: Environment<Observation, Action>,
  options: ClosedLoopOptions<NoInfer<Observation>, Taken>,
): AsyncGenerator<EpisodeRow, void, undefined> {
  checkLoop(net, environment, options);
  for (let episode = 0; episode < options.episodes && options.signal?.aborted !== true; episode++)
    yield await runEpisode(net, environment, options, episode);
}

async function runEpisode<Observation, Action>(
  net: Network,
  environment: Environment<Observation, Action>,
  options: ClosedLoopOptions<Observation, Action>,
  episode: number,
): Promise<EpisodeRow> {
  const { every, maxSteps, seed = net.seed, signal } = options;
  let sum = 0;
  const row = (length: number, ended: EpisodeRow["ended"]): EpisodeRow => {
    return { episode, return: sum, length, ended, t: net.t };
  };
  let moment: LoopMoment = { episode, step: 0 };
  const guarded = <R>(what: string, call: () => R | Promise<R>) => guard(environment.name, what, moment, call);

  await guarded("begin", () => options.begin?.(net, episode));
  let { observation } = await guarded("reset of the environment", () => {
    return { observation: environment.reset(`${seed}:${episode}`) };
  });
  checkObservation(environment, observation, ` at the start of episode ${episode}`);
  for (let step = 0; step < maxSteps; step++) {
    moment = { episode, step };
    const seen = observation;
    await guarded("observe", () => options.observe(seen, net, moment));
    await net.run(every, signal === undefined ? {} : { signal });
    if (signal?.aborted === true) return row(step, "aborted");
    const action = await guarded("act", () => options.act(net, moment));
    checkAction(environment, action, at(moment));
    const answer = await guarded("step of the environment", () => environment.step(action));
    checkAnswer(environment, moment, answer);
    sum += answer.reward;
    await guarded("reward", () => options.reward?.(answer.reward, net, moment));
    if (answer.done) return row(step + 1, "done");
    observation = answer.observation;
  }
  return row(maxSteps, "maxSteps");
}

async function guard<R>(entity: string, what: string, moment: LoopMoment, call: () => R | Promise<R>): Promise<R> {
  try {
    return await call();
  } catch (cause) {
    const message = `${what} threw${at(moment)}: ${reasonOf(cause)}`;
    const remedy = "The network is whole, at the step border where it was called.";
    throw new NeuroweaveError("host-threw", message, { entity, remedy }, { cause });
  }
}

const at = ({ episode, step }: LoopMoment): string => ` at step ${step} of episode ${episode}`;

function checkAnswer<Observation>(
  environment: Environment<Observation, never>,
  moment: LoopMoment,
  answer: EnvironmentStep<Observation>,
): void {
  const { name } = environment;
  const { reward, done, observation } = ((answer as unknown) ?? {}) as Partial<EnvironmentStep<Observation>>;
  if (typeof reward !== "number" || typeof done !== "boolean")
    throw refusal(
      "invalid-value",
      `the answer of ${name} lacks a reward or done${at(moment)}`,
      "Return { observation, reward, done } from step.",
      name,
    );
  if (!Number.isFinite(reward))
    throw refusal(
      "not-finite",
      `the reward of ${name} is ${reward}${at(moment)}`,
      "Give finite rewards; the network has not seen this one.",
      name,
    );
  checkObservation(environment, observation, at(moment));
}
