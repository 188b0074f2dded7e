/** What an integration method sees: equations in mathematics, everything else as values of the kernel. */
import type { Expression } from "@neuroweave/equations";
import type { Builder } from "../builder.ts";
import type { Value } from "../ir.ts";
import { lowerNumber, type Scope } from "../lower.ts";

/** One part of a right-hand side: `value / factor`, or just `value`. */
interface RightHandPart {
  readonly factor: Expression | null;
  readonly value: Expression;
}

/** d`variable`/dt is the sum of its parts, in their order. */
export interface Derivative {
  readonly variable: string;
  readonly parts: readonly RightHandPart[];
}

/** Values of variables at a moment within the step. */
export type Point = ReadonlyMap<string, Value>;

/** The equations that advance together by one step of dt. */
export interface System {
  readonly b: Builder;
  readonly equations: readonly Derivative[];
  /** Values of the variables at the start of the step. */
  readonly start: Point;
  /** Everything that is not integrated here, held for the step. */
  readonly scope: Scope;
  /** Variables that another method solves exactly, at a fraction of the step. */
  readonly others: (fraction: number) => Point;
  /** Mask of the neurons whose variable stands still in this step, if it can. */
  readonly held: (variable: string) => Value | undefined;
  /** The spike threshold of a variable, at which stages after the first are clipped. */
  readonly ceiling: (variable: string) => Value | undefined;
  /** Whether a name keeps its value while the network runs: a parameter. */
  readonly isConstant: (name: string) => boolean;
}

/** How an equation is advanced. One file each. */
export interface Method {
  readonly name: string;
  /** Convergence order for smooth deterministic systems. */
  readonly order: number;
  /** Where it comes from. */
  readonly source: string;
  /** Which white noise it takes: none of the shipped methods refuses additive noise. */
  readonly noise: "additive" | "multiplicative";
  /** Values after the step. */
  readonly advance: (system: System) => Point;
}

/** The scope of a stage: the integrated variables have their stage values. */
export function stageScope(system: System, point: Point, fraction: number): Scope {
  const others = system.others(fraction);
  return {
    ...system.scope,
    symbol: (name) => point.get(name) ?? others.get(name) ?? system.scope.symbol(name),
  };
}

/** dt/factor, or dt. */
export function stepOver(b: Builder, factor: Expression | null, scope: Scope): Value {
  return factor === null ? b.constant(b.dt) : b.apply("div", b.constant(b.dt), lowerNumber(b, factor, scope));
}

/** f·(dt/factor), summed over the parts of an equation; zero where the variable is held. */
export function increment(system: System, equation: Derivative, scope: Scope): Value {
  const { b } = system;
  const sum = equation.parts
    .map(({ factor, value }) => b.apply("mul", lowerNumber(b, value, scope), stepOver(b, factor, scope)))
    .reduce((left, right) => b.apply("add", left, right));
  return standStill(system, equation.variable, sum);
}

/** Zero where the variable is held, otherwise the value. */
export function standStill(system: System, variable: string, value: Value): Value {
  const held = system.held(variable);
  return held === undefined ? value : system.b.apply("select", held, system.b.constant(0), value);
}

/** Increments of all variables at a point. */
export function increments(system: System, point: Point, fraction: number): Point {
  const scope = stageScope(system, point, fraction);
  return new Map(system.equations.map((equation) => [equation.variable, increment(system, equation, scope)]));
}

/** start + Σ weight·increment for every variable; weights of zero are left out. */
export function combine(system: System, terms: readonly (readonly [number, Point])[]): Point {
  const { b } = system;
  const sumFor = (variable: string): Value =>
    terms
      .filter(([weight]) => weight !== 0)
      .map(([weight, point]) => b.apply("mul", point.get(variable)!, b.constant(weight)))
      .reduce((left, right) => b.apply("add", left, right));
  return new Map(
    system.equations.map(({ variable }) => [variable, b.apply("add", system.start.get(variable)!, sumFor(variable))]),
  );
}

/** A stage point, clipped at the spike thresholds so that exponential models survive every method. */
export function clipped(system: System, point: Point): Point {
  return new Map(
    [...point].map(([variable, value]) => {
      const ceiling = system.ceiling(variable);
      return [variable, ceiling === undefined ? value : system.b.apply("min", value, ceiling)];
    }),
  );
}

/** dx/dt itself: Σ f/factor at the start of the step, zero where the variable is held. */
export function rightHandSide(system: System, { variable, parts }: Derivative): Value {
  const { b, scope } = system;
  const sum = parts
    .map(({ factor, value }) => {
      const f = lowerNumber(b, value, scope);
      return factor === null ? f : b.apply("div", f, lowerNumber(b, factor, scope));
    })
    .reduce((left, right) => b.apply("add", left, right));
  return standStill(system, variable, sum);
}
