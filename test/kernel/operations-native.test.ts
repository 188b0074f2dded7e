/** The table of operations as vectors of C compute it: of every width, with the processor's instructions and without. */
import { createBuilder, operations, roundTo, verify, type OperationName, type Precision } from "@neuroweave/kernel";
import { describe, expect, it } from "vitest";
import { buildLibrary } from "../../packages/engine/src/native/index.ts";
import { compilerHere } from "../compiler.ts";
import { allBits } from "./bits.ts";
import { specialNumbers } from "./random-kernels.ts";
import { load, type Contents } from "./run-kernel.ts";

const column = (name: string) => ({ name, shape: "column" }) as const;

/** Where rounding to whole numbers changes its mind, and where there are no more halves. */
const halves = [
  0.5,
  1.5,
  2.5,
  0.49999999999999994,
  2 ** 22 + 0.5,
  2 ** 23 - 0.5,
  2 ** 51 + 0.5,
  2 ** 52 - 0.5,
  2 ** 52,
  2 ** 53,
];
const finite = [...specialNumbers, ...halves, ...halves.map((x) => -x), 2 ** -1022, 2 ** -126, 2 ** -149, 7]; // prettier-ignore
const pairs = finite.flatMap((x) => finite.map((y) => [x, y] as const));

/** `powerOfTwo` and `exponent` mean something within the normal numbers only. */
const normal = { f64: [-1022, 1023], f32: [-126, 127] } as const;

const ofFloats = (Object.keys(operations) as OperationName[]).filter(
  (op) => operations[op].args.every((type: string) => type === "float") && op !== "powerOfTwo" && op !== "exponent",
);

/** A kernel with one result for every operation, in the order of `names`. */
function table(precision: Precision) {
  const b = createBuilder({ precision, dt: 1, n: pairs.length });
  const [x, y, whole, sized] = ["x", "y", "whole", "sized"].map((name) => b.load(column(name))) as [number, number, number, number]; // prettier-ignore
  const results = new Map<string, number>();
  const less = b.apply("lt", x, y);
  const equal = b.apply("eq", x, y);
  const shown = (mask: number): number => b.apply("select", mask, b.constant(1), b.constant(-0));
  for (const op of ofFloats) {
    const value = b.apply(op, ...[x, y].slice(0, operations[op].args.length));
    results.set(op, operations[op].result === "mask" ? shown(value) : value);
  }
  results.set("powerOfTwo", b.apply("powerOfTwo", whole));
  results.set("exponent", b.apply("exponent", sized));
  results.set("and", shown(b.apply("and", b.apply("not", less), b.apply("not", equal))));
  results.set("or", shown(b.apply("or", less, equal)));
  results.set("not", shown(b.apply("not", less)));
  results.set("select", b.apply("select", less, x, y));
  results.set("rarely", b.apply("rarely", equal, b.apply("mul", x, b.apply("sub", y, b.constant(3))), y));
  for (const [name, value] of results) b.effect({ kind: "store", slot: `out ${name}`, value }, column(`out ${name}`));
  const [least, most] = normal[precision];
  const contents: Contents = {
    x: pairs.map(([each]) => each),
    y: pairs.map(([, each]) => each),
    whole: pairs.map((_, i) => least + (i % (most - least + 1))),
    sized: pairs.map((_, i) => (i % 2 ? -1 : 1) * roundTo(precision, 1 + (i % 97) / 97) * 2 ** (least + (i % (most - least)))),
  }; // prettier-ignore
  return { kernel: verify(b.finish("table")), names: [...results.keys()], contents };
}

const ahead = [
  ["as wide as the processor has them", ""],
  ["of 16 bytes", "#define VECTOR 16\n"],
  ["of 32 bytes", "#define VECTOR 32\n"],
  ["of 64 bytes", "#define VECTOR 64\n"],
  ["without instructions of the processor's own", "#define GENERIC\n"],
  ["of 16 bytes, without such instructions", "#define VECTOR 16\n#define GENERIC\n"],
  ["of 64 bytes, without such instructions", "#define VECTOR 64\n#define GENERIC\n"],
] as const;

describe.each(["f64", "f32"] as const)("operations in %s", (precision) => {
  it("are all in the table", () => {
    expect(table(precision).names.toSorted()).toEqual(Object.keys(operations).toSorted());
  });

  it.each(ahead)("have the bits of the reference on vectors %s", async (_, lines) => {
    const { kernel, names, contents } = table(precision);
    if (!compilerHere()) {
      await expect(buildLibrary("int x;")).rejects.toMatchObject({ code: "no-compiler" });
      return;
    }
    const [expected, actual] = [await load(kernel, "reference", contents), await load(kernel, "native", contents, lines)];
    for (const each of [expected, actual]) each.run(0, 1);
    for (const name of names) {
      const [a, b] = [actual, expected].map((each) => allBits(each.values(`out ${name}`))) as [string[], string[]];
      const wrong = a.flatMap((bits, i) => (bits === b[i] ? [] : [`${name} of ${pairs[i]!.join(", ")}: ${bits} instead of ${b[i]}`]));
      expect(wrong.slice(0, 5)).toEqual([]);
    }
  });
}); // prettier-ignore

describe.each(["f64", "f32"] as const)("spikes and doubts in %s", (precision) => {
  it.each(ahead)("are listed alike on vectors %s, however many neurons there are", async (_, lines) => {
    if (!compilerHere()) {
      await expect(buildLibrary("int x;")).rejects.toMatchObject({ code: "no-compiler" });
      return;
    }
    const n = 77;
    const b = createBuilder({ precision, dt: 1, n });
    const [x, y] = [b.load(column("x")), b.load(column("y"))];
    const fires = b.apply("ge", x, b.constant(1));
    b.effect({ kind: "spikes", mask: fires });
    b.effect({ kind: "finite", values: [x, y] });
    b.effect({ kind: "store", slot: "y", value: b.apply("add", y, x), when: fires }, column("y"));
    const kernel = verify(b.finish("spiking"));
    for (const at of [0, 1, 15, 16, 31, 63, 76]) {
      const x = Array.from({ length: n }, (_, i) => (i === at || i === 40 ? 2 : i % 3 === 2 ? -0 : 0.5));
      for (const y of [
        x.map(() => 1),
        x.map((_, i) => (i === at ? Infinity : 1)),
        x.map((_, i) => (i === at ? NaN : 1)),
      ]) {
        // prettier-ignore
        const [expected, actual] = [await load(kernel, "reference", { x, y }), await load(kernel, "native", { x, y }, lines)]; // prettier-ignore
        for (const each of [expected, actual]) each.run(0, 1);
        expect(actual.spikes()).toEqual(expected.spikes());
        expect(allBits(actual.values("y"))).toEqual(allBits(expected.values("y")));
        expect(actual.suspect()).toBe(expected.suspect());
      }
    }
  });
});
