import { checkNumber, refusal } from "@neuroweave/equations";
import { borderTolerance } from "../spike-list.ts";
import type { TimeWindow } from "../spike-list.ts";

/** Moments at which a curve is evaluated. */
export interface SampleOptions extends TimeWindow {
  /** Distance of neighboring moments, in ms. */
  readonly step: number;
}

/** More moments than this are a mistake in the step, and would fill the memory. */
const mostSamples = 2 ** 27;

/** from, from + step, … as far as `to`, which is among them where it is a whole number of steps away. */
export function sampleTimes({ from, to, step }: SampleOptions): Float64Array {
  const count = 1 + Math.floor((to - from + borderTolerance) / step);
  return Float64Array.from({ length: count }, (_, k) => from + k * step);
}

/** Refuses a step that is not positive, or so short that there would be more moments than memory. */
export function checkStep(call: string, { from, to, step }: SampleOptions): void {
  checkNumber(`${call}: step`, step, { above: 0 });
  if ((to - from) / step <= mostSamples) return;
  throw refusal(
    "too-large",
    `${call}: a step of ${step} ms makes ${(to - from) / step} moments`,
    "Choose a longer step.",
  );
}
