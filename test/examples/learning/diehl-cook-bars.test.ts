import { describe, expect, it } from "vitest";
import { experiment } from "../../../examples/learning/diehl-cook-bars.ts";

describe(experiment.title, () => {
  it("is done with all that the source has, and is worse without any of it", async () => {
    const { verdicts } = await experiment.run({ seed: 1, size: "test" });
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
    expect(verdicts).toHaveLength(5);
  }, 120_000);
});
