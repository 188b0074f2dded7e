/** Whether what happens tends to a limit as dt goes to 0. */
import { drawsOf, expressionsOf, type Equation, type Expression } from "@neuroweave/equations";
import type { Declaration, Entity } from "@neuroweave/model";
import type { Network } from "neuroweave";
import { entitiesOf, some } from "../bits.ts";
import type { Scene } from "../scene.ts";
import { failed, passed, type Finding } from "./finding.ts";
import { watchHost } from "./reads-and-writes.ts";
import { subjectEntities, variablesOf } from "./subject-entities.ts";

/** By variable: for each of its values the mean over the run, and that of how far it is from where it began. */
type Course = ReadonlyMap<string, Float64Array>;

/**
 * Runs of one length with dt, dt/2, dt/4 and dt/8. Of every variable the means over the run are compared, to which a spike that moves by a step
 * adds little: the relative difference of the two finest must be small, or much smaller than that of the two coarsest. Where something is
 * drawn, paths cannot be compared: then mean and variance over many neurons must agree within what chance allows.
 */
export async function checkConvergence(scene: Scene): Promise<Finding> {
  if (await isRandom(scene)) return inDistribution(scene);
  const courses: Course[] = [];
  for (const parts of [1, 2, 4, 8]) courses.push(await courseOf(scene, parts, scene.n));
  const wrong: string[] = [];
  let compared = 0;
  let moved = false;
  let largest = 0;
  for (const name of courses[0]!.keys()) {
    const found = [1, 2, 3].map((k) => relative(courses[k - 1]!.get(name)!, courses[k]!.get(name)!));
    if (found.every((each) => each === null)) continue;
    compared++;
    moved ||= name.startsWith("change of ");
    const [first, , last] = found.map((each) => each ?? 0) as [number, number, number];
    largest = Math.max(largest, last);
    if (last > 0.05 && last > 0.6 * first) wrong.push(`${name}: relative differences ${found.map((each) => (each ?? 0).toPrecision(2)).join(", ")}`);
  }
  if (wrong.length > 0) return failed(`${some(wrong)} as dt is halved`);
  if (!moved) return failed("nothing moves, so that nothing can be said: give values and companions that make it act");
  return passed(`${compared} means over ${scene.steps} steps, halved three times; largest relative difference of the last ${largest.toPrecision(2)}`);
} // prettier-ignore

/** Largest difference over largest value; null where nothing is there to compare. */
function relative(a: Float64Array, b: Float64Array): number | null {
  let most = 0;
  let difference = 0;
  for (const [k, x] of a.entries()) {
    most = Math.max(most, Math.abs(x), Math.abs(b[k]!));
    difference = Math.max(difference, Math.abs(x - b[k]!));
  }
  return most < 1e-12 || !Number.isFinite(most) ? null : difference / most;
}

async function courseOf(scene: Scene, parts: number, n: number): Promise<Course> {
  const net = scene.make({ dt: scene.dt / parts, n });
  const columns = variablesNear(net, scene);
  const start = columns.map(({ copy }) => copy());
  const sums = start.map((each) => new Float64Array(each.length));
  const steps = scene.steps * parts;
  for (let k = 0; k < steps; k++) {
    await net.step();
    for (const [c, { copy }] of columns.entries()) for (const [i, x] of copy().entries()) sums[c]![i]! += (x - start[c]![i]!) / steps;
  }
  const levels = sums.map((each, c) => each.map((x, i) => x + start[c]![i]!));
  return new Map(columns.flatMap(({ name }, c) => [[name, levels[c]!], [`change of ${name}`, sums[c]!]] as const));
} // prettier-ignore

/** Variables where the subject is attached; of what has none, such as a stimulus or a source, those of the whole network. */
function variablesNear(net: Network, scene: Scene): { readonly name: string; readonly copy: () => Float64Array }[] {
  const of = (entities: ReturnType<typeof entitiesOf>) =>
    entities.flatMap((entity) => variablesOf(entity).filter((name) => !isMomentary(entity, name, scene)).map((name) => ({ name: `${entity.name}.${name}`, copy: () => entity.columns.copy(name) })));
  const near = of(subjectEntities(net, scene));
  return near.length > 0 ? near : of(entitiesOf(net));
} // prettier-ignore

/** Whether a variable is an event of one step, or is said to count steps. */
function isMomentary({ symbols, attached }: Entity, name: string, { options }: Scene): boolean {
  const { local, owners } = symbols.get(name)!;
  if (Object.hasOwn(options.perStep ?? {}, local)) return true;
  return attached.some(({ instance }) => owners.includes(instance) && instance.declaration.events?.state === local);
}

const crowd = 200;

async function inDistribution(scene: Scene): Promise<Finding> {
  const n = Math.max(scene.n, crowd);
  const [coarse, fine] = [await courseOf(scene, 1, n), await courseOf(scene, 4, n)];
  const wrong: string[] = [];
  let compared = 0;
  for (const [name, a] of coarse) {
    const b = fine.get(name)!;
    const [one, other] = [momentsOf(a), momentsOf(b)];
    const error = Math.sqrt((one.variance + other.variance) / a.length);
    const size = Math.max(Math.abs(one.mean), Math.abs(other.mean));
    if (size < 1e-12) continue;
    compared++;
    if (Math.abs(one.mean - other.mean) > 5 * error + 0.1 * size) wrong.push(`${name}: its mean is ${one.mean.toPrecision(3)} and ${other.mean.toPrecision(3)}`);
    const ratio = Math.abs(Math.log(one.variance / other.variance));
    if (error > 1e-6 * size && !(ratio <= 5 * Math.sqrt(4 / a.length) + 0.1)) wrong.push(`${name}: its variance is ${one.variance.toPrecision(3)} and ${other.variance.toPrecision(3)}`);
  }
  if (wrong.length > 0) return failed(`${some(wrong)} for dt and dt/4`);
  return compared === 0 ? failed("nothing moves, so that nothing can be said") : passed(`in distribution: mean and variance of ${compared} variables over ${n} neurons, for dt and dt/4`);
} // prettier-ignore

function momentsOf(values: Float64Array): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return { mean, variance: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length };
}

/** Whether somebody in the scene draws. */
async function isRandom(scene: Scene): Promise<boolean> {
  const declarations = entitiesOf(scene.make()).flatMap(({ attached }) => attached.map(({ instance }) => instance.declaration));
  if (declarations.some((each) => expressionsIn(each).some((part) => drawsOf(part).length > 0))) return true;
  return scene.members.some(({ declaration }) => declaration.step !== null) && (await watchHost(scene)).draws > 0;
} // prettier-ignore

function expressionsIn({ equations, onSpike, onArrival, onPre, onPost, onLose, spike, coupling, bindings }: Declaration): Expression[] {
  const statements = [equations, onSpike, onArrival, onPre, onPost, onLose].flatMap((list) => list.flatMap(({ parsed }) => parsed));
  const single = [spike, coupling, ...bindings.values()].flatMap((each) => (each ? [each.parsed] : []));
  return [...statements.flatMap((each: Equation) => expressionsOf(each)), ...single];
} // prettier-ignore
