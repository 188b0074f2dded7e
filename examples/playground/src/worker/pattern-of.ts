/** Names of firing patterns, as far as they have one. */
import { classifyPattern, type Population } from "neuroweave";

/** Behaviors that make a current other than a step. */
const otherInputs = new Set([
  "timedCurrent",
  "sineCurrent",
  "rampCurrent",
  "noisyCurrent",
  "poissonInput",
  "membraneNoise",
]);

/** Until when the neurons have had a constant current since the start; null where it is not constant. */
export function endOfStep(population: Population, t: number): number | null {
  const isOther = population.behaviors.some(({ name, enabled }) => enabled && otherInputs.has(name));
  const isTarget = population.entity.attached.some(({ instance }) => instance.declaration.onArrival.length > 0);
  if (isOther || isTarget) return null;
  const { symbols } = population.entity;
  if (!symbols.has("stepCurrent.stop")) return t;
  return population.get("stepCurrent.start" as never)[0] === 0
    ? Math.min(t, population.get("stepCurrent.stop" as never)[0]!)
    : null;
}

/** What the answer of a neuron to a constant current up to `offset` ms is called; empty while there is little to say. */
export function patternOf(train: readonly number[], offset: number, dt: number): string {
  if (!(offset > 0)) return "";
  const { pattern, delayed } = classifyPattern(train, { onset: 0, offset, resolution: dt });
  return delayed && pattern !== "delayed" ? `delayed ${pattern}` : pattern;
}
