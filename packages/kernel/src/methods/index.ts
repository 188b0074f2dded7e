/** Every integration method, by name. */
import { euler } from "./euler.ts";
import { eulerMaruyama } from "./euler-maruyama.ts";
import { exact } from "./exact.ts";
import { exponentialEuler } from "./exponential-euler.ts";
import { heun } from "./heun.ts";
import { midpoint } from "./midpoint.ts";
import { milstein } from "./milstein.ts";
import { ralston } from "./ralston.ts";
import { rk4 } from "./rk4.ts";
import type { Method } from "./system.ts";

export const methods = {
  euler,
  heun,
  midpoint,
  ralston,
  rk4,
  exponentialEuler,
  exact,
  eulerMaruyama,
  milstein,
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;
