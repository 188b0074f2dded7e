/** The cells of a grid world: which are walls, where a move leads, and what can be reached. */
import { checkWhole, refusal } from "@neuroweave/equations";

/** A cell as [row, column], from [0, 0] at the upper left. */
export type GridPosition = readonly [row: number, column: number];

/** Rows and columns of a step up, right, down and left, in the order of the actions. */
const moves = [[-1, 0], [0, 1], [1, 0], [0, -1]] as const; // prettier-ignore

export interface GridCells {
  readonly width: number;
  readonly count: number;
  readonly walls: ReadonlySet<number>;
}

export function gridCells(width: number, height: number, walls: unknown): GridCells {
  checkWhole("gridWorld: width", width, 1);
  checkWhole("gridWorld: height", height, 1);
  if (!Array.isArray(walls))
    throw refusal("invalid-value", `gridWorld: walls is ${String(walls)}`, "Give a list of cells [row, column].");
  const bare: GridCells = { width, count: width * height, walls: new Set() };
  return { ...bare, walls: new Set(walls.map((wall, k) => cellAt(bare, `walls[${k}]`, wall))) };
}

/** The number of a cell, counted row by row. Refuses a place outside the grid, and a wall. */
export function cellAt({ width, count, walls }: GridCells, option: string, position: unknown): number {
  const what = `gridWorld: ${option}`;
  if (!Array.isArray(position) || position.length !== 2)
    throw refusal("invalid-value", `${what} is ${String(position)}`, "Give a cell as [row, column].");
  const [row, column] = position.map((each, k) => checkWhole(`${what}[${k}]`, each, 0)) as [number, number];
  const cell = row * width + column;
  if (column >= width || cell >= count)
    throw refusal(
      "out-of-range",
      `${what} is [${row}, ${column}]`,
      `Rows go from 0 to ${count / width - 1}, columns from 0 to ${width - 1}.`,
    );
  if (walls.has(cell)) throw refusal("invalid-value", `${what} is a wall`, "Choose a cell without a wall.");
  return cell;
}

/** The cell to which an action leads: the same one, where a wall or the border is in the way. */
export function neighbor({ width, count, walls }: GridCells, cell: number, action: number): number {
  const [rows, columns] = moves[action]!;
  const column = (cell % width) + columns;
  const next = cell + rows * width + columns;
  return column < 0 || column >= width || next < 0 || next >= count || walls.has(next) ? cell : next;
}

/** All cells from which `goal` can be reached, in rising order, without it. Moves go both ways, so it is what it reaches. */
export function cellsAround(cells: GridCells, goal: number): readonly number[] {
  const reached = new Set([goal]);
  for (const cell of reached) for (let action = 0; action < 4; action++) reached.add(neighbor(cells, cell, action));
  reached.delete(goal);
  return [...reached].toSorted((a, b) => a - b);
}
