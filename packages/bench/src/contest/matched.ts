/** Whether contenders do the same, before a time counts. */
import { NeuroweaveError } from "@neuroweave/equations";
import { rateAsPublished } from "../agreement.ts";
import type { Reading } from "./answers.ts";
import { durationOf, type Task } from "./task.ts";

/** Refuses parameters that a contender did not take over, or took at another value. */
export function sameParameters(
  name: string,
  { title, parameters }: Task,
  given: Readonly<Record<string, number>>,
): void {
  const wrong = Object.entries(parameters).filter(([key, value]) => given[key] !== value);
  if (wrong.length === 0) return;
  const said = wrong.map(([key, value]) => `${key} ${given[key] ?? "not at all"} (${value})`);
  throw new NeuroweaveError("internal", `${name} takes parameters of ${title} as ${said.join(", ")}`, {
    remedy: "Networks with other parameters are other networks. Correct its script.",
  });
}

/** In Hz, over all neurons and the whole run. */
export const rateOf = (task: Task, { spikes }: Reading): number => spikes / task.n / durationOf(task);

/** A sentence about the rate of a contender. Refuses a rate that is not as others have it. */
export function matchedRate(name: string, task: Task, reading: Reading, first?: Reading): string {
  const rate = rateOf(task, reading);
  const other = first === undefined ? rate : rateOf(task, first);
  const { tolerance: apart = 0.02 } = task;
  const [lowest, highest] = task.rates ?? [other * (1 - apart), other * (1 + apart)];
  if (rate === 0)
    throw new NeuroweaveError("internal", `${name} is silent`, { remedy: "Find out why nothing spikes." });
  return rateAsPublished({
    name: `${task.title}, ${name}`,
    rate,
    lowest: Number(lowest.toPrecision(4)),
    highest: Number(highest.toPrecision(4)),
  });
}
