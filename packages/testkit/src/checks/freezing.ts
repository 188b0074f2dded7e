/** Whether what learns stands still while the network does not learn, and nothing else does. */
import { differences, shownBy, some, type Shown } from "../bits.ts";
import type { Scene } from "../scene.ts";
import { failed, passed, type Finding } from "./finding.ts";
import { subjectEntities } from "./subject-entities.ts";
import { fullName, mentionsLearning, writtenBy } from "./written.ts";

const only = (all: Shown, names: ReadonlySet<string>): Shown => new Map([...all].filter(([name]) => names.has(name)));

export async function checkFreezing(scene: Scene): Promise<Finding> {
  const { make, members, steps } = scene;
  const half = Math.max(Math.floor(steps / 2), 1);
  const net = make();
  const own = new Set(members.map(({ name }) => name));
  const entities = subjectEntities(net, scene);
  const attached = entities.flatMap((entity) => entity.attached.map(({ instance }) => ({ entity, instance })));
  const learners = attached.filter(({ instance }) => own.has(instance.name) && instance.declaration.adaptive);
  const others = attached.filter(({ instance }) => !instance.declaration.adaptive);
  const goingOn = new Set(others.flatMap(({ entity, instance }) => writtenBy(instance.declaration).map((name) => `${entity.name}.${fullName(instance, name)}`)));
  const learnt = learners.flatMap(({ entity, instance }) =>
    [...writtenBy(instance.declaration), ...(instance.declaration.step ? instance.declaration.states.keys() : [])].map((name) => `${entity.name}.${fullName(instance, name)}`),
  );
  // Weights are what every network learns, whoever changes them, and so are parameters of others.
  const settings = entities.flatMap(({ name, symbols, columns, synapses }) => [
    ...(synapses ? [`${name}.w`] : []),
    ...[...symbols.values()].filter((each) => each.kind === "parameter" && columns.at(each.name).written).map((each) => `${name}.${each.name}`),
  ]);
  const frozen = new Set([...learnt.filter((name) => !goingOn.has(name)), ...settings]);

  await net.step(half);
  const twin = net.fork();
  const before = only(shownBy(net), frozen);
  net.learning = false;
  await Promise.all([net.step(half), twin.step(half)]);
  const moved = differences(only(shownBy(net), frozen), before);
  if (moved.length > 0)
    return failed(`while the network did not learn, ${some(moved)}${learners.length === 0 ? "; what learns says adaptive: true" : ""}`);
  if (learners.length === 0) {
    if (attached.some(({ instance }) => instance.declaration.adaptive)) return passed("it does not learn; others of the scene do");
    if (members.some(({ declaration }) => mentionsLearning(declaration))) return passed("its equations say what stands still");
    const wrong = differences(shownBy(net), shownBy(twin));
    return wrong.length > 0 ? failed(`it is not adaptive, and other while the network does not learn: ${some(wrong)}`) : passed("it does not learn, and goes on while the network does not");
  }
  if (learnt.length === 0) return passed("it bounds what others learn");
  const changed = differences(only(shownBy(twin), new Set(learnt)), only(shownBy(make()), new Set(learnt)));
  return changed.length > 0
    ? passed(`${frozen.size} variables stand still`)
    : failed(`it learnt nothing in ${2 * half} steps, so that nothing can be said: give values and companions that make it learn`);
} // prettier-ignore
