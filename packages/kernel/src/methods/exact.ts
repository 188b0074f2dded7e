import { div, linearIn, NeuroweaveError, print, symbolsOf, drawsOf, type Expression } from "@neuroweave/equations";
import { exp, exprel } from "../library/index.ts";
import type { Value } from "../ir.ts";
import { lowerNumber } from "../lower.ts";
import { matrixPhi } from "./matrix-phi.ts";
import { stepOver, type Method, type Point, type System } from "./system.ts";

/**
 * Exact solution of x′ = A·x + b with constant A and b held for the step: x(h) = e^{Ah}·x + h·φ₁(Ah)·b,
 * φ₁(z) = (e^z − 1)/z. Variables that are not coupled are solved on their own.
 */
export const exact: Method = {
  name: "exact",
  order: Infinity,
  source: "Rotter & Diesmann (1999), Biol. Cybern. 81:381; Hochbruck & Ostermann (2010), Acta Numerica 19:209",
  noise: "additive",
  advance: (system) => exactSolution(system)(1),
};

/** The exact solution at any fraction of the step. Refuses equations that are not linear with constant coefficients. */
export function exactSolution(system: System): (fraction: number) => Point {
  const linear = linearSystem(system);
  const groups = coupled(linear);
  return (fraction) => {
    if (fraction === 0) return system.start;
    const result = new Map<string, Value>();
    for (const group of groups)
      for (const [variable, value] of solve(system, linear, group, fraction)) {
        const held = system.held(variable);
        const start = system.start.get(variable)!;
        result.set(variable, held === undefined ? value : system.b.apply("select", held, start, value));
      }
    return result;
  };
}

/** dt·A by row and column (absent where zero) and dt·b (absent where zero). */
interface LinearSystem {
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  readonly rest: ReadonlyMap<string, Value>;
}

function linearSystem(system: System): LinearSystem {
  const { b, equations, scope } = system;
  const variables = equations.map(({ variable }) => variable);
  const rows = new Map<string, Map<string, Value>>();
  const rest = new Map<string, Value>();
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
      for (const [name, coefficient] of linear.coefficients) {
        if (coefficient.kind === "number" && coefficient.value === 0) continue;
        requireConstant(system, variable, coefficient, factor ? div(coefficient, factor) : coefficient);
        addTo(row, name, b.apply("mul", lowerNumber(b, coefficient, scope), over));
      }
      if (linear.rest.kind === "number" && linear.rest.value === 0) continue;
      addTo(rest, variable, b.apply("mul", lowerNumber(b, linear.rest, scope), over));
    }
  }
  return { rows, rest };
}

function requireConstant(system: System, variable: string, coefficient: Expression, shown: Expression): void {
  const varying = [...symbolsOf(coefficient)].find((name) => !system.isConstant(name));
  if (varying !== undefined || drawsOf(coefficient).length > 0)
    throw refusal(variable, shown, `has a coefficient that is not constant${varying ? ` (${varying})` : ""}`);
}

function refusal(variable: string, offending: Expression, why: string): NeuroweaveError {
  return new NeuroweaveError("method-does-not-apply", `exact cannot solve d${variable}/dt: \`${print(offending)}\` ${why}`, {
    remedy: "Choose another method, such as exponentialEuler or rk4.",
    ...(offending.span ? { span: offending.span } : {}),
  });
}

/** Groups of variables that depend on one another, directly or not, each in the order of the equations. */
function coupled({ rows }: LinearSystem): string[][] {
  const groups: string[][] = [];
  for (const variable of rows.keys()) {
    const linked = groups.filter((group) =>
      group.some((other) => rows.get(variable)!.has(other) || rows.get(other)!.has(variable)),
    );
    const merged = [...linked.flat(), variable];
    groups.splice(0, groups.length, ...groups.filter((group) => !linked.includes(group)), merged);
  }
  const order = [...rows.keys()];
  return groups.map((group) => group.sort((x, y) => order.indexOf(x) - order.indexOf(y)));
}

function solve(system: System, linear: LinearSystem, group: readonly string[], fraction: number): Map<string, Value> {
  const { b, start } = system;
  const scaled = (value: Value): Value => b.apply("mul", value, b.constant(fraction));
  const sum = (values: readonly Value[]): Value => values.reduce((left, right) => b.apply("add", left, right));
  const [first] = group;
  if (group.length === 1) {
    const x = start.get(first!)!;
    const a = linear.rows.get(first!)!.get(first!);
    const rest = linear.rest.get(first!);
    const drive = rest === undefined ? undefined : scaled(rest);
    if (a === undefined) return new Map([[first!, drive === undefined ? x : b.apply("add", x, drive)]]);
    const decayed = b.apply("mul", exp(b, scaled(a)), x);
    const value = drive === undefined ? decayed : b.apply("add", decayed, b.apply("mul", exprel(b, scaled(a)), drive));
    return new Map([[first!, value]]);
  }
  const matrix = group.map((row) =>
    group.map((column) => {
      const a = linear.rows.get(row)!.get(column);
      return a === undefined ? b.constant(0) : scaled(a);
    }),
  );
  const { exponential, phi } = matrixPhi(b, matrix);
  return new Map(
    group.map((variable, i) => {
      const terms = group.flatMap((other, j) => {
        const rest = linear.rest.get(other);
        const own = isZero(system, exponential[i]![j]!) ? [] : [b.apply("mul", exponential[i]![j]!, start.get(other)!)];
        const drive =
          rest === undefined || isZero(system, phi[i]![j]!) ? [] : [b.apply("mul", phi[i]![j]!, scaled(rest))];
        return [...own, ...drive];
      });
      return [variable, terms.length === 0 ? b.constant(0) : sum(terms)];
    }),
  );
}

const isZero = ({ b }: System, value: Value): boolean => b.constantOf(value) === 0;
