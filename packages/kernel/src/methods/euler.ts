import { splitNoise } from "./noise.ts";
import { combine, increments, type Method } from "./system.ts";

/** Forward Euler: x + f·(dt/factor). With white noise it is the Euler–Maruyama scheme (Itô). */
export const euler: Method = {
  name: "euler",
  order: 1,
  source: "Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I, II.1",
  noise: "multiplicative",
  advance(system) {
    // Refuses what is not linear in white noise, for which no step size would be small enough.
    for (const { parts } of system.equations) for (const { value } of parts) splitNoise(value);
    return combine(system, [[1, increments(system, system.start, 0)]]);
  },
};
