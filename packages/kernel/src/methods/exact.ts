import { exp, exprel } from "../library/index.ts";
import type { Value } from "../ir.ts";
import { linearSystem, type LinearSystem } from "./linear-system.ts";
import { matrixPhi } from "./matrix-phi.ts";
import type { Method, Point, System } from "./system.ts";

/**
 * Exact solution of x′ = A·x + b + g·ξ with constant A, b and g held for the step:
 * x(h) = e^{Ah}·x + h·φ₁(Ah)·b + g·√(h·φ₁(2ah))·N, φ₁(z) = (e^z − 1)/z. Noise is exact in distribution: it acts on its own
 * variable only, whose coefficient is a, and ∫₀ʰ e^{2as} ds = h·φ₁(2ah) is its variance. Variables that are not coupled are
 * solved on their own.
 */
export const exact: Method = {
  name: "exact",
  order: Infinity,
  source:
    "Rotter & Diesmann (1999), Biol. Cybern. 81:381; Hochbruck & Ostermann (2010), Acta Numerica 19:209; noise: Gillespie (1996), Phys. Rev. E 54:2084",
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
  const own = (variable: string): Value | undefined => linear.rows.get(variable)!.get(variable);
  const without = group.length === 1 ? alone : together;
  const values = without(system, linear, group, scaled);
  return new Map(
    group.map((variable) => {
      const terms = values.get(variable)!;
      const noise = linear.noise.get(variable);
      if (noise !== undefined) {
        const a = own(variable);
        const variance = a === undefined ? b.constant(1) : exprel(b, scaled(b.apply("mul", a, b.constant(2))));
        terms.push(b.apply("mul", noise, b.apply("sqrt", scaled(variance))));
      }
      const [first, ...rest] = terms.length === 0 ? [start.get(variable)!] : terms;
      return [variable, rest.reduce((sum, term) => b.apply("add", sum, term), first!)];
    }),
  );
}

type Terms = Map<string, Value[]>;
type Solver = (
  system: System,
  linear: LinearSystem,
  group: readonly string[],
  scaled: (value: Value) => Value,
) => Terms;

/** One variable that no other of the system is coupled to. */
const alone: Solver = ({ b, start }, { rows, rest }, [variable], scaled) => {
  const x = start.get(variable!)!;
  const a = rows.get(variable!)!.get(variable!);
  const b0 = rest.get(variable!);
  const decayed = a === undefined ? x : b.apply("mul", exp(b, scaled(a)), x);
  if (b0 === undefined) return new Map([[variable!, [decayed]]]);
  const drive = a === undefined ? scaled(b0) : b.apply("mul", exprel(b, scaled(a)), scaled(b0));
  return new Map([[variable!, [decayed, drive]]]);
};

/** Several variables. One that is held does not move in the eyes of those that depend on it. */
const together: Solver = ({ b, start, held }, { rows, rest }, group, scaled) => {
  const still = (variable: string, value: Value): Value => {
    const mask = held(variable);
    const seen = group.some((other) => other !== variable && rows.get(other)!.has(variable));
    return mask === undefined || !seen ? value : b.apply("select", mask, b.constant(0), value);
  };
  const orNull = (variable: string, value: Value | undefined): Value | null =>
    value === undefined ? null : still(variable, scaled(value));
  const matrix = group.map((row) => group.map((column) => orNull(row, rows.get(row)!.get(column))));
  const drives = group.map((variable) => orNull(variable, rest.get(variable)));
  const { exponential, phi } = matrixPhi(b, matrix);
  const product = (x: Value | null, y: Value | null): Value[] =>
    x === null || y === null ? [] : [b.apply("mul", x, y)];
  return new Map(
    group.map((variable, i) => [
      variable,
      group.flatMap((other, j) => [
        ...product(exponential[i]![j]!, start.get(other)!),
        ...product(phi[i]![j]!, drives[j]!),
      ]),
    ]),
  );
};
