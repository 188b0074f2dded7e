import { expect } from "vitest";

/** Within 10⁻⁹ of the expected value, or of its size where that is above 1. */
export function expectNear(value: number, expected: number, tolerance = 1e-9): void {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));
}

export function expectAllNear(values: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9): void {
  expect(values.length).toBe(expected.length);
  for (let k = 0; k < expected.length; k++) expectNear(values[k]!, expected[k]!, tolerance);
}
