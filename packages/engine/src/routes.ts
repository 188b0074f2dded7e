/**
 * How spikes get from projection to receptor. Where all delays into a receptor are the same for whole projections, spikes wait:
 * a projection handles them in the step in which they arrive. Otherwise they are handled in the step after they were emitted,
 * and what they bring waits in a ring with a row for each step to come. The sums are the same: by step of emission, then
 * projection, source and position in the row. What a synapse transmits is what it would transmit in the step after the spike:
 * where more than weights that nobody changes decides it, what spikes bring waits. An axonal share of the delay puts that off.
 *
 * A ring of arrivals that does not fit into a cache makes every addition wait for memory. Where it would be large, spikes wait
 * although delays differ, and each step collects what arrives in it from the rows of all spikes on their way: rows are sorted by delay,
 * so that is one stretch of each. To find a stretch takes longer than to add, so a ring counts for less where most stretches are empty.
 */
import { NeuroweaveError } from "@neuroweave/equations";
import { elementBytes, paddedLength, type Precision } from "@neuroweave/kernel";
import { delaySteps, pointersOf, type Entity, type Lag, type Synapses } from "@neuroweave/model";
import { isBehindFiring } from "@neuroweave/schedule";

/** What is on its way to one receptor. */
interface ReceptorRoute {
  readonly target: Entity;
  readonly receptor: string;
  /** Whether what spikes bring waits, instead of the spikes. */
  readonly waits: boolean;
  /** Whether spikes wait although delays differ: in every step, what arrives is collected from the rows of all of them. */
  readonly collects: boolean;
  /** Rows of the ring. */
  readonly rows: number;
  /** Whether it takes what arrives. */
  readonly enabled: boolean;
}

export interface Routes {
  readonly receptors: readonly ReceptorRoute[];
  /** Steps between emission and handling, by projection that transmits spikes. */
  readonly lags: ReadonlyMap<Entity, number>;
  /** Rows of the ring of spikes, by source population. */
  readonly spikeRows: ReadonlyMap<Entity, number>;
}

export const longestDelay = ({ synapses }: Entity): number => {
  const { delays } = synapses!;
  return delays.kind === "one" ? delays.steps : delays.longest;
};

/** Whether a projection transmits spikes, and does not couple in every step. */
const sendsSpikes = (projection: Entity): boolean =>
  !projection.enabled().some(({ declaration }) => declaration.coupling !== null);

/** Whether it matters in which step a projection handles a spike: something changes what it transmits. */
const isTimely = (projection: Entity): boolean =>
  projection.synapses!.exposed ||
  projection
    .enabled()
    .some(
      ({ declaration: { onPre, onPost, equations, step } }) =>
        onPre.length + onPost.length + equations.length > 0 || step !== null,
    );

/**
 * Steps from a spike to its handling where what it brings waits, of all sources or of each: what a synapse transmits is what it
 * would transmit in the step after that in which the spike has reached it, behind the axonal share of the delay, or at the latest
 * when it arrives.
 */
export function waitingLags({ synapses }: Entity): Lag {
  const known = waitingLagsOf.get(synapses!) ?? findWaitingLags(synapses!);
  waitingLagsOf.set(synapses!, known);
  return known;
}

/** They follow from the wiring, which does not change, and are asked for whenever anything is planned. */
const waitingLagsOf = new WeakMap<Synapses, Lag>();

function findWaitingLags(synapses: Synapses): Lag {
  const { axonal, delays, source } = synapses;
  if (axonal === 0) return 1;
  const lagOf = (share: number, shortest: number): number => Math.min(share + 1, shortest);
  if (typeof axonal === "number" && delays.kind === "one") return lagOf(axonal, delays.steps);
  const [steps, pointers] = [delaySteps(synapses), pointersOf(synapses)];
  const lags = Uint16Array.from({ length: source.n }, (_, s) => {
    const share = typeof axonal === "number" ? axonal : axonal[s]!;
    const row = steps.subarray(pointers[s], pointers[s + 1]);
    return lagOf(share, row.reduce((a, b) => Math.min(a, b), longestShare));
  });
  return lags.every((each) => each === lags[0]) ? lags[0]! : lags;
} // prettier-ignore

const longestShare = 65535;

/**
 * Populations whose spikes learning goes through, and the steps after which it does so at the latest. Spikes that are on their way are kept
 * although nobody learns from them yet: a rule that is attached meanwhile is there when they reach the synapse.
 */
function learned(projection: Entity): (readonly [Entity, number])[] {
  const { source, target, axonal, dendritic } = projection.synapses!;
  const behaviors = projection.enabled();
  const pre = behaviors.some((each) => each.declaration.onPre.length > 0 && isBehindFiring(each));
  const post = behaviors.some(({ declaration }) => declaration.onPost.length > 0);
  return [
    ...(pre || longestLag(axonal) > 0 ? [[source.entity, longestLag(axonal)] as const] : []),
    ...(post || longestLag(dendritic) > 0 ? [[target.entity, longestLag(dendritic)] as const] : []),
  ];
}

export const longestLag = (lag: Lag): number =>
  typeof lag === "number" ? lag : lag.reduce((longest, each) => Math.max(longest, each), 0);

/** Projections of a list that are not populations, enabled and not empty. */
export const activeProjections = (entities: readonly Entity[]): Entity[] =>
  entities.filter(({ synapses, n }) => synapses?.enabled === true && n > 0);

/** Synapses that a spike has at a receptor for each step of the longest delay, on average. */
function stretch(projections: readonly Entity[], longest: number): number {
  const synapses = projections.reduce((sum, { n }) => sum + n, 0);
  const rows = projections.reduce((sum, { synapses }) => sum + synapses!.source.n, 0);
  return synapses / (rows * longest);
}

/** Routes of all projections. `mustWait` tells of receptors to which something is on its way already. */
export function routesOf(
  entities: readonly Entity[],
  mustWait: (target: Entity, receptor: string) => number | undefined,
  { precision, largestRing }: { readonly precision: Precision; readonly largestRing: number },
): Routes {
  const active = activeProjections(entities);
  const byTarget = new Map<Entity, Entity[]>();
  for (const projection of active) {
    const { entity } = projection.synapses!.target;
    const list = byTarget.get(entity);
    if (list) list.push(projection);
    else byTarget.set(entity, [projection]);
  }
  const receptors: ReceptorRoute[] = [];
  const lags = new Map<Entity, number>();
  const spikeRows = new Map<Entity, number>();
  for (const target of entities)
    for (const { instance, enabled } of target.attached) {
      if (instance.declaration.onArrival.length === 0) continue;
      const receptor = instance.name;
      const into = (byTarget.get(target) ?? []).filter(({ synapses }) => synapses!.receptor === receptor);
      const spiking = into.filter(sendsSpikes);
      const pending = mustWait(target, receptor);
      const longest = Math.max(0, ...spiking.map(longestDelay));
      const differ = spiking.some((each) => each.synapses!.delays.kind !== "one");
      const ring = (longest + 1) * paddedLength(target.n) * elementBytes(precision);
      const collects =
        differ &&
        ring * Math.min(1, stretch(spiking, longest)) > largestRing &&
        pending === undefined &&
        spiking.every((each) => each.synapses!.delays.kind !== "source" && !isTimely(each));
      const waits = !collects && (pending !== undefined || differ || spiking.some(isTimely));
      const rows = waits ? Math.max(pending ?? 0, longest + 1) : 1;
      receptors.push({ target, receptor, waits, collects, rows, enabled });
      for (const projection of spiking) {
        const lag = waits ? longestLag(waitingLags(projection)) : longestDelay(projection);
        const source = projection.synapses!.source.entity;
        // Deliveries of one collection are in the order of their names alone.
        lags.set(projection, collects ? longest : lag);
        spikeRows.set(source, Math.max(spikeRows.get(source) ?? 0, lag + 1));
      }
    }
  for (const [population, lag] of active.flatMap(learned))
    spikeRows.set(population, Math.max(spikeRows.get(population) ?? 0, lag + 1));
  return { receptors, lags, spikeRows };
} // prettier-ignore

/** Refuses rings for which 32-bit addresses do not suffice, before they are made. */
export function requireRings({ receptors, spikeRows }: Routes, precision: Precision): void {
  const rings = [
    ...receptors.map(({ target, rows }) => ({ entity: target, rows, width: paddedLength(target.n) * elementBytes(precision) })),
    ...[...spikeRows].map(([entity, rows]) => ({ entity, rows, width: entity.n * 4 })),
  ];
  const total = rings.reduce((sum, { rows, width }) => sum + rows * width, 0);
  if (total <= 2 ** 32 - 2 ** 27) return;
  const { entity, rows, width } = rings.reduce((a, b) => (a.rows * a.width >= b.rows * b.width ? a : b));
  const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  throw new NeuroweaveError(
    "out-of-memory",
    `what is on its way would need ${gibibytes(total)}, of which ${gibibytes(rows * width)} for ${rows} steps of the ${entity.n} neurons of ${entity.name}`,
    { remedy: "Give shorter delays, or a longer dt: every step of the longest delay takes room for every neuron." },
  );
} // prettier-ignore
