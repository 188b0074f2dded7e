/** What projections do: on spikes, or in every step. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Entity } from "@neuroweave/model";
import { composeAssignments } from "./compose.ts";
import { contributions, isBehindFiring, type EntityContributions, type Value } from "./contributions.ts";
import { atInput, unique, valueTerm, variableOf } from "./grouping.ts";
import type { Stage } from "./stages.ts";

type Transmission = Extract<Stage, { kind: "deliver" | "couple" }>;

/** What a projection does when its sources have spiked, or in every step, whether or not its ends are complete. */
export const transmissionOf = (entity: Entity, learning: boolean): Transmission =>
  transmission(entity, contributions(entity, learning));

/** The stage of a projection, if it is enabled and has synapses. */
export function planTransmission(entity: Entity, given: EntityContributions): Stage[] {
  if (!entity.synapses?.enabled || entity.n === 0) return [];
  requireEnds(entity, given.couplings.length > 0);
  return [transmission(entity, given)];
}

function transmission(entity: Entity, { onPre: all, couplings }: EntityContributions): Transmission {
  const onPre = all.filter(({ instance }) => !isBehindFiring(instance));
  const at = { entity, position: atInput };
  const [first] = couplings;
  if (first && onPre.length > 0)
    throw new NeuroweaveError(
      "two-owners",
      `${first.instance.name} couples in every step, and ${onPre[0]!.instance.name} acts on spikes`,
      {
        behavior: first.instance.name,
        candidates: [first.instance.name, onPre[0]!.instance.name],
        remedy: "Make two projections.",
      },
    );
  if (first) {
    requireNoDelay(entity, first);
    requireHolding(entity, first);
    return {
      ...at,
      kind: "couple",
      behaviors: unique(couplings.map(({ instance }) => instance.name)),
      terms: couplings.map(valueTerm),
    };
  }
  const factors = onPre.filter(({ equation }) => variableOf(equation).endsWith("~efficacy"));
  return {
    ...at,
    kind: "deliver",
    behaviors: unique([entity.attached[0]!.instance.name, ...onPre.map(({ instance }) => instance.name)]),
    assignments: composeAssignments(
      entity,
      onPre.filter((each) => !factors.includes(each)),
    ),
    efficacy: composeAssignments(entity, factors).map(({ terms }) => terms[0]!),
  };
}

/** Refuses a coupling over a distance: it reads its source as it is when the step begins, whatever delay is given. */
function requireNoDelay({ name, synapses }: Entity, { instance }: Value): void {
  const { delays } = synapses!;
  if (delays.kind === "one" && delays.steps === 1) return;
  throw new NeuroweaveError("structure", `${instance.name} couples in every step, and ${name} has a delay`, {
    behavior: instance.name,
    remedy: "Leave the delay out; only spikes are transmitted with one.",
  });
}

/** Refuses a coupling into a receptor that adds up what arrives: what couplings add in every step would depend on dt. */
function requireHolding({ name, synapses }: Entity, { instance }: Value): void {
  const { target, receptor } = synapses!;
  const landing = target.entity.attached.find((each) => each.instance.name === receptor);
  const assigned = landing?.instance.declaration.onArrival.flatMap(({ parsed }) => parsed) ?? [];
  if (assigned.every(({ operator }) => operator === "=")) return;
  throw new NeuroweaveError(
    "structure",
    `${instance.name} of ${name} couples in every step, and ${receptor} of ${target.entity.name} adds up what arrives, so that the sum would depend on dt`,
    {
      behavior: instance.name,
      remedy: "Let it end in a receptor that holds what arrives for the step, such as CouplingReceptor.",
    },
  );
}

/** Refuses a projection whose receptor is disabled or gone, or whose source never spikes. */
function requireEnds({ name, synapses }: Entity, couples: boolean): void {
  const { source, target, receptor } = synapses!;
  const lands = target.entity.enabled().some((each) => each.name === receptor && each.declaration.onArrival.length > 0);
  if (!lands)
    throw new NeuroweaveError(
      "missing-companion",
      `${name} ends in ${receptor}, and ${target.entity.name} has no such receptor that is enabled`,
      {
        remedy: `Enable or attach ${receptor}, or disable the projection.`,
      },
    );
  if (couples || source.entity.enabled().some(({ declaration }) => declaration.spike !== null)) return;
  throw new NeuroweaveError("missing-companion", `${name} transmits spikes, and ${source.entity.name} never spikes`, {
    remedy: "Add a behavior with a spike condition, such as fire, or disable the projection.",
  });
}
