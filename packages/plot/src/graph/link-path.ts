import { decimal } from "../markup.ts";
import type { Place } from "./layout.ts";

export interface Circle extends Place {
  readonly radius: number;
}

/** A curve between two nodes: its line, where it ends and the direction in which it arrives. */
export interface LinkCurve {
  readonly d: string;
  readonly end: Place;
  /** Unit vector. */
  readonly along: readonly [number, number];
  /** Where a label may stand. */
  readonly middle: Place;
  /** Corners of a box that holds the curve. */
  readonly reach: readonly Place[];
}

/**
 * An arc from one node to another, bent to the left of its way the more, the higher its rank among the links of the pair, so that
 * no two lie on one another. `gap` is what it leaves free before the target.
 */
export function arcBetween(from: Circle, to: Circle, rank: number, gap: number): LinkCurve {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const distance = Math.hypot(dx, dy) || 1;
  const bend = 16 + 22 * rank;
  const control = {
    x: (from.x + to.x) / 2 + (dy / distance) * bend * 2,
    y: (from.y + to.y) / 2 - (dx / distance) * bend * 2,
  };
  const start = towards(from, control, from.radius);
  const end = towards(to, control, to.radius + gap);
  const along = direction(control, end);
  const middle = {
    x: start.x / 4 + control.x / 2 + end.x / 4,
    y: start.y / 4 + control.y / 2 + end.y / 4,
  };
  return { d: `M${point(start)}Q${point(control)} ${point(end)}`, end, along, middle, reach: [start, middle, end] };
}

/** A loop at a node, on the side that looks away from `center`. */
export function loopAt(node: Circle, center: Place, rank: number, gap: number): LinkCurve {
  const away =
    Math.hypot(node.x - center.x, node.y - center.y) < 1
      ? -Math.PI / 2
      : Math.atan2(node.y - center.y, node.x - center.x);
  const turn = away + rank * 0.9 * (rank % 2 === 0 ? 1 : -1);
  const size = node.radius + 34;
  const spoke = (angle: number, length: number): Place => ({
    x: node.x + Math.cos(angle) * length,
    y: node.y + Math.sin(angle) * length,
  });
  const [start, end] = [spoke(turn - 0.42, node.radius), spoke(turn + 0.42, node.radius + gap)];
  const [first, second] = [spoke(turn - 0.62, size + node.radius * 0.6), spoke(turn + 0.62, size + node.radius * 0.6)];
  const middle = spoke(turn, (node.radius + 3 * (size + node.radius * 0.6) * Math.cos(0.62)) / 4 + 4);
  return {
    d: `M${point(start)}C${point(first)} ${point(second)} ${point(end)}`,
    end,
    along: direction(second, end),
    middle,
    reach: [start, middle, end, first, second].map((each) => ({
      x: middle.x + (each.x - middle.x) * 0.8,
      y: middle.y + (each.y - middle.y) * 0.8,
    })),
  };
}

/** The head of an arrow whose tip is at the end, or the bar of an inhibitory link, as path data. */
export function headAt({ end, along: [u, v] }: LinkCurve, inhibitory: boolean, size: number): string {
  if (inhibitory)
    return `M${decimal(end.x - v * size)},${decimal(end.y + u * size)}L${decimal(end.x + v * size)},${decimal(end.y - u * size)}`;
  const corner = (side: number): string =>
    `${decimal(end.x - u * size * 0.2 - side * v * size * 0.75)},${decimal(end.y - v * size * 0.2 + side * u * size * 0.75)}`;
  const tip = `${decimal(end.x + u * size * 1.2)},${decimal(end.y + v * size * 1.2)}`;
  return `M${corner(1)}L${tip}L${corner(-1)}Z`;
}

const point = ({ x, y }: Place): string => `${decimal(x)},${decimal(y)}`;

function direction(from: Place, to: Place): readonly [number, number] {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return [(to.x - from.x) / length, (to.y - from.y) / length];
}

function towards(from: Place, to: Place, length: number): Place {
  const [u, v] = direction(from, to);
  return { x: from.x + u * length, y: from.y + v * length };
}
