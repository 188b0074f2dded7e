/**
 * Draws the figures of the README.
 *
 *     npx tsx examples/figures.ts
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { growthFigure, patternsFigure } from "./seed-notebook/figures.ts";
import { growth } from "./seed-notebook/growth.ts";
import { firingPatterns } from "./seed-notebook/patterns.ts";

const folder = new URL("figures/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("firing-patterns.svg", folder), `${patternsFigure(await firingPatterns())}\n`);
writeFileSync(new URL("one-behavior-at-a-time.svg", folder), `${growthFigure(await growth())}\n`);
