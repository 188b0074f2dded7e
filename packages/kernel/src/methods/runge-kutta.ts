/** Explicit Runge–Kutta methods from their Butcher tableaux. */
import { clipped, combine, increments, type Method, type Point, type System } from "./system.ts";

/** A tableau: stage j stands at fraction `nodes[j]` and is reached by row `stages[j]` of weights of the increments before it. */
interface Tableau {
  readonly nodes: readonly number[];
  readonly stages: readonly (readonly number[])[];
  /** The result is start + (Σ weights·increments) / divisor. */
  readonly weights: readonly number[];
  readonly divisor?: number;
}

/** The method of a tableau. */
export function rungeKutta(name: string, order: number, source: string, tableau: Tableau): Method {
  return { name, order, source, noise: "additive", advance: (system) => advance(system, tableau) };
}

function advance(system: System, { nodes, stages, weights, divisor }: Tableau): Point {
  const slopes: Point[] = [];
  nodes.forEach((node, stage) => {
    const terms = slopes.map((slope, j) => [stages[stage]![j]!, slope] as const);
    const point = stage === 0 ? system.start : clipped(system, combine(system, terms));
    slopes.push(increments(system, point, node));
  });
  if (divisor === undefined)
    return combine(
      system,
      slopes.map((slope, j) => [weights[j]!, slope] as const),
    );
  const { b } = system;
  return new Map(
    system.equations.map(({ variable }) => {
      const sum = slopes
        .map((slope, j) => b.apply("mul", slope.get(variable)!, b.constant(weights[j]!)))
        .reduce((left, right) => b.apply("add", left, right));
      const mean = b.apply("div", sum, b.constant(divisor));
      return [variable, b.apply("add", system.start.get(variable)!, mean)];
    }),
  );
}
