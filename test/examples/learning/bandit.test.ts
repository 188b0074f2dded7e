import { describe, expect, it } from "vitest";
import { experiment } from "../../../examples/learning/bandit.ts";

describe(experiment.title, () => {
  it("in nearly all seeds, and not without learning", async () => {
    const { verdicts } = await experiment.run({ seed: 1, size: "test" });
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
    expect(verdicts).toHaveLength(2);
  }, 120_000);
});
