/** Random compositions of behaviors, as texts that shrink and can be read. */
import {
  binary,
  conditional,
  delayed,
  draw,
  mapExpression,
  num,
  print,
  sym,
  type Expression,
  type FunctionName,
} from "@neuroweave/equations";
import { defineBehavior, Phase, Refractory, type Ingredient, type MethodName } from "neuroweave";
import fc from "fast-check";
import { typedExpressions } from "../equations/random-expressions.ts";

/** What stands behind the names of random expressions: variables, parameters, draws, the past, a table, time. */
const leaves: Readonly<Record<string, Expression>> = {
  x0: sym("x0"),
  x1: sym("x1"),
  x2: sym("x2"),
  p0: sym("p0"),
  p1: sym("p1"),
  spiked: sym("spike"),
  index: sym("i"),
  time: binary("/", sym("t"), sym("p_t")),
  listed: sym("listed"),
  flat: draw("uniform", [num(-1), sym("p1")], "0"),
  bell: draw("normal", [sym("x1"), num(0.5)], "0"),
  early: delayed("x0", num(0.3)),
  earlier: delayed("x2", num(0.7)),
};

const functions: readonly FunctionName[] = [
  "exp", "log", "sqrt", "abs", "sign", "sin", "cos", "tan", "sinh", "cosh", "tanh", "pow", "exprel",
  "floor", "ceil", "round", "min", "max", "clip",
]; // prettier-ignore

const numbers = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom(0.5, 0.1, 1e-3, 1e3, 1e-310, 1e300));

const expressions = typedExpressions({ names: Object.keys(leaves), functions, numbers });

const spelledOut = (expression: Expression): Expression =>
  mapExpression(expression, (node) => (node.kind === "symbol" ? (leaves[node.name] ?? node) : node));

const numberText = expressions.number.map((each) => print(spelledOut(each)));
const conditionText = expressions.boolean.map((each) => print(spelledOut(each)));

/** Lines that leave in `name` a number of modest size, whatever the expression gives. */
const bounded = (name: string, text: string): string =>
  `let ${name}_raw = ${text}\nlet ${name} = ${print(
    conditional(
      binary("and", binary(">", sym(`${name}_raw`), num(-3)), binary("<", sym(`${name}_raw`), num(3))),
      sym(`${name}_raw`),
      num(0.5),
    ),
  )}`;

/** A behavior beside the core: one bounded expression, and what it does with it. */
interface Addition {
  readonly text: string;
  readonly does: "dx0/dt += g" | "p1 * dx1/dt += g" | "I += g" | "own" | "x2";
  readonly priority: number;
}

export interface RandomModel {
  readonly slopes: readonly [string, string, string];
  readonly threshold: string;
  readonly requires: string | null;
  readonly reset: string;
  readonly jump: string;
  readonly additions: readonly Addition[];
  readonly refractory: "none" | "x0" | "all";
  readonly noise: boolean;
  readonly method: MethodName;
}

const additions: fc.Arbitrary<Addition> = fc.record({
  text: numberText,
  does: fc.constantFrom("dx0/dt += g", "p1 * dx1/dt += g", "I += g", "own", "x2"),
  priority: fc.constantFrom(Phase.Input, Phase.Current, Phase.Competition, Phase.Firing, 345.5, Phase.Trace),
});

export const randomModels: fc.Arbitrary<RandomModel> = fc.record({
  slopes: fc.tuple(numberText, numberText, numberText),
  threshold: numberText,
  requires: fc.option(conditionText),
  reset: numberText,
  jump: numberText,
  additions: fc.array(additions, { maxLength: 4 }),
  refractory: fc.constantFrom("none", "x0", "all"),
  noise: fc.boolean(),
  method: fc.constantFrom<MethodName[]>(
    "euler",
    "heun",
    "midpoint",
    "ralston",
    "rk4",
    "exponentialEuler",
    "eulerMaruyama",
  ),
});

/** The behaviors of a random model for n neurons. */
export function ingredientsOf(model: RandomModel, n: number): readonly Ingredient[] {
  const core = defineBehavior({
    name: "core",
    parameters: { p0: { default: 0.4 }, p1: { default: 1.7 }, p_t: { default: 2 }, sigma: { default: 0.3 } },
    state: { x0: { init: 0.3 }, x1: { init: -0.2 }, x2: { init: 1 } },
    inputs: { I: { default: 0 } },
    tables: { listed: { values: [0.5, -1, 2, 0], every: 0.4 } },
    equations: [
      ...model.slopes.map((text, index) => bounded(`s${index}`, text)),
      `dx0/dt += s0 + I${model.noise ? " + sigma * xi" : ""}`,
      `p1 * dx1/dt += s1 - x1`,
      `dx2/dt = s2`,
    ].join("\n"),
    spike: `x0 >= clip(${model.threshold}, -0.5, 0.5)`,
    ...(model.requires === null ? {} : { spikeRequires: model.requires }),
    onSpike: `${bounded("r", model.reset)}\n${bounded("j", model.jump)}\nx0 = r - 1\nx1 += j`,
  });
  const others = model.additions.map(({ text, does, priority }, index) => {
    const common = { name: `addition${index}`, priority };
    const body = bounded("g", text);
    if (does === "own")
      return defineBehavior({ ...common, state: { [`y${index}`]: { init: 0 } }, equations: `${body}\ny${index} = g` });
    if (does === "x2") return defineBehavior({ ...common, equations: `${body}\nx2 += g` });
    return defineBehavior({ ...common, equations: `${body}\n${does}` });
  });
  const p0 = Array.from({ length: n }, (_, i) => (i % 3) - 0.75);
  return [
    core({ p0 }),
    ...others.map((other) => other({})),
    ...(model.refractory === "none"
      ? []
      : [Refractory({ tau_ref: 0.3, hold: model.refractory === "all" ? "all" : ["x0"] })]),
  ] as readonly Ingredient[];
}
