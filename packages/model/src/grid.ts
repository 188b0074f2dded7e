/** Time on the grid of steps. */
import { NeuroweaveError } from "@neuroweave/equations";

/** How far from a whole step a given time may lie, in steps. */
const tolerance = 1e-6;

/** Number of whole steps in `ms`; refuses what is not finite, negative or off the grid, naming the two nearest that fit. */
export function stepsIn(ms: unknown, dt: number, what: string): number {
  if (typeof ms !== "number" || !Number.isFinite(ms))
    throw new NeuroweaveError("not-finite", `${what} is ${String(ms)}`, { remedy: "Give a finite number of ms." });
  if (ms < 0) throw new NeuroweaveError("negative-duration", `${what} is ${ms} ms`, { remedy: "Give a time ≥ 0 ms." });
  const steps = Math.round(ms / dt);
  if (!Number.isSafeInteger(steps))
    throw new NeuroweaveError("out-of-range", `${what} of ${ms} ms is too many steps of ${dt} ms`, {
      remedy: "Give a shorter time or a longer dt.",
    });
  if (Math.abs(ms / dt - steps) > tolerance * Math.max(1, Math.abs(steps) * Number.EPSILON * 4e6)) {
    const below = Math.floor(ms / dt);
    const fits = [below, below + 1].map((k) => `${Number((k * dt).toPrecision(12))}`);
    throw new NeuroweaveError("off-grid", `${what} of ${ms} ms is no whole number of steps of ${dt} ms`, {
      remedy: `The nearest that fit are ${fits.join(" ms and ")} ms.`,
    });
  }
  return steps;
}

/** dt must be a positive finite number. */
export function checkStepSize(dt: unknown): number {
  if (typeof dt !== "number" || !Number.isFinite(dt) || dt <= 0)
    throw new NeuroweaveError("invalid-dt", `dt is ${String(dt)}`, {
      remedy: "Give a positive number of ms, such as 0.1.",
    });
  return dt;
}
