import { expect, it } from "vitest";
import { twoPatternsExperiment } from "../../../examples/learning/two-patterns.ts";

it("STDP divides two patterns between two neurons, and rewards decide which has which", async () => {
  const { verdicts } = await twoPatternsExperiment.run({ seed: 1, size: "test" });
  expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
  expect(verdicts).toHaveLength(4);
}, 120_000);
