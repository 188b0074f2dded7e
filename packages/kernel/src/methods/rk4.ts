import { rungeKutta } from "./runge-kutta.ts";

/** The classical fourth-order method. */
export const rk4 = rungeKutta("rk4", 4, "Kutta (1901), Z. Math. Phys. 46:435", {
  nodes: [0, 0.5, 0.5, 1],
  stages: [[], [0.5], [0, 0.5], [0, 0, 1]],
  weights: [1, 2, 2, 1],
  divisor: 6,
});
