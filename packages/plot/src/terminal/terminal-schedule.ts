import { rowsOf } from "../schedule/schedule-rows.ts";
import type { PictureStage } from "../schedule/schedule-rows.ts";
import { inkedPieces } from "./inked-text.ts";
import { plainText } from "./plain-text.ts";
import type { TextListOptions } from "./terminal-graph.ts";

/**
 * One step of a network as lines of text: time runs downwards, what is under one heading is simultaneous, and every stage
 * stands behind the population or projection that it belongs to, with its behaviors. Longer lines than `width` (80) are cut,
 * and say so. Stages are those of `net.explain()`.
 */
export function terminalSchedule(stages: readonly PictureStage[], options: TextListOptions = {}): string {
  const { title = "" } = options;
  const widest = (of: (stage: PictureStage) => string): number => Math.max(0, ...stages.map((stage) => plainText(of(stage)).length)); // prettier-ignore
  const [entities, kinds] = [widest(({ entity }) => entity), widest(({ kind }) => kind)];
  const lines = rowsOf(stages).flatMap((row, index, rows) => [
    inkedPieces([{ text: rows[index - 1]?.phase === row.phase ? "then" : plainText(row.phase), ink: "strong" }], options),
    ...row.stages.map(({ entity, kind, behaviors, method }) => {
      const by = method === null || method === "" ? "" : `, by ${method}`;
      return inkedPieces([
        { text: `  ${plainText(entity).padEnd(entities)}  ` },
        { text: plainText(kind).padEnd(kinds), ink: "trace" },
        { text: `  ${plainText(behaviors.join(", "))}${by}` },
      ], options);
    }),
  ]); // prettier-ignore
  const head = title === "" ? [] : [inkedPieces([{ text: plainText(title), ink: "strong" }], options)];
  return [...head, ...(lines.length === 0 ? ["no stages"] : lines)].join("\n");
}
