import { describe, expect, it } from "vitest";
import { experiment } from "../../../examples/learning/song-miller-abbott.ts";

describe(experiment.title, () => {
  it("is found as its sources say, and not without depression that is stronger", async () => {
    const { verdicts } = await experiment.run({ seed: 1, size: "test" });
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
    expect(verdicts).toHaveLength(6);
  }, 120_000);
});
