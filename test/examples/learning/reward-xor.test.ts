import { expect, it } from "vitest";
import { rewardXor } from "../../../examples/learning/reward-xor.ts";

it("reward teaches exclusive or by either rule, and the same reward for everything does not", async () => {
  const { verdicts } = await rewardXor.run({ seed: 1, size: "test" });
  expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
  expect(verdicts).toHaveLength(3);
}, 120_000);
