import { describe, expect, it } from "vitest";
import { experiment } from "../../../examples/learning/clopath-pairing.ts";

describe(experiment.title, () => {
  it("agrees with NEST, and depends on order and frequency as the paper says", async () => {
    const { verdicts } = await experiment.run({ seed: 1, size: "test" });
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
    expect(verdicts).toHaveLength(5);
  }, 60_000);
});
