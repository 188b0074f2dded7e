import { print, type Expression } from "@neuroweave/equations";
import {
  createBuilder,
  lowerNumber,
  operations,
  verify,
  type Kernel,
  type OperationName,
  type Precision,
} from "@neuroweave/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { symbols, typedExpressions } from "../equations/random-expressions.ts";
import { allBits } from "./bits.ts";
import { anyNumber, specialNumbers } from "./random-kernels.ts";
import { load, type KernelDevice } from "./run-kernel.ts";

const zero = 0;
const devices: readonly KernelDevice[] = ["reference", "wasm"];
const precisions = ["f64", "f32"] as const;

/** One neuron for each pair of numbers. */
const pairs = specialNumbers.flatMap((x) => specialNumbers.map((y) => [x, y] as const));

/** Columns `x` and `y` hold the pairs; `out` becomes what `make` makes of them. */
function overPairs(precision: Precision, make: Parameters<typeof binaryKernel>[1]) {
  return { kernel: binaryKernel(precision, make), contents: { x: pairs.map(([x]) => x), y: pairs.map(([, y]) => y) } };
}

function binaryKernel(
  precision: Precision,
  make: (b: ReturnType<typeof createBuilder>, x: number, y: number) => number,
): Kernel {
  const b = createBuilder({ precision, dt: 1, n: pairs.length });
  const [x, y] = ["x", "y"].map((name) => b.load({ name, shape: "column" }));
  b.effect({ kind: "store", slot: "out", value: make(b, x!, y!) }, { name: "out", shape: "column" });
  return verify(b.finish("pairs"));
}

const floatOperations = (Object.keys(operations) as OperationName[]).filter(
  (op) =>
    operations[op].result === "float" &&
    operations[op].args.every((type: string) => type === "float") &&
    // Their meaning ends outside the normal numbers; the library keeps within.
    op !== "powerOfTwo" &&
    op !== "exponent",
);
const comparisons = (Object.keys(operations) as OperationName[]).filter(
  (op) => operations[op].result === "mask" && operations[op].args.every((type: string) => type === "float"),
);

describe.each(precisions)("an operation in %s", (precision) => {
  it.each(floatOperations)(
    "%s gives the same bits on every device and where its operands are constants",
    async (op) => {
      const { kernel, contents } = overPairs(precision, (b, ...xy) =>
        b.apply(op, ...xy.slice(0, operations[op].args.length)),
      );
      const round = precision === "f32" ? Math.fround : (x: number) => x;
      const folded = pairs.map((pair) => {
        const b = createBuilder({ precision, dt: 1, n: 1 });
        return b.constantOf(b.apply(op, ...pair.slice(0, operations[op].args.length).map((x) => b.constant(x))))!;
      });
      for (const device of devices) {
        const running = await load(kernel, device, contents);
        running.run(0, 1);
        expect(allBits(running.values("out")), device).toEqual(allBits(folded.map(round)));
      }
    },
  );

  it.each(comparisons)("%s decides alike on every device and where its operands are constants", async (op) => {
    const { kernel, contents } = overPairs(precision, (b, x, y) =>
      b.apply("select", b.apply(op, x, y), b.constant(1), b.constant(0)),
    );
    const folded = pairs.map(([x, y]) => {
      const b = createBuilder({ precision, dt: 1, n: 1 });
      const mask = b.apply(op, b.constant(x), b.constant(y));
      return b.constantOf(b.apply("select", mask, b.constant(1), b.constant(0)))!;
    });
    for (const device of devices) {
      const running = await load(kernel, device, contents);
      running.run(0, 1);
      expect(running.values("out"), device).toEqual(folded);
    }
  });
});

/** `out` becomes the value of an expression; symbols in `folded` are constants, the others are columns. */
function expressionKernel(
  expression: Expression,
  precision: Precision,
  folded: ReadonlyMap<string, number>,
  n: number,
): Kernel {
  const b = createBuilder({ precision, dt: 1, n });
  const outside = (): never => {
    throw new Error("there are no draws and no past values here");
  };
  const symbol = (name: string): number => {
    const known = folded.get(name);
    return known === undefined ? b.load({ name, shape: "column" }) : b.constant(known);
  };
  const value = lowerNumber(b, expression, { symbol, stream: outside, delayed: outside });
  b.effect({ kind: "store", slot: "out", value }, { name: "out", shape: "column" });
  return verify(b.finish("expression"));
}

const valuesOfSymbols = fc.tuple(...symbols.map(() => anyNumber));
const whichAreFolded = fc.tuple(...symbols.map(() => fc.boolean()));

describe.each(precisions)("an expression in %s", (precision) => {
  it("gives the same bits with symbols folded as with symbols read from memory, on every device", async () => {
    await fc.assert(
      fc.asyncProperty(
        typedExpressions().number,
        valuesOfSymbols,
        whichAreFolded,
        async (expression, values, which) => {
          const all = new Map(symbols.map((name, index) => [name, values[index]!]));
          const some = new Map([...all].filter((_, index) => which[index]));
          const contents = Object.fromEntries([...all].map(([name, x]) => [name, [x]]));
          const results: string[] = [];
          for (const device of devices)
            for (const folded of [new Map<string, number>(), some, all]) {
              const running = await load(expressionKernel(expression, precision, folded, 1), device, contents);
              running.run(0, 1);
              results.push(...allBits(running.values("out")));
            }
          expect(new Set(results).size, `${print(expression)} gives ${results.join(", ")}`).toBe(1);
        },
      ),
      { numRuns: 80, interruptAfterTimeLimit: 40_000 },
    );
  });

  it("gives the same bits in a rewritten form as in the plain one", async () => {
    const same: readonly [string, Parameters<typeof binaryKernel>[1], (x: number, y: number) => number][] = [
      ["x + -0", (b, x) => b.apply("add", x, b.constant(-0)), (x) => x + -0],
      ["-0 + x", (b, x) => b.apply("add", b.constant(-0), x), (x) => -0 + x],
      ["x + 0", (b, x) => b.apply("add", x, b.constant(0)), (x) => x + 0],
      ["x - 0", (b, x) => b.apply("sub", x, b.constant(0)), (x) => x - 0],
      ["x - -0", (b, x) => b.apply("sub", x, b.constant(-0)), (x) => x - -0],
      ["0 - x", (b, x) => b.apply("sub", b.constant(0), x), (x) => 0 - x],
      ["x + (-y)", (b, x, y) => b.apply("add", x, b.apply("neg", y)), (x, y) => x + -y],
      ["x - (-y)", (b, x, y) => b.apply("sub", x, b.apply("neg", y)), (x, y) => x - -y],
      ["-(-x)", (b, x) => b.apply("neg", b.apply("neg", x)), (x) => x],
      ["x * 1", (b, x) => b.apply("mul", x, b.constant(1)), (x) => x],
      ["x * -1", (b, x) => b.apply("mul", x, b.constant(-1)), (x) => -x],
      ["-1 * x", (b, x) => b.apply("mul", b.constant(-1), x), (x) => -x],
      ["x * 0", (b, x) => b.apply("mul", x, b.constant(0)), (x) => zero * x],
      ["x / 1", (b, x) => b.apply("div", x, b.constant(1)), (x) => x],
      ["x / 8", (b, x) => b.apply("div", x, b.constant(8)), (x) => x / 8],
      ["x / -2^-100", (b, x) => b.apply("div", x, b.constant(-(2 ** -100))), (x) => x / -(2 ** -100)],
      ["x / 2^127", (b, x) => b.apply("div", x, b.constant(2 ** 127)), (x) => x / 2 ** 127],
      ["x / 3", (b, x) => b.apply("div", x, b.constant(3)), (x) => x / 3],
      ["x / 0", (b, x) => b.apply("div", x, b.constant(0)), (x) => x / 0],
      ["x - x", (b, x) => b.apply("sub", x, x), (x) => x - x],
      ["x / x", (b, x) => b.apply("div", x, x), (x) => x / x],
      ["min(x, x)", (b, x) => b.apply("min", x, x), (x) => x],
      ["max(x, 0)", (b, x) => b.apply("max", x, b.constant(0)), (x) => Math.max(x, 0)],
      ["max(x, 3)", (b, x) => b.apply("max", x, b.constant(3)), (x) => Math.max(x, 3)],
      ["min(x, -3)", (b, x) => b.apply("min", x, b.constant(-3)), (x) => Math.min(x, -3)],
      ["max(x - 1, 0)", (b, x) => b.apply("max", b.apply("sub", x, b.constant(1)), b.constant(0)), (x) => Math.max(x - 1, 0)],
      ["max(x - 0, 0)", (b, x) => b.apply("max", b.apply("sub", x, b.constant(0)), b.constant(0)), (x) => Math.max(x, 0)],
      ["min(x - 1, -0)", (b, x) => b.apply("min", b.apply("sub", x, b.constant(1)), b.constant(-0)), (x) => Math.min(x - 1, -0)],
      ["x < y ? x : x", (b, x, y) => b.apply("select", b.apply("lt", x, y), x, x), (x) => x],
      ["not not", (b, x, y) => b.apply("select", b.apply("not", b.apply("not", b.apply("lt", x, y))), x, y), (x, y) => (x < y ? x : y)],
      ["m and m", (b, x, y) => b.apply("select", b.apply("and", b.apply("lt", x, y), b.apply("lt", x, y)), x, y), (x, y) => (x < y ? x : y)],
    ]; // prettier-ignore
    const round = precision === "f32" ? Math.fround : (x: number) => x;
    for (const [text, make, plain] of same)
      for (const device of devices) {
        const { kernel, contents } = overPairs(precision, make);
        const running = await load(kernel, device, contents);
        running.run(0, 1);
        const expected = pairs.map(([x, y]) => round(plain(round(x), round(y))));
        expect(allBits(running.values("out")), `${text} on ${device}`).toEqual(allBits(expected));
      }
  });
});
