/** What a declaration says that it changes. */
import { expressionsOf, symbolsOf, type Equation } from "@neuroweave/equations";
import type { BehaviorInstance, Declaration } from "@neuroweave/model";

/** Names of variables that its texts and its host code write, as it calls them; what it adds to inputs is none. */
export function writtenBy({ equations, onSpike, onArrival, onPre, onPost, onLose, writes, inputs }: Declaration): string[] {
  const lists = [equations, onSpike, onArrival, onPre, onPost, onLose];
  const targets = lists.flatMap((list) => list.flatMap(({ parsed }) => parsed.map((each: Equation) => (each.kind === "derivative" ? each.variable : each.target))));
  return [...new Set([...targets, ...writes])].filter((name) => !inputs.has(name) && name !== "efficacy");
} // prettier-ignore

/** Whether its equations read `learning`. */
export const mentionsLearning = ({ equations }: Declaration): boolean =>
  equations.some(({ parsed }) =>
    parsed.some((each) => expressionsOf(each).some((part) => symbolsOf(part).has("learning"))),
  );

/** The name of a symbol within its entity. */
export const fullName = ({ name, declaration }: BehaviorInstance, local: string): string =>
  declaration.scope === "instance" && (declaration.states.has(local) || declaration.parameters.has(local))
    ? `${name}.${local}`
    : local;
