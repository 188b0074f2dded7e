import { describe, expect, it } from "vitest";
import { adaptive } from "../../packages/engine/src/devices/adaptive.ts";

/** Two ways to do steps on a clock that only they move; each step of a way takes so many ms. */
function ways(cost: { together: number; alone: number }) {
  let now = 0;
  const done = { together: 0, alone: 0 };
  const way = (name: "together" | "alone") => (_k: number, steps: number) => {
    now += cost[name] * steps;
    done[name] += steps;
    return steps;
  };
  return { ...adaptive({ together: way("together"), alone: way("alone") }, () => now), cost, done };
}

const advance = ({ run }: ReturnType<typeof ways>, steps: number): void => {
  for (let k = 0; k < steps;) k += run(k, Math.min(64, steps - k));
};

describe("a team whose first thread may do steps by itself", () => {
  it.each([
    { cost: { together: 0.01, alone: 0.02 }, faster: "together" },
    { cost: { together: 0.3, alone: 0.02 }, faster: "alone" },
  ] as const)("does nearly all of them $faster where that is faster", ({ cost, faster }) => {
    const team = ways(cost);
    advance(team, 100_000);
    const slower = faster === "alone" ? "together" : "alone";
    expect(team.done[faster] + team.done[slower]).toBe(100_000);
    expect(team.done[slower] * cost[slower]).toBeLessThan(0.1 * team.done[faster] * cost[faster]);
  });

  it("changes its way when the other has become the faster one", () => {
    const team = ways({ together: 0.01, alone: 0.02 });
    advance(team, 50_000);
    team.cost.together = 0.2;
    const before = { ...team.done };
    advance(team, 50_000);
    expect(team.done.alone - before.alone).toBeGreaterThan(0.7 * 50_000);
    expect(team.pace()).toEqual({ together: expect.closeTo(0.2, 9), alone: expect.closeTo(0.02, 9) });
  });

  it("hands on that a way has stopped early", () => {
    const { run } = adaptive({ together: () => 0, alone: () => 0 }, () => 0);
    expect(run(0, 16)).toBe(0);
  });
});
