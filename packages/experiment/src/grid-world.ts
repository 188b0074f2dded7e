import { checkNumber, checkOptions, checkSeed, refusal } from "@neuroweave/equations";
import { hostStream } from "@neuroweave/model";
import { checkAction, outsideEpisode } from "./environment.ts";
import type { Environment } from "./environment.ts";
import { cellAt, cellsAround, gridCells, neighbor } from "./grid-cells.ts";
import type { GridPosition } from "./grid-cells.ts";

/** The grid, its goal, walls and rewards. */
export interface GridWorldOptions {
  /** Columns, a whole number ≥ 1. */
  readonly width: number;
  /** Rows, a whole number ≥ 1. */
  readonly height: number;
  /** Where an episode begins: a cell, or "random" for any from which the goal can be reached. [0, 0] by default. */
  readonly start?: GridPosition | "random";
  /** Where it ends. */
  readonly goal: GridPosition;
  /** Cells that cannot be entered. None by default. */
  readonly walls?: readonly GridPosition[];
  /** Chance, in [0, 1], that a move goes aside instead, half of it to each side. 0 by default. */
  readonly slip?: number;
  /** Reward of the step into the goal. 1 by default. */
  readonly goalReward?: number;
  /** Reward of every other step. 0 by default. */
  readonly stepReward?: number;
  /** Reward of a step that a wall or the border stops, instead of `stepReward`, to which it defaults. */
  readonly bumpReward?: number;
}

const known = ["width", "height", "start", "goal", "walls", "slip", "goalReward", "stepReward", "bumpReward"];

/**
 * A grid of cells with walls. Actions 0, 1, 2, 3 go up, right, down and left; what a wall or the border stops, stays where it is.
 * An observation has one entry for each cell, row by row: 1 where one is, 0 elsewhere. An episode ends in the goal. Refused
 * are places outside the grid (`out-of-range`), a start or goal in a wall, and a goal that the start does not lead to
 * (`invalid-value`).
 *
 * Source: Sutton and Barto 2018, examples 3.5 and 6.5; moves that slip to both sides as in Russell and Norvig 2010, section 17.1.
 */
export function gridWorld(options: GridWorldOptions): Environment<Float64Array, number> {
  checkOptions("gridWorld", options, known);
  const { width, height, start = [0, 0], walls = [], slip = 0, goalReward = 1, stepReward = 0 } = options;
  const { bumpReward = stepReward } = options;
  const cells = gridCells(width, height, walls);
  const goal = cellAt(cells, "goal", options.goal);
  checkNumber("gridWorld: slip", slip, { min: 0, max: 1 });
  for (const [name, reward] of Object.entries({ goalReward, stepReward, bumpReward }))
    checkNumber(`gridWorld: ${name}`, reward);
  const around = cellsAround(cells, goal);
  const starts = start === "random" ? around : [cellAt(cells, "start", start)];
  if (starts.length === 0 || !around.includes(starts[0]!))
    throw refusal(
      "invalid-value",
      `gridWorld: no path leads from the start to the goal [${options.goal.join(", ")}]`,
      "Open a wall, or choose another start than the goal.",
    );

  const environment = { name: "gridWorld", actions: 4, observationSize: cells.count } as const;
  let random: (() => number) | undefined;
  let cell = goal;
  const seen = (): Float64Array => {
    const observation = new Float64Array(cells.count);
    observation[cell] = 1;
    return observation;
  };
  return {
    ...environment,
    reset(seed) {
      random = hostStream(checkSeed("gridWorld: the seed", seed), "gridWorld");
      cell = starts[Math.floor(random() * starts.length)]!;
      return seen();
    },
    step(action) {
      if (random === undefined || cell === goal) throw outsideEpisode("gridWorld");
      checkAction(environment, action);
      const luck = random();
      // Below slip / 2 to the left of the action, from there to slip to its right.
      const turn = luck >= slip ? 0 : luck < slip / 2 ? 3 : 1;
      const before = cell;
      cell = neighbor(cells, before, (action + turn) % 4);
      const done = cell === goal;
      return { observation: seen(), reward: done ? goalReward : cell === before ? bumpReward : stepReward, done };
    },
  };
}
