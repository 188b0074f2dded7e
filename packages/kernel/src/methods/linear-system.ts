/** Equations as x′ = A·x + b + g·ξ with constant A, or the refusal of what is not so. */
import {
  div,
  drawsOf,
  isZero,
  linearIn,
  mul,
  NeuroweaveError,
  print,
  symbolsOf,
  tidy,
  type Expression,
} from "@neuroweave/equations";
import type { Value } from "../ir.ts";
import { lowerNumber } from "../lower.ts";
import { splitNoise } from "./noise.ts";
import { stepOver, type System } from "./system.ts";

/** dt·A by row and column, dt·b and dt·g·ξ by row. What is absent is zero by the form of the equations. */
export interface LinearSystem {
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  readonly rest: ReadonlyMap<string, Value>;
  readonly noise: ReadonlyMap<string, Value>;
}

/** Takes equations apart; refuses what is not linear with constant coefficients, and noise that reaches other variables. */
export function linearSystem(system: System): LinearSystem {
  const { b, equations, scope } = system;
  const variables = equations.map(({ variable }) => variable);
  const rows = new Map<string, Map<string, Value>>();
  const rest = new Map<string, Value>();
  const noise = new Map<string, Value>();
  const noisy = new Map<string, Expression>();
  const addTo = (map: Map<string, Value>, key: string, value: Value): void => {
    const before = map.get(key);
    map.set(key, before === undefined ? value : b.apply("add", before, value));
  };
  for (const { variable, parts } of equations) {
    const row = new Map<string, Value>();
    rows.set(variable, row);
    for (const { factor, value } of parts) {
      if (factor !== null) requireConstant(system, variable, factor, factor);
      const linear = linearIn(value, variables);
      if ("offending" in linear) throw refusal(variable, linear.offending, "is not linear");
      const over = stepOver(b, factor, scope);
      const perStep = (each: Expression): Value => b.apply("mul", lowerNumber(b, each, scope), over);
      for (const [name, coefficient] of linear.coefficients) {
        requireConstant(system, variable, coefficient, factor ? div(coefficient, factor) : coefficient);
        addTo(row, name, perStep(coefficient));
      }
      const { drift, diffusion } = splitNoise(linear.rest);
      if (!isZero(drift)) addTo(rest, variable, perStep(drift));
      for (const each of diffusion) {
        const term = mul(each.coefficient, each.noise);
        noisy.set(variable, term);
        addTo(noise, variable, perStep(term));
      }
    }
  }
  for (const [variable, term] of noisy) {
    const reached = variables.find((other) => other !== variable && rows.get(other)!.has(variable));
    if (reached !== undefined) throw refusal(variable, tidy(term), `is noise that reaches ${reached}`);
  }
  return { rows, rest, noise };
}

function requireConstant(system: System, variable: string, coefficient: Expression, shown: Expression): void {
  const varying = [...symbolsOf(coefficient)].find((name) => !system.isConstant(name));
  if (varying !== undefined || drawsOf(coefficient).length > 0)
    throw refusal(variable, shown, `has a coefficient that is not constant${varying ? ` (${varying})` : ""}`);
}

function refusal(variable: string, offending: Expression, why: string): NeuroweaveError {
  return new NeuroweaveError(
    "method-does-not-apply",
    `exact cannot solve d${variable}/dt: \`${print(offending)}\` ${why}`,
    {
      remedy: "Choose another method, such as exponentialEuler, rk4 or, with noise, eulerMaruyama.",
      ...(offending.span ? { span: offending.span } : {}),
    },
  );
}
