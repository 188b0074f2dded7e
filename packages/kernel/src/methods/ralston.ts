import { rungeKutta } from "./runge-kutta.ts";

/** Ralston's second-order method, of least truncation error bound. */
export const ralston = rungeKutta("ralston", 2, "Ralston (1962), Math. Comp. 16:431", {
  nodes: [0, 2 / 3],
  stages: [[], [2 / 3]],
  weights: [0.25, 0.75],
});
