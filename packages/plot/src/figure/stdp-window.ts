import { checkPairs } from "./checks.ts";
import type { Domain } from "./axes.ts";
import { extent, padded, union } from "./domain.ts";
import { drawFramed, emptyNote, guideLine } from "./framed.ts";
import { leftOutNote, unusablePairs } from "./left-out.ts";
import { dots, dotsPath } from "./marks.ts";
import { tracePath } from "./path.ts";
import { legendEntries, legendOf, seriesDescription } from "./series-words.ts";
import type { FigureOptions } from "./traces.ts";
import { stroke } from "./strokes.ts";

/** Weight changes `dw[k]` of pairs of spikes `dt[k]` = t_post − t_pre apart, in ms. */
export interface WeightChanges {
  readonly label: string;
  readonly dt: ArrayLike<number>;
  readonly dw: ArrayLike<number>;
  readonly color?: number;
}

export interface RuleCurve extends WeightChanges {
  /** Drawn without a gap at Δt = 0, for rules that do not jump there; false by default. */
  readonly continuous?: boolean;
}

export interface StdpWindowOptions extends FigureOptions {
  /** What was measured: a disc for each pair. */
  readonly points?: readonly WeightChanges[];
  /** What the rule says: a line, Δt ascending, broken at Δt = 0, where most rules jump. */
  readonly rules?: readonly RuleCurve[];
  readonly xDomain?: Domain;
  readonly yDomain?: Domain;
}

/**
 * The window of spike-timing dependent plasticity, Δw against Δt = t_post − t_pre, as an SVG string: lines for rules,
 * discs for measured pairs, and both zero lines. The axes reach equally far to both sides of zero where the data lie on
 * both. Pairs that are not finite are left out, and a note counts them. Throws `wrong-length` and `out-of-range`.
 */
export function stdpWindow(options: StdpWindowOptions): string {
  const { points = [], rules = [], xLabel = "Δt = t_post − t_pre (ms)", yLabel = "Δw" } = options;
  const all = [...points, ...rules];
  for (const { label, dt, dw } of all)
    checkPairs(`the series ${JSON.stringify(label)}`, ["values of Δt", dt], ["values of Δw", dw]);
  const xExtent = extent(all.map(({ dt }) => dt));
  const yExtent = extent(all.map(({ dw }) => dw));
  const x = options.xDomain ?? balanced(xExtent, 0.02);
  const y = options.yDomain ?? balanced(yExtent, 0.08);
  const note = leftOutNote({ "not finite": points.reduce((sum, { dt, dw }) => sum + unusablePairs(dt, dw), 0) });
  const ofRules = legendEntries(rules, "line");
  const ofPoints = legendEntries(points, "disc", { first: rules.length > 0 ? 1 : 0 });
  const legend = [...ofRules, ...ofPoints];
  return drawFramed(
    {
      ...options,
      x: { name: xLabel, domain: x },
      y: { name: yLabel, domain: y },
      legend: legendOf(legend),
      note,
      description: seriesDescription(legend, {
        description: options.description,
        xLabel,
        yLabel,
        x,
        note,
        relation: "against",
      }),
    },
    (frame) => ({
      below: "",
      marks: [
        guideLine(frame, "x", 0),
        guideLine(frame, "y", 0),
        ...points.map(({ dt, dw }, index) => dots(ofPoints[index]!.color, dotsPath(dt, dw, frame, frame.bounds), 4.4)),
        ...rules.map((rule, index) => {
          const { dt, dw } = rule.continuous === true ? rule : brokenAtZero(rule);
          return stroke(ofRules[index]!.color, tracePath(dt, dw, frame, frame.bounds), 2);
        }),
        xExtent === undefined || yExtent === undefined ? emptyNote(frame.bounds, "no pairs") : "",
      ].join(""),
    }),
  );
}

/** A domain that holds zero, reaching equally far to both sides where the data lie on both. */
function balanced(range: Domain | undefined, margin: number): Domain {
  const [low, high] = union(range, [0, 0])!;
  if (low === high) return [-1, 1];
  if (low === 0 || high === 0) return padded([low, high], margin);
  const reach = Math.max(-low, high) * (1 + margin);
  return [-reach, reach];
}

/** The curve with a gap between its last point below zero and its first at or above, and below and above zero. */
export function brokenAtZero({ dt, dw }: Pick<WeightChanges, "dt" | "dw">): { dt: number[]; dw: number[] } {
  const broken = { dt: [] as number[], dw: [] as number[] };
  for (let k = 0; k < dt.length; k++) {
    if (k > 0 && dt[k - 1]! < 0 !== dt[k]! < 0) {
      broken.dt.push(0);
      broken.dw.push(Number.NaN);
    }
    broken.dt.push(dt[k]!);
    broken.dw.push(dw[k]!);
  }
  return broken;
}
