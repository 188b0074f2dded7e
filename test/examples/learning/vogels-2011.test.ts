import { describe, expect, it } from "vitest";
import { experiment } from "../../../examples/learning/vogels-2011.ts";

describe(experiment.title, () => {
  it("is found from nothing, and not without plasticity", async () => {
    const { verdicts } = await experiment.run({ seed: 1, size: "test" });
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
    expect(verdicts).toHaveLength(5);
  }, 60_000);
});
