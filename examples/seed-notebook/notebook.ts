/** All experiments of the notebook, in order. */
import { growth, type Growth } from "./growth.ts";
import { meanField, type MeanFieldComparison } from "./mean-field.ts";
import { firingPatterns, type PatternTables } from "./patterns.ts";
import { izhikevichPatterns, type ShownPreset } from "./presets.ts";

export interface NotebookResults {
  readonly patterns: PatternTables;
  readonly growth: Growth;
  readonly presets: readonly ShownPreset[];
  readonly meanField: MeanFieldComparison;
}

/** Told what is being done and which part of the whole is behind, 0 … 1. */
export type OnProgress = (done: number, doing: string) => void;

/** Runs everything; the parts of the whole are rough shares of the time that it takes. */
export async function runNotebook(onProgress: OnProgress = () => {}): Promise<NotebookResults> {
  onProgress(0, "eight AdEx patterns");
  const patterns = await firingPatterns();
  onProgress(0.1, "LIF, ELIF, AELIF");
  const grown = await growth();
  onProgress(0.12, "twenty Izhikevich patterns");
  const presets = await izhikevichPatterns();
  const neurons = 10_000;
  const doing = "10,000 neurons and their mean field";
  onProgress(0.25, doing);
  const field = await meanField(neurons, (fraction) => onProgress(0.25 + 0.65 * fraction, doing));
  onProgress(0.9, "figures and report");
  return { patterns, growth: grown, presets, meanField: field };
}
