import { NeuroweaveError, type Network } from "neuroweave";
import { expect } from "vitest";

/** The error that a call refuses with, at once or by a rejected promise; fails if nothing is refused or something else is thrown. */
export async function refusal(attempt: () => unknown): Promise<NeuroweaveError> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof NeuroweaveError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** The part of the source that an error underlines. */
export function underlined({ source, span }: NeuroweaveError): string | undefined {
  return source === undefined || span === undefined ? undefined : source.slice(span.start, span.end);
}

/** Everything that a user can see of a network, to be compared before and after a refusal. */
export function visible(net: Network): unknown {
  return {
    steps: net.steps,
    learning: net.learning,
    state: net.state(),
    populations: net.populations.map((population) => ({
      name: population.name,
      shape: population.shape,
      tags: [...population.tags],
      behaviors: population.behaviors,
      spikes: population.spikes(),
      values: Object.fromEntries(
        [...population.entity.symbols.values()]
          .filter(({ kind }) => kind !== "table")
          .map(({ name }) => [name, population.get(name as never)]),
      ),
    })),
  };
}

/**
 * The error of a refused call after which nothing has changed: what is visible is what it was, and the network runs on
 * in the same bits as its twin that was never asked.
 */
export async function refusedWithoutTrace(net: Network, attempt: () => unknown): Promise<NeuroweaveError> {
  const twin = net.fork();
  const before = visible(net);
  const error = await refusal(attempt);
  expect(visible(net)).toEqual(before);
  await Promise.all([net.step(7), twin.step(7)]);
  expect(visible(net)).toEqual(visible(twin));
  return error;
}

/** A complete refusal says what would cure it. */
export function expectCure(error: NeuroweaveError): void {
  expect(error.remedy ?? "").not.toBe("");
  expect(error.message).toContain(error.remedy);
}
