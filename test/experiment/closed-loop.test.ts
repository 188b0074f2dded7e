import { bandit, cartPole, closedLoop, createNetwork, gridWorld, LIF, loopEpisodes, NeuroweaveError } from "neuroweave";
import type { ClosedLoopOptions, Environment, EpisodeRow } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../model/refusals.ts";

/** Four neurons, of which the one that is driven fires. */
function fourCells() {
  const net = createNetwork({ dt: 0.5, seed: 3 });
  const cells = net.population("cells", 4, LIF({ R: 5, tau: 5, I: [0, 0, 0, 0] }));
  return { net, cells };
}

const drive = (k: number) => [0, 1, 2, 3].map((each) => (each === k ? 20 : 0));

describe("a closed loop", () => {
  it("lets a network that is told the way walk it in the fewest steps", async () => {
    const { net, cells } = fourCells();
    // The way around the wall in the middle: right, right, down, down.
    const world = gridWorld({ width: 3, height: 3, goal: [2, 2], walls: [[1, 1]], stepReward: -1, goalReward: 10 });
    const way = new Map([[0, 1], [1, 1], [2, 2], [5, 2]]); // prettier-ignore
    const rewards: number[] = [];
    let since = 0;
    const rows = await closedLoop(net, world, {
      every: 20,
      episodes: 2,
      maxSteps: 50,
      observe(observation) {
        since = net.steps;
        cells.set({ I: drive(way.get(observation.indexOf(1))!) });
      },
      act() {
        const { steps, ids } = cells.spikes();
        const recent = ids.filter((_, k) => steps[k]! >= since);
        expect(new Set(recent).size).toBe(1);
        return recent[0]!;
      },
      reward: (reward) => void rewards.push(reward),
    });
    expect(rows).toEqual([
      { episode: 0, return: 7, length: 4, ended: "done", t: 80 },
      { episode: 1, return: 7, length: 4, ended: "done", t: 160 },
    ]);
    expect(rewards).toEqual([-1, -1, -1, 10, -1, -1, -1, 10]);
  });

  it("gives every episode a seed of its own, and the same episodes again to the same network", async () => {
    const seeds: (number | string)[] = [];
    const learn = async (seed: number) => {
      const { net, cells } = fourCells();
      const machine = bandit({ probabilities: [0.2, 0.8], pulls: 12 });
      const watched = { ...machine, reset: (seed: number | string) => (seeds.push(seed), machine.reset(seed)) };
      return closedLoop(net, watched, {
        every: 5,
        episodes: 3,
        maxSteps: 100,
        seed,
        observe: () => cells.set({ I: drive(1) }),
        act: () => Math.min(1, cells.spikes().ids.length % 3),
      });
    };
    const rows = await learn(1);
    expect(seeds).toEqual(["1:0", "1:1", "1:2"]);
    expect(rows.map(({ length, ended }) => [length, ended])).toEqual([12, 12, 12].map((n) => [n, "done"]));
    expect(await learn(1)).toEqual(rows);
    expect((await learn(2)).map((row) => row.return)).not.toEqual(rows.map((row) => row.return));
  });

  it("takes environments of one's own, with any actions, and waits for hooks", async () => {
    const { net } = fourCells();
    let total = 0;
    const counter: Environment<string, { readonly add: number }> = {
      name: "counter",
      actions: ({ add }) => add > 0,
      observationSize: 1,
      reset: () => ((total = 0), "none"),
      step({ add }) {
        total += add;
        return { observation: `${total}`, reward: add, done: total >= 6 };
      },
    };
    const seen: string[] = [];
    const pause = () => new Promise((resolve) => setTimeout(resolve, 1));
    const options: ClosedLoopOptions<string, { readonly add: number }> = {
      every: 1,
      episodes: 2,
      maxSteps: 2,
      begin: async (_, episode) => (await pause(), void seen.push(`episode ${episode}`)),
      observe: async (observation) => (await pause(), void seen.push(observation)),
      act: async (_, { episode, step }) => (await pause(), { add: 1 + step + 3 * episode }),
    };
    const rows = await closedLoop(net, counter, options);
    expect(rows.map((row) => [row.return, row.ended])).toEqual([[3, "maxSteps"], [9, "done"]]); // prettier-ignore
    expect(seen).toEqual(["episode 0", "none", "1", "episode 1", "none", "4"]);
    const nothing = await refusal(() => closedLoop(net, counter, { ...options, act: () => ({ add: 0 }) }));
    expect(nothing).toMatchObject({ code: "out-of-range", entity: "counter" });
  });
});

describe("a closed loop in which something goes wrong", () => {
  const failing = new Error("broken wire");
  const at = (episode: number, step: number, moment: { episode: number; step: number }) => {
    if (moment.episode === episode && moment.step === step) throw failing;
  };
  const place = { reset: [1, 0, 80], begin: [1, 0, 80], observe: [0, 2, 40], act: [0, 2, 60], step: [0, 2, 60], reward: [0, 2, 60] }; // prettier-ignore

  it.each(Object.entries(place))(
    "leaves the network whole at a step border: %s throws",
    async (where, [episode, step, t]) => {
      const { net, cells } = fourCells();
      const inner = cartPole();
      let [episodes, steps] = [-1, 0];
      const environment: Environment = {
        ...inner,
        reset(seed) {
          [episodes, steps] = [episodes + 1, -1];
          if (where === "reset") at(1, 0, { episode: episodes, step: 0 });
          return inner.reset(seed);
        },
        step(action) {
          steps++;
          if (where === "step") at(0, 2, { episode: episodes, step: steps });
          return inner.step(action);
        },
      };
      const rows: EpisodeRow[] = [];
      const loop = async () => {
        const options: ClosedLoopOptions<ArrayLike<number>, number> = {
          every: 20,
          episodes: 2,
          maxSteps: 4,
          begin: (_, episode) => where === "begin" && at(1, 0, { episode, step: 0 }),
          observe(_, __, moment) {
            if (where === "observe") at(0, 2, moment);
            cells.set({ I: drive(moment.step) });
          },
          act(_, moment) {
            if (where === "act") at(0, 2, moment);
            return moment.step % 2;
          },
          reward: (_, __, moment) => where === "reward" && at(0, 2, moment),
        };
        for await (const row of loopEpisodes(net, environment, options)) rows.push(row);
      };
      const error = await refusal(loop);
      expect(error).toMatchObject({ code: "host-threw", entity: "cartPole", cause: failing });
      expect(error.message).toContain(`${where}`);
      expect(error.message).toContain(`threw at step ${step} of episode ${episode}: broken wire`);
      expect(rows).toHaveLength(episode!);
      expect(net.t).toBe(t);

      // A network that never met an environment is in the same state, and both run on to the same bits.
      const twin = fourCells();
      for (let k = 0; k * 20 < t!; k++) {
        twin.cells.set({ I: drive(k) });
        await twin.net.run(20);
      }
      expect(net.snapshot()).toEqual(twin.net.snapshot());
      await Promise.all([net.run(30), twin.net.run(30)]);
      expect(net.snapshot()).toEqual(twin.net.snapshot());
    },
  );

  const still = { every: 20, episodes: 1, maxSteps: 5, observe: () => {}, act: () => 0 };

  it.each([Number.NaN, Infinity, -Infinity])("refuses a reward of %s before the network sees it", async (bad) => {
    const { net } = fourCells();
    let step = 0;
    const environment = { ...bandit({ probabilities: [1] }), step: () => ({ observation: [], reward: step++ === 1 ? bad : 1, done: false }) }; // prettier-ignore
    const rewards: number[] = [];
    const error = await refusal(() =>
      closedLoop(net, environment as never, { ...still, reward: (r) => void rewards.push(r) }),
    );
    expect(error).toMatchObject({ code: "not-finite", entity: "bandit" });
    expect(error.message).toContain(`the reward of bandit is ${bad} at step 1 of episode 0`);
    expect(rewards).toEqual([1]);
    expect(net.t).toBe(40);
  });

  it("refuses an action that the environment lacks before it sees it, and answers without their parts", async () => {
    const { net } = fourCells();
    let steps = 0;
    const two = bandit({ probabilities: [1, 1] });
    const counted = { ...two, step: (action: number) => (steps++, two.step(action)) };
    for (const action of [2, -1, 0.5, Number.NaN, undefined as never]) {
      const error = await refusal(() => closedLoop(net, counted, { ...still, act: () => action }));
      expect(error.code).toBe("out-of-range");
      expect(error.message).toContain(`${action} is no action of bandit at step 0 of episode 0`);
    }
    expect(steps).toBe(0);
    const answers = [undefined, {}, { reward: 1 }, { reward: "1", done: true }];
    for (const answer of answers)
      expect((await refusal(() => closedLoop(net, { ...two, step: () => answer as never }, still))).code).toBe("invalid-value"); // prettier-ignore
    const long = { observation: [1, 2], reward: 0, done: true };
    expect((await refusal(() => closedLoop(net, { ...two, step: () => long } as never, still))).code).toBe(
      "wrong-length",
    );
  });

  it("refuses what it cannot run with before anything runs", async () => {
    const { net } = fourCells();
    const environment = bandit({ probabilities: [1] });
    const refused: readonly [object, string][] = [
      [{ every: 0.7 }, "off-grid"],
      [{ every: 0 }, "out-of-range"],
      [{ episodes: 0 }, "out-of-range"],
      [{ maxSteps: 1.5 }, "out-of-range"],
      [{ act: undefined }, "invalid-value"],
      [{ reward: 3 }, "invalid-value"],
      [{ seed: Number.NaN }, "invalid-value"],
      [{ maxStep: 5 }, "unknown-name"],
    ];
    for (const [wrong, code] of refused)
      expect((await refusal(() => closedLoop(net, environment, { ...still, ...wrong }))).code).toBe(code);
    for (const wrong of [null, {}, { ...environment, actions: 0 }, { ...environment, step: 1 }])
      expect(await refusal(() => closedLoop(net, wrong as never, still))).toBeInstanceOf(NeuroweaveError);
    expect(net.steps).toBe(0);
  });

  it("is stopped by a signal at a step border, and tells so in the row", async () => {
    const { net } = fourCells();
    const stop = new AbortController();
    const rows = await closedLoop(net, bandit({ probabilities: [1] }), {
      ...still,
      episodes: 4,
      signal: stop.signal,
      reward: (_, __, { episode, step }) => void (episode === 1 && step === 2 && stop.abort()),
    });
    expect(rows).toEqual([
      { episode: 0, return: 5, length: 5, ended: "maxSteps", t: 100 },
      { episode: 1, return: 3, length: 3, ended: "aborted", t: 160 },
    ]);
  });
});
