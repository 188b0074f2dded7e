/** The integer part of addressing rows, shared by everything that evaluates it at run time. */
import type { RowRule } from "../ir.ts";

/** Index of the row that a rule names at step k. */
export function rowAt(rule: RowRule, k: number): number {
  if (rule.kind === "table") return Math.min(Math.floor(k / rule.every), rule.rows - 1);
  const index = (k - rule.lag) % rule.rows;
  return index < 0 ? index + rule.rows : index;
}
