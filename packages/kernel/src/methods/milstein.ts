import { dependsOn, differentiate, NeuroweaveError, print, symbolsOf, type Expression } from "@neuroweave/equations";
import { driftAndDiffusion, perFactor } from "./euler-maruyama.ts";
import { stageScope, standStill, type Derivative, type Method, type System } from "./system.ts";

/**
 * Milstein's scheme for Itô equations with diagonal noise: Euler–Maruyama + ½ g·∂g/∂x·(ΔW² − dt). Strong order 1. Noise is
 * diagonal when each equation has one ξ and its coefficient depends on no integrated variable but its own.
 */
export const milstein: Method = {
  name: "milstein",
  order: 1,
  source: "Milstein (1974), Theory Probab. Appl. 19:557; Kloeden & Platen (1992), ch. 10.3",
  noise: "multiplicative",
  advance(system) {
    const { b, start } = system;
    const scope = stageScope(system, start, 0);
    return new Map(
      system.equations.map((equation) => {
        const { variable } = equation;
        const { drift, diffusion } = driftAndDiffusion(system, equation, scope);
        const changing = diffusion.filter(({ coefficient }) => integratedIn(system, coefficient).length > 0);
        requireDiagonal(system, equation, diffusion.length, changing);
        let step = drift;
        for (const { coefficient, factor, wiener } of diffusion) {
          const g = perFactor(system, coefficient, factor, scope);
          step = b.apply("add", step, b.apply("mul", g, wiener));
          if (!dependsOn(coefficient, new Set([variable]))) continue;
          const slope = perFactor(system, differentiate(coefficient, variable), factor, scope);
          const excess = b.apply("sub", b.apply("mul", wiener, wiener), b.constant(b.dt));
          const correction = b.apply("mul", b.apply("mul", b.apply("mul", b.constant(0.5), g), slope), excess);
          step = b.apply("add", step, correction);
        }
        return [variable, b.apply("add", start.get(variable)!, standStill(system, variable, step))];
      }),
    );
  },
};

function integratedIn(system: System, coefficient: Expression): string[] {
  return [...symbolsOf(coefficient)].filter((name) => system.start.has(name));
}

function requireDiagonal(
  system: System,
  { variable, parts }: Derivative,
  noises: number,
  changing: readonly { coefficient: Expression }[],
): void {
  const foreign = changing.some(({ coefficient }) =>
    integratedIn(system, coefficient).some((name) => name !== variable),
  );
  if (changing.length === 0 || (noises === 1 && !foreign)) return;
  throw new NeuroweaveError(
    "method-does-not-apply",
    `milstein needs diagonal noise, but d${variable}/dt = ${parts.map(({ value }) => print(value)).join(" + ")} has several noises or a coefficient that depends on another variable`,
    { remedy: "Use eulerMaruyama." },
  );
}
