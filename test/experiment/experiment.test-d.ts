import {
  bandit,
  closedLoop,
  createNetwork,
  grid,
  LIF,
  runExperiment,
  type Environment,
  type EpisodeRow,
  type ExperimentRow,
  type Network,
} from "neuroweave";
import { describe, expectTypeOf, it } from "vitest";

declare const net: Network;

describe("an experiment", () => {
  it("knows parameters, subject and measures without an annotation", async () => {
    const { rows, summary } = await runExperiment({
      name: "a",
      parameters: grid({ rate: [5, 10], rule: ["pair", "triplet"], on: [true, false] }),
      seeds: 10,
      build(parameters, seed) {
        expectTypeOf(parameters).toEqualTypeOf<{
          readonly rate: number;
          readonly rule: "pair" | "triplet";
          readonly on: boolean;
        }>();
        expectTypeOf(seed).toEqualTypeOf<number | string>();
        const net = createNetwork({ dt: 0.5, seed });
        return { net, cells: net.population("cells", 4, LIF()) };
      },
      warmUp: ({ net }) => net.run(100),
      async train({ net, cells }, { epoch, parameters }) {
        expectTypeOf(epoch).toEqualTypeOf<number>();
        expectTypeOf(parameters.rate).toEqualTypeOf<number>();
        await net.run(10);
        return { loss: cells.get("v")[0]! };
      },
      stop(rows) {
        expectTypeOf(rows[0]!.measures).toEqualTypeOf<{ loss: number }>();
        return rows.at(-1)!.measures.loss < 0.1;
      },
      evaluate: ({ cells }) => ({ accuracy: cells.n, solved: true as boolean }),
    });
    const evaluated = rows.flatMap((row) => (row.phase === "evaluate" ? [row.measures] : []));
    expectTypeOf(evaluated).toEqualTypeOf<{ accuracy: number; solved: boolean }[]>();
    const failed = rows.flatMap((row) => (row.phase === "failed" ? [row.error] : []));
    expectTypeOf(failed).toEqualTypeOf<string[]>();
    expectTypeOf(summary[0]!.measure).toEqualTypeOf<"loss" | "accuracy" | "solved">();
    expectTypeOf(summary[0]!.parameters.rule).toEqualTypeOf<"pair" | "triplet">();
  });

  it("takes one record of parameters, and needs neither training nor warming up", async () => {
    const { rows } = await runExperiment({
      name: "b",
      parameters: { gain: 2 },
      seeds: ["x", "y"],
      build: ({ gain }) => gain * 2,
      evaluate: (doubled) => ({ doubled }),
    });
    expectTypeOf(rows).toExtend<readonly ExperimentRow<{ gain: number }>[]>();
    expectTypeOf(rows[0]!.parameters).toEqualTypeOf<{ gain: number }>();
  });

  it("marks wrong measures, misspelt options and parameters that are not there", () => {
    const base = { name: "c", parameters: { gain: 2 }, seeds: 1 };
    // @ts-expect-error a measure is a number or a truth value
    void runExperiment({ ...base, build: () => 1, evaluate: () => ({ kind: "good" }) });
    // @ts-expect-error the option is called epochs
    void runExperiment({ ...base, build: () => 1, evaluate: () => ({ m: 1 }), epoch: 3 });
    // @ts-expect-error there is no such parameter
    void runExperiment({ ...base, build: ({ gian }) => gian as number, evaluate: () => ({ m: 1 }) });
  });
});

describe("a closed loop", () => {
  it("gives hooks the observations and actions of its environment", async () => {
    const environment = {} as Environment<{ readonly light: number }, "left" | "right">;
    const rows = await closedLoop(net, environment, {
      every: 10,
      episodes: 1,
      maxSteps: 10,
      observe: (observation) => expectTypeOf(observation).toEqualTypeOf<{ readonly light: number }>(),
      act: () => (net.t > 50 ? "left" : "right"),
      reward: (reward) => expectTypeOf(reward).toEqualTypeOf<number>(),
    });
    expectTypeOf(rows).toEqualTypeOf<readonly EpisodeRow[]>();
    const loop = { every: 10, episodes: 1, maxSteps: 10, observe: () => {} };
    // @ts-expect-error "up" is no action of it
    void closedLoop(net, environment, { ...loop, act: () => "up" });
    void closedLoop(net, environment, { ...loop, act: async (net) => (net.t > 50 ? "left" : "right") });
    void closedLoop(net, bandit({ probabilities: [1] }), { ...loop, act: async () => 0 });
  });
});
