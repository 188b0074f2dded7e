import { dependsOn, div } from "@neuroweave/equations";
import { lower, lowerNumber, type Scope } from "../lower.ts";
import type { Value } from "../ir.ts";
import { splitNoise } from "./noise.ts";
import { stageScope, standStill, stepOver, type Derivative, type Method, type System } from "./system.ts";

/**
 * A step of drift and its diffusion terms g/factor with their Wiener increments ΔW = ξ·dt. A factor that depends on the
 * integrated variables is part of g.
 */
export function driftAndDiffusion(system: System, equation: Derivative, scope: Scope) {
  const { b } = system;
  const integrated = new Set(system.start.keys());
  const parts = equation.parts.map(({ factor, value }) => {
    const { drift, diffusion } = splitNoise(value);
    return {
      drift: b.apply("mul", lowerNumber(b, drift, scope), stepOver(b, factor, scope)),
      diffusion: diffusion.map(({ noise, coefficient }) => ({
        ...(factor !== null && dependsOn(factor, integrated)
          ? { coefficient: div(coefficient, factor), factor: null }
          : { coefficient, factor }),
        wiener: b.apply("mul", lower(b, noise, scope), b.constant(b.dt)),
      })),
    };
  });
  return {
    drift: parts.map(({ drift }) => drift).reduce((left, right) => b.apply("add", left, right)),
    diffusion: parts.flatMap(({ diffusion }) => diffusion),
  };
}

/** g/factor as a value. */
export function perFactor(
  system: System,
  coefficient: Derivative["parts"][number]["value"],
  factor: Derivative["parts"][number]["factor"],
  scope: Scope,
): Value {
  const { b } = system;
  const value = lowerNumber(b, coefficient, scope);
  return factor === null ? value : b.apply("div", value, lowerNumber(b, factor, scope));
}

/** Euler–Maruyama for Itô equations: x + f·dt + Σ g·ΔW. Strong order ½, 1 for additive noise. */
export const eulerMaruyama: Method = {
  name: "eulerMaruyama",
  order: 1,
  source: "Maruyama (1955), Rend. Circ. Mat. Palermo 4:48; Kloeden & Platen (1992), ch. 10.2",
  noise: "multiplicative",
  advance(system) {
    const { b, start } = system;
    const scope = stageScope(system, start, 0);
    return new Map(
      system.equations.map((equation) => {
        const { drift, diffusion } = driftAndDiffusion(system, equation, scope);
        const step = diffusion.reduce(
          (sum, { coefficient, factor, wiener }) =>
            b.apply("add", sum, b.apply("mul", perFactor(system, coefficient, factor, scope), wiener)),
          drift,
        );
        const { variable } = equation;
        return [variable, b.apply("add", start.get(variable)!, standStill(system, variable, step))];
      }),
    );
  },
};
