import { describe, expect, it } from "vitest";
import { experiment } from "../../../examples/learning/masquelier-2008.ts";

describe(experiment.title, () => {
  it("is done by pairs that are made once, and not by others or with a coarse step", async () => {
    const { verdicts } = await experiment.run({ seed: 1, size: "test" });
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
    expect(verdicts).toHaveLength(7);
  }, 120_000);
});
