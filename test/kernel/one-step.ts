/** One step of a method by itself: equations as text, numbers for every name, on the reference. */
import { parseStatements } from "@neuroweave/equations";
import {
  createBuilder,
  exactSolution,
  methods,
  rightHandSide,
  verify,
  type Derivative,
  type MethodName,
  type Point,
  type System,
} from "@neuroweave/kernel";
import { load } from "./run-kernel.ts";

export interface Step {
  readonly equations: string;
  /** Of variables, at the start of the step, and of parameters. */
  readonly values: Readonly<Record<string, number>>;
  readonly dt: number;
  /** Variables that stand still. */
  readonly held?: readonly string[];
  /** Names of `values` that are no parameters, and may change. */
  readonly varying?: readonly string[];
}

/** Derivatives in the order in which they are written; those of one variable are parts of one equation. */
function derivativesOf(text: string): Derivative[] {
  const found = new Map<string, Derivative["parts"]>();
  for (const each of parseStatements(text)) {
    if (each.kind !== "derivative") throw new Error(`${text} is no differential equation`);
    found.set(each.variable, [...(found.get(each.variable) ?? []), { factor: each.factor, value: each.value }]);
  }
  return [...found].map(([variable, parts]) => ({ variable, parts }));
}

/** All white noise is one stream: its number is the same wherever it stands. */
const stream = { low: 11, high: 12 };

async function computed(step: Step, solve: (system: System) => Point): Promise<Record<string, number>> {
  const { equations: text, values, dt, held = [], varying = [] } = step;
  const b = createBuilder({ precision: "f64", dt, n: 1 });
  const equations = derivativesOf(text);
  const read = (name: string) => b.load({ name, shape: "column" });
  const variables = new Set(equations.map(({ variable }) => variable));
  const system: System = {
    b,
    equations,
    start: new Map([...variables].map((name) => [name, read(name)])),
    scope: { symbol: read, stream: () => stream, delayed: () => b.constant(Number.NaN) },
    others: () => new Map(),
    held: (variable) => (held.includes(variable) ? b.apply("eq", read(variable), read(variable)) : undefined),
    ceiling: () => undefined,
    isConstant: (name) => !variables.has(name) && !varying.includes(name),
  };
  const results = solve(system);
  for (const [variable, value] of results)
    b.effect({ kind: "store", slot: `${variable} after`, value }, { name: `${variable} after`, shape: "column" });
  const running = await load(
    verify(b.finish("step")),
    "reference",
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]])),
  );
  running.run(5, 1);
  return Object.fromEntries([...results.keys()].map((variable) => [variable, running.values(`${variable} after`)[0]!]));
}

/** What the variables are after the step. */
export const advanced = (method: MethodName, step: Step): Promise<Record<string, number>> =>
  computed(step, (system) => methods[method].advance(system));

/** What they are by the exact solution after a part of the step. */
export const solvedAt = (fraction: number, step: Step): Promise<Record<string, number>> =>
  computed(step, (system) => exactSolution(system)(fraction));

/** Derivatives at the start of the step. */
export const slopes = (step: Step): Promise<Record<string, number>> =>
  computed(
    step,
    (system) => new Map(system.equations.map((equation) => [equation.variable, rightHandSide(system, equation)])),
  );

/** The increment of the noise in one step, ξ·dt. */
export const wiener = async (dt: number): Promise<number> =>
  (await advanced("eulerMaruyama", { equations: "dx/dt = xi", values: { x: 0 }, dt }))["x"]!;
