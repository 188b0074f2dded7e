import { describe, expect, it } from "vitest";
import { experiment } from "../../../examples/learning/force-sine.ts";

describe(experiment.title, () => {
  it("holds for rates and for spikes, and not without learning", async () => {
    const { verdicts } = await experiment.run({ seed: 1, size: "test" });
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
    expect(verdicts).toHaveLength(8);
  }, 120_000);
});
