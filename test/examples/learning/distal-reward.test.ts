import { expect, it } from "vitest";
import { distalReward } from "../../../examples/learning/distal-reward.ts";

it("a synapse that is rewarded late grows above all others, and not if rewards come at random", async () => {
  const { verdicts } = await distalReward.run({ seed: 1, size: "test" });
  expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
  expect(verdicts).toHaveLength(3);
}, 120_000);
