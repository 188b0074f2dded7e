import { rungeKutta } from "./runge-kutta.ts";

/** Heun's second-order method: the mean of the slopes at both ends. */
export const heun = rungeKutta("heun", 2, "Heun (1900), Z. Math. Phys. 45:23", {
  nodes: [0, 1],
  stages: [[], [1]],
  weights: [0.5, 0.5],
});
