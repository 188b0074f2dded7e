/** Whether values are taken as far as a parameter's range goes, and no further. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { ParameterDeclaration } from "@neuroweave/model";
import { some } from "../bits.ts";
import type { Scene } from "../scene.ts";
import { failed, passed, type Finding } from "./finding.ts";
import { subjectEntities } from "./subject-entities.ts";

export function checkRanges(scene: Scene): Finding {
  const wrong: string[] = [];
  let ends = 0;
  for (const { declaration, values } of scene.members)
    for (const [name, each] of declaration.parameters) {
      // A bound parameter is an expression, and one that holds a list is not of one value.
      if (declaration.bindings.has(name) || (values.has(name) && typeof values.get(name) !== "number")) continue;
      for (const [value, beyond] of endsOf(each, scene.dt)) {
        ends++;
        const inside = refusalOf(scene, name, value);
        if (inside !== null) wrong.push(`${declaration.behavior}.${name} = ${value} is within its range and refused: ${inside.message.split("\n")[0]}`);
        const outside = refusalOf(scene, name, beyond);
        if (outside?.code !== "out-of-range") wrong.push(`${declaration.behavior}.${name} = ${beyond} is outside its range and ${outside === null ? "accepted" : `refused as ${outside.code}`}`);
      }
    }
  return wrong.length === 0 ? passed(ends === 0 ? "no parameter declares a range" : `${ends} ends of ranges`) : failed(some(wrong));
} // prettier-ignore

/** The ends that are declared, each with a value just beyond it. */
function endsOf({ min, max, onGrid }: ParameterDeclaration, dt: number): (readonly [number, number])[] {
  const beyond = (end: number): number => (onGrid ? dt : Math.max(Math.abs(end) * 1e-6, 1e-6));
  return [
    ...(min === undefined || !Number.isFinite(min) ? [] : [[min, min - beyond(min)] as const]),
    ...(max === undefined || !Number.isFinite(max) ? [] : [[max, max + beyond(max)] as const]),
  ];
}

function refusalOf(scene: Scene, name: string, value: number): NeuroweaveError | null {
  try {
    scene.make({ values: { [name]: value } });
    return null;
  } catch (error) {
    if (!(error instanceof NeuroweaveError)) throw error;
    return error.code === "two-owners" ? refusalOfSetting(scene, name, value) : error;
  }
}

/** Of a parameter that companions share, which is set for all of them. */
function refusalOfSetting(scene: Scene, name: string, value: number): NeuroweaveError | null {
  const net = scene.make();
  const [entity] = subjectEntities(net, scene);
  const owner = [...net.populations, ...net.projections].find((each) => each.entity === entity);
  try {
    (owner as { set(values: object): unknown }).set({ [name]: value });
    return null;
  } catch (error) {
    if (error instanceof NeuroweaveError) return error;
    throw error;
  }
}
