/** Whether every number has a unit, and equations agree with them. */
import { parseUnit } from "@neuroweave/equations";
import { some } from "../bits.ts";
import type { Scene } from "../scene.ts";
import { failed, passed, type Finding } from "./finding.ts";

/** Attaching checks the equations: a scene that was made agrees with the units that are declared. */
export function checkUnits(scene: Scene): Finding {
  const wrong: string[] = [];
  let units = 0;
  for (const { declaration } of scene.members)
    for (const table of [declaration.parameters, declaration.states])
      for (const [name, { unit }] of table) {
        units++;
        const problem = unit === undefined ? `has no unit; "1" is that of a plain number` : problemOf(unit);
        if (problem !== null) wrong.push(`${declaration.behavior}.${name} ${problem}`);
      }
  scene.make();
  return wrong.length === 0 ? passed(`${units} units, and equations agree with them`) : failed(some(wrong));
}

function problemOf(unit: string): string | null {
  try {
    parseUnit(unit);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.split("\n")[0]! : String(error);
  }
}
