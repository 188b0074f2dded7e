import { describe, expect, it } from "vitest";
import { experiment } from "../../../examples/learning/triplet-frequency.ts";

describe(experiment.title, () => {
  it("follows the experiment with triplets, and not with pairs", async () => {
    const { verdicts } = await experiment.run({ seed: 1, size: "test" });
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
    expect(verdicts).toHaveLength(5);
  }, 60_000);
});
