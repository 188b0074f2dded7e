/** Kernels as statements: an emitter that writes them down one after another finds all that they need. */
import { verify, type Effect, type Kernel, type Value } from "@neuroweave/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { place } from "../../packages/kernel/src/emit/regions.ts";
import { statementsOf, type Statement } from "../../packages/kernel/src/emit/statements.ts";
import { kernelOf, kernelText, recipes } from "./random-kernels.ts";

const neededBy = (effect: Effect): readonly Value[] => {
  if (effect.kind === "finite") return effect.values;
  return [effect.kind === "spikes" ? effect.mask : effect.value];
};

/** What is wrong with the statements of a kernel where every branch is a block of its own, as in C. */
function faultsOf(kernel: Kernel): string[] {
  const { instructions, effects } = kernel;
  const { prologue, body } = statementsOf(kernel);
  const faults: string[] = [];
  const unsettled = new Set<Value>();
  const happened: Effect[] = [];
  // Rows are loaded ahead of everything.
  const seldom = new Set(place(kernel).regions.flatMap(({ inside }) => inside).filter((value) => instructions[value]!.op !== "loadRow")); // prettier-ignore
  const follow = (statements: readonly Statement[], known: Set<Value>, branch?: Value): void => {
    const use = (value: Value, user: string): void => {
      if (!known.has(value)) faults.push(`${user} needs ${value}, which is not known there`);
      if (unsettled.has(value)) faults.push(`${user} needs ${value}, which has its usual side only`);
    };
    const define = (value: Value, needs: readonly Value[]): void => {
      for (const each of needs) use(each, `${value}`);
      if (branch === undefined && seldom.has(value)) faults.push(`${value} is seldom needed and always computed`);
      if (known.has(value)) faults.push(`${value} is defined where it is known`);
      known.add(value);
    };
    for (const statement of statements) {
      if (statement.kind === "branch") {
        use(statement.mask, "a branch");
        follow(statement.body, new Set(known), statement.mask);
      } else if (statement.kind === "effect") {
        for (const value of neededBy(statement.effect)) use(value, statement.effect.kind);
        happened.push(statement.effect);
      } else {
        const { value, kind } = statement;
        const { args } = instructions[value]!;
        if (kind === "define") define(value, args);
        else if (kind === "usual") {
          define(value, [args[0]!, args[2]!]);
          unsettled.add(value);
        } else {
          use(args[1]!, `the seldom side of ${value}`);
          if (!unsettled.delete(value)) faults.push(`${value} becomes its seldom side, but not after its usual side`);
        }
      }
    }
  };
  const known = new Set<Value>();
  follow(prologue, known);
  follow(body, known);
  for (const value of unsettled) faults.push(`${value} never becomes its seldom side`);
  for (const effect of effects) {
    const times = happened.filter((each) => each === effect).length;
    if (times !== 1) faults.push(`${effect.kind} happens ${times} times`);
  }
  return faults;
}

describe("the statements of a kernel", () => {
  it("need only what is known there and settled, and compute in branches only what is seldom needed", () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const kernel = verify(kernelOf(recipe, { precision: "f64", n: 3 }));
        expect(faultsOf(kernel), kernelText(kernel)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
