/** Integration methods by name; package `kernel` has one file for each. */
export type MethodName =
  "euler" | "heun" | "midpoint" | "ralston" | "rk4" | "exponentialEuler" | "exact" | "eulerMaruyama" | "milstein";
