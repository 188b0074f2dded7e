/** Which names each kind of text can reach: a name that means nothing where it stands is refused, not read as 0. */
import { drawsOf, expressionsOf, NeuroweaveError, symbolsOf, type Equation } from "@neuroweave/equations";
import type { Entity } from "@neuroweave/model";
import { isOfWeights } from "./lanes.ts";

/**
 * Where a text stands. `condition` is a number or condition that is taken in every step; `onPreLater` what a learning rule does on
 * presynaptic spikes, behind the transmission; `sum` what is summed over synapses; `bound` a bound of a variable.
 */
export type TextKind =
  | "equations"
  | "onSpike"
  | "onArrival"
  | "onPre"
  | "onPreLater"
  | "onPost"
  | "onLose"
  | "coupling"
  | "sum"
  | "bound"
  | "condition";

/** Texts that are done for each synapse, which knows its ends. */
const atEnds: ReadonlySet<TextKind> = new Set(["onPre", "onPreLater", "onPost", "coupling", "sum"]);

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

function checkSynapses(entity: Entity, kind: TextKind, name: string): void {
  if (name === "spike" || name === "t_last_spike")
    throw refused(`a projection has no ${name}`, `Write pre.${name} or post.${name}.`);
  if (atEnds.has(kind) && entity.symbols.get(name)?.kind === "table")
    throw refused(`${name} is a table, which synapses cannot read`, "Read it in equations, and keep it in a state.");
  if (kind === "bound" && (isOfEnd(name) || perEnd(entity, name)))
    throw refused(`${name} belongs to an end, and a bound to each synapse`, "Give the bound as a number, or one for each synapse.");
} // prettier-ignore

const isOfEnd = (name: string): boolean => name.startsWith("pre.") || name.startsWith("post.");

/** The end for each of whose neurons a symbol has one value; undefined where it has one for each synapse. */
function perEnd(entity: Entity, name: string): "source" | "target" | undefined {
  if (name.startsWith("pre.")) return "source";
  if (name.startsWith("post.")) return "target";
  const declaration = entity.symbols.get(name)?.declaration;
  const per = declaration && "per" in declaration ? declaration.per : undefined;
  return per === "weight" ? undefined : per;
}

/** Refuses equations whose names have no value where they stand, or of which there are more than of what they assign. */
export function checkReach(entity: Entity, kind: TextKind, equation: Equation): void {
  const named = expressionsOf(equation).flatMap((each) => [...symbolsOf(each)]);
  checkNames(entity, kind, named);
  const target = equation.kind === "derivative" ? equation.variable : equation.target;
  if (target.endsWith("~efficacy")) {
    if (kind === "onPreLater")
      throw refused("efficacy is part of the transmission, which comes before learning", "Give the behavior a priority up to Phase.Firing.");
    if (kind !== "onPre") throw refused("efficacy is what onPre assigns, when a source has spiked", "Move it to onPre.");
    return;
  }
  checkNames(entity, kind, [target]);
  if (entity.synapses) checkLanes(entity, kind, target, equation, named);
} // prettier-ignore

/** Refuses to write for several synapses at once what differs between them. */
function checkLanes(entity: Entity, kind: TextKind, target: string, equation: Equation, named: readonly string[]): void {
  const per = perEnd(entity, target);
  const everyStep = kind === "equations";
  const row = kind === "onPost" ? "target" : "source";
  const isShared = isOfWeights(entity, target) && entity.synapses!.shared !== null;
  if (isShared && !everyStep) {
    if (equation.operator === "+=") return;
    throw new NeuroweaveError("not-supported", `${target} cannot be written at spikes: synapses share its values`, {
      remedy: `Add to it, ${target} += …; every synapse that shares a value then does.`,
    });
  }
  if (!per && !isShared) return;
  if (per && !everyStep && per !== row)
    throw refused(
      `${target} has one value for each ${per}, and ${kind === "onPost" ? "onPost" : "onPre"} runs over the synapses of a ${row}`,
      `Write it in ${row === "source" ? "onPost" : "onPre"}, or declare it without per: "${per}".`,
    );
  const drawn = !everyStep && expressionsOf(equation).some((each) => drawsOf(each).length > 0);
  const varying = named.find((each) => !belongs(entity, each, per ?? "shared", everyStep));
  if (varying === undefined && !drawn) return;
  const [owner, each] = [per ? `for each ${per}` : "for each of the weights that synapses share", varying ?? "a draw"];
  throw refused(
    `${target} has one value ${owner}, and ${each} has one for each ${(varying && perEnd(entity, varying)) ?? "synapse"}`,
    per ? `Declare ${target} without per: "${per}".` : "Read it in onPre or in a coupling.",
  );
} // prettier-ignore

/** Refuses bounds that have more values than the variable that they bound. */
export function checkBound(entity: Entity, variable: string, names: Iterable<string>): void {
  const per = perEnd(entity, variable);
  const isShared = isOfWeights(entity, variable) && entity.synapses!.shared !== null;
  if (!per && !isShared) return;
  for (const name of names)
    if (!belongs(entity, name, per ?? "shared", true))
      throw refused(`${variable} has one value for each ${per ?? "of the weights that synapses share"}, and its bound ${name} one for each synapse`, "Give the bound as a number.");
} // prettier-ignore

/** Whether a symbol has one value where the lanes are sources, targets or shared weights. */
function belongs(entity: Entity, name: string, lanes: "source" | "target" | "shared", everyStep: boolean): boolean {
  const own = perEnd(entity, name);
  if (own !== undefined) return own === lanes;
  if (name === "i") return everyStep;
  // Weights are those of synapses, even while all of them are alike.
  if (isOfWeights(entity, name)) return lanes === "shared";
  return entity.columns.get(name)?.form !== "column";
}
