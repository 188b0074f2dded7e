import { rungeKutta } from "./runge-kutta.ts";

/** The explicit midpoint method: the slope half a step ahead. */
export const midpoint = rungeKutta("midpoint", 2, "Runge (1895), Math. Ann. 46:167", {
  nodes: [0, 0.5],
  stages: [[], [0.5]],
  weights: [0, 1],
});
