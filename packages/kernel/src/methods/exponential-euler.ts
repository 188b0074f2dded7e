import { differentiate, div, symbolsOf } from "@neuroweave/equations";
import { exprel } from "../library/index.ts";
import { lowerNumber } from "../lower.ts";
import { increment, stageScope, standStill, stepOver, type Method } from "./system.ts";

/**
 * Exponential Euler per equation: x + exprel(dt·∂f/∂x)·dt·f at the old state. Exact where f is linear in its own variable
 * and the rest stands still. This is BrainPy's `exp_auto`.
 */
export const exponentialEuler: Method = {
  name: "exponentialEuler",
  order: 1,
  source: "Hochbruck & Ostermann (2010), Acta Numerica 19:209, eq. 2.6; BrainPy `exp_auto`",
  noise: "additive",
  advance(system) {
    const { b, equations, start } = system;
    const scope = stageScope(system, start, 0);
    return new Map(
      equations.map((equation) => {
        const { variable, parts } = equation;
        const slope = parts
          .map(({ factor, value }) =>
            factor !== null && symbolsOf(factor).has(variable)
              ? b.apply("mul", lowerNumber(b, differentiate(div(value, factor), variable), scope), b.constant(b.dt))
              : b.apply("mul", lowerNumber(b, differentiate(value, variable), scope), stepOver(b, factor, scope)),
          )
          .reduce((left, right) => b.apply("add", left, right));
        const step = b.apply("mul", exprel(b, slope), increment(system, equation, scope));
        // Once more, since a slope without bounds times no increment is NaN.
        return [variable, b.apply("add", start.get(variable)!, standStill(system, variable, step))];
      }),
    );
  },
};
