/** The four states that Brunel 2000 names, told apart by what individual neurons and the whole population do. */
import { mean } from "./measures.ts";

export type BrunelState = "SR" | "AI" | "SI fast" | "SI slow";

export const stateNames: Readonly<Record<BrunelState, string>> = {
  SR: "synchronous and regular",
  AI: "asynchronous and irregular",
  "SI fast": "synchronous and irregular, fast oscillation",
  "SI slow": "synchronous and irregular, slow oscillation",
};

export interface Rhythm {
  /** Lag in ms at which the rate of the population is most like itself again. */
  readonly period: number;
  /** Its autocorrelation there, at most 1. */
  readonly strength: number;
}

/**
 * The rhythm of a rate in bins of 1 ms: the highest autocorrelation between its first minimum and 100 ms, or half the length of
 * the record; of peaks within 0.05 of the highest, the first.
 */
export function rhythmOf(rate: ArrayLike<number>): Rhythm {
  const center = mean(rate);
  const around = Array.from(rate, (each) => each - center);
  const variance = mean(around.map((each) => each * each));
  const longest = Math.min(100, Math.floor(rate.length / 2));
  const correlation = Array.from({ length: longest + 2 }, (_, lag) =>
    mean(around.slice(lag).map((each, k) => (each * around[k]!) / variance)),
  );
  const at = (lag: number): number => correlation[lag]!;
  let first = 1;
  while (first < longest && at(first + 1) < at(first)) first++;
  const strength = Math.max(...correlation.slice(first, longest + 1));
  let period = first;
  while (period < longest && !(at(period) > strength - 0.05 && at(period) >= at(period + 1))) period++;
  return { period, strength };
}

/**
 * Regular neurons have a CV below 0.2. Among irregular states, a rhythm of more than 50 Hz with an autocorrelation above 0.45 is a
 * fast oscillation; a rate that fluctuates, from one ms to another, by more than 0.9 of its mean is a slow one; what remains is
 * asynchronous. In the networks here the measured values lie clear of these borders.
 */
export function stateOf(measured: { cv: number; fluctuation: number; rhythm: Rhythm }): BrunelState {
  const { cv, fluctuation, rhythm } = measured;
  if (cv < 0.2) return "SR";
  if (rhythm.period < 20 && rhythm.strength > 0.45) return "SI fast";
  return fluctuation > 0.9 ? "SI slow" : "AI";
}
