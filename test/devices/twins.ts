/** The same network on two devices, compared to the bit. */
import { createNetwork, type Network } from "neuroweave";
import { expect } from "vitest";
import { tally } from "../evidence/tally.ts";
import type { DeviceModel } from "./models.ts";
import type { Place } from "./places.ts";
import { stateOf } from "./state-of.ts";

/** Populations of a model of several sizes, none a multiple of every vector width. */
export const sizes = [1, 2, 3, 5, 257] as const;

/** What a test may take that compiles several programs in C, on a machine that is busy with other things. */
export const timeout = 240_000;

/** A network with one population of each size. */
export function build(
  { make, method, dt = 0.1 }: DeviceModel,
  { options }: Place,
  precision: "f64" | "f32",
  of: readonly number[] = sizes,
): Network {
  const net = createNetwork({ dt, seed: "twins", precision, ...options });
  for (const n of of) net.population(`cells ${n}`, n, make(n) as never, method === undefined ? {} : { method });
  return net;
}

/**
 * Compares all that `actual` shows; `expected` may have further populations. Fails with the variables and neurons that
 * differ, and not with pages of numbers.
 */
export function expectSameBits(actual: Network, expected: Network, hint = ""): void {
  const [one, other] = [stateOf(actual), stateOf(expected)];
  expect(Object.keys(other)).toEqual(expect.arrayContaining(Object.keys(one)));
  const differences = Object.keys(one).flatMap((name) => {
    const [a, b] = [one[name]!, other[name]!];
    const at = a.findIndex((each, index) => each !== b[index]);
    if (at < 0 && a.length === b.length) return [];
    return [`${name}[${at}]: ${a[at]} instead of ${b[at]}`];
  });
  tally(
    "numbers compared to the bit",
    Object.values(one).reduce((sum, list) => sum + list.length, 0),
    differences.length,
  );
  expect(differences, `after step ${expected.steps}${hint}`).toEqual([]);
}
