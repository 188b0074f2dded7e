import { describe, expect, it } from "vitest";
import { experiment } from "../../../examples/learning/liquid-state-machine.ts";

describe(experiment.title, () => {
  it("and remembers them, which neurons that do not reach one another do not", async () => {
    const { verdicts } = await experiment.run({ seed: 1, size: "test" });
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
    expect(verdicts).toHaveLength(5);
  }, 120_000);
});
