import { print, type Expression } from "@neuroweave/equations";
import {
  Adaptation,
  AELIF,
  createNetwork,
  CurrentInput,
  defineBehavior,
  defineModel,
  ExponentialUpstroke,
  Fire,
  Leak,
  LIF,
  type Ingredient,
  type MethodName,
} from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { typedExpressions } from "../equations/random-expressions.ts";

/** The program of one population of three neurons. */
function codeOf(
  ingredients: readonly Ingredient[],
  { method, precision = "f64" }: { method?: MethodName; precision?: "f64" | "f32" } = {},
): string {
  const net = createNetwork({ dt: 0.1, precision });
  net.population("cells", 3, ingredients as never, method === undefined ? {} : { method });
  return net.explain({ code: true }).code!;
}

const membrane = {
  tau: { default: 10, unit: "ms" },
  v_rest: { default: -65, unit: "mV" },
  R: { default: 1, unit: "MOhm" },
  threshold: { default: -50, unit: "mV" },
  v_reset: { default: -70, unit: "mV" },
} as const;

const lifInOneBlock = defineBehavior({
  name: "everything",
  parameters: membrane,
  state: { v: { init: "v_rest", unit: "mV" } },
  inputs: { I: { default: 0 } },
  equations: "tau * dv/dt = v_rest - v + R * I",
  spike: "v >= threshold",
  onSpike: "v = v_reset",
});

const aelifInOneBlock = defineBehavior({
  name: "everything",
  parameters: {
    ...membrane,
    delta: { default: 2, unit: "mV" },
    theta_rh: { default: -55, unit: "mV" },
    alpha: { default: 0.1, unit: "uS" },
    beta: { default: 0.5, unit: "nA" },
    w_tau: { default: 100, unit: "ms" },
  },
  state: { v: { init: "v_rest", unit: "mV" }, omega: { init: 0, unit: "nA" } },
  inputs: { I: { default: 0 } },
  equations: `
    tau * dv/dt = v_rest - v + R * I + delta * exp((v - theta_rh) / delta) - R * omega
    w_tau * domega/dt = alpha * (v - v_rest) - omega
  `,
  spike: "v >= threshold",
  onSpike: `
    v = v_reset
    omega += beta
  `,
});

const values = { R: 5, tau: 10, threshold: -45, v_reset: -70, v_rest: -65, I: 3 };
const more = { delta: 2, theta_rh: -55, alpha: 0.1, beta: 0.5, w_tau: 100 };
const methods = [
  "euler",
  "heun",
  "midpoint",
  "ralston",
  "rk4",
  "exponentialEuler",
  "eulerMaruyama",
  "milstein",
] as const;

describe.each(["f64", "f32"] as const)("the program of a composed model in %s", (precision) => {
  it.each(methods)("is that of the same equations in one block, by %s", (method) => {
    const options = { method, precision };
    const composed = defineModel("composed", [Leak, CurrentInput, Fire, ExponentialUpstroke, Adaptation]);
    const block = codeOf([aelifInOneBlock({ ...values, ...more })], options);
    expect(codeOf([composed({ ...values, ...more })], options)).toBe(block);
    expect(codeOf([AELIF({ ...values, ...more })], options)).toBe(block);
    expect(codeOf([LIF(values)], options)).toBe(codeOf([lifInOneBlock(values)], options));
  });

  it("is that of one block with values of every neuron's own, too", () => {
    const own = { ...values, ...more, R: [5, 6, 7], beta: [0, 1, 2] };
    const [composed, block] = [codeOf([AELIF(own)], { precision }), codeOf([aelifInOneBlock(own)], { precision })];
    // Where a column lies depends on who declares it first; nothing else may differ.
    const withoutAddresses = (code: string): string => code.replaceAll(/offset=\d+/g, "offset=…");
    expect(withoutAddresses(composed)).toBe(withoutAddresses(block));
  });

  it("does not show where in the list a behavior stands that adds to no sum", () => {
    const parts = { leak: Leak(), input: CurrentInput(), fire: Fire() };
    const first = codeOf([parts.leak, parts.input, parts.fire], { precision });
    expect(codeOf([parts.leak, parts.fire, parts.input], { precision })).toBe(first);
  });
});

const { number: terms } = typedExpressions({
  names: ["x", "y", "a", "b"],
  numbers: fc.constantFrom(0, 1, 2, 0.5, 1e-3),
});

/** A term as it stands in a sum: what begins with a minus is subtracted. */
const inSum = (term: Expression): string => (term.kind === "conditional" ? `(${print(term)})` : print(term));

const declared = {
  parameters: { a: { default: 0.3 }, b: { default: 0 }, k: { default: 4 } },
  state: { x: { init: 0.1 }, y: { init: 0.2 } },
  inputs: { I: { default: 0.4 } },
} as const;

describe("terms that several behaviors contribute", () => {
  it("compile to the program of the sum written in one line, wherever the line is cut", () => {
    fc.assert(
      fc.property(
        fc.array(terms, { minLength: 1, maxLength: 4 }),
        fc.array(terms, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...methods),
        (slopes, inputs, method) => {
          const sum = (all: readonly Expression[]): string =>
            all.map(inSum).reduce((line, term) => line + (term.startsWith("-") ? ` - ${term.slice(1)}` : ` + ${term}`));
          const block = defineBehavior({
            name: "block",
            ...declared,
            equations: `k * dx/dt = ${sum(slopes)}\ndy/dt = I\nI += ${sum(inputs)}`,
          });
          const first = defineBehavior({
            name: "first",
            ...declared,
            equations: `k * dx/dt += ${inSum(slopes[0]!)}\ndy/dt += I\nI += ${inSum(inputs[0]!)}`,
          });
          const rest = [
            ...slopes.slice(1).map((term) => `k * dx/dt += ${inSum(term)}`),
            ...inputs.slice(1).map((term) => `I += ${inSum(term)}`),
          ].map((equations, index) => defineBehavior({ name: `part${index}`, equations }));
          const parts = [first(), ...rest.map((part) => part({}))] as readonly Ingredient[];
          expect(codeOf(parts, { method })).toBe(codeOf([block()], { method }));
        },
      ),
      { numRuns: 60, interruptAfterTimeLimit: 40_000 },
    );
  });
});
