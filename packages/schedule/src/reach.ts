/** Which names each kind of text can reach: a name that means nothing where it stands is refused, not read as 0. */
import { drawsOf, expressionsOf, NeuroweaveError, symbolsOf, type Equation } from "@neuroweave/equations";
import type { Entity } from "@neuroweave/model";

/** Where a text stands. `condition` is a number or condition that is taken in every step. */
export type TextKind = "equations" | "onSpike" | "onArrival" | "onPre" | "onLose" | "coupling" | "condition";

const refused = (what: string, remedy: string): NeuroweaveError => new NeuroweaveError("structure", what, { remedy });

/** Refuses names of a text that have no value there. */
export function checkNames(entity: Entity, kind: TextKind, names: Iterable<string>): void {
  for (const name of names) {
    if (name.endsWith("~arriving") && kind !== "onArrival")
      throw refused("arriving has a value in onArrival only", "Keep it in a state: onArrival: \"arrived = arriving\".");
    if (name.endsWith("~efficacy")) throw refused("efficacy is assigned, and cannot be read", "Give it a name with let, and use that twice.");
    if (entity.synapses) checkSynapses(entity, kind, name);
  }
} // prettier-ignore

/** In every step equations run over synapses; on spikes, and in couplings, every synapse knows its ends. */
function checkSynapses(entity: Entity, kind: TextKind, name: string): void {
  if (name === "spike" || name === "t_last_spike")
    throw refused(`a projection has no ${name}`, `Write pre.${name} or post.${name}.`);
  const atEnds = kind === "onPre" || kind === "coupling";
  if (atEnds && entity.symbols.get(name)?.kind === "table")
    throw refused(`${name} is a table, which synapses cannot read`, "Read it in equations, and keep it in a state.");
  if (atEnds) return;
  if (name.startsWith("pre.") || name.startsWith("post."))
    throw refused(`${name} cannot be read by equations of every step`, "Read it in onPre, or in a coupling.");
  if (entity.columns.get(name)?.packed || (name === "w" && entity.synapses!.shared))
    throw new NeuroweaveError(
      "not-supported",
      `${name} is ${entity.columns.get(name)?.packed ? "stored with fewer bits" : "shared by synapses"}, and equations of every step cannot read it`,
      { remedy: "Read it in onPre or in a coupling, or give every synapse a weight as the network computes." },
    );
  const per = perEnd(entity, name);
  if (per)
    throw refused(
      `${name} has one value for each ${per}, and equations of every step run over synapses`,
      `Declare it without per: "${per}", or let onPre bring it up to date from the time since the last spike, as tsodyksMarkram does.`,
    );
}

/** The end for each of whose neurons a symbol has one value; undefined where it has one for each synapse. */
function perEnd(entity: Entity, name: string): "source" | "target" | undefined {
  const declaration = entity.symbols.get(name)?.declaration;
  return declaration && "per" in declaration ? declaration.per : undefined;
}

/** Refuses equations whose names have no value where they stand, or of which there are more than of what they assign. */
export function checkReach(entity: Entity, kind: TextKind, equation: Equation): void {
  const named = expressionsOf(equation).flatMap((each) => [...symbolsOf(each)]);
  checkNames(entity, kind, named);
  const target = equation.kind === "derivative" ? equation.variable : equation.target;
  if (target.endsWith("~efficacy")) {
    if (kind !== "onPre")
      throw refused("efficacy is what onPre assigns, when a source has spiked", "Move it to onPre.");
  } else checkNames(entity, kind, [target]);
  if (kind !== "onPre" || perEnd(entity, target) !== "source") return;
  const varying = named.find(
    (each) =>
      each.startsWith("post.") ||
      (perEnd(entity, each) !== "source" && entity.columns.get(each)?.form === "column") ||
      each === "i",
  );
  if (varying !== undefined || expressionsOf(equation).some((each) => drawsOf(each).length > 0))
    throw refused(
      `${target} has one value for each source, and ${varying ?? "a draw"} has one for each synapse`,
      `Declare ${target} without per: "source".`,
    );
}
