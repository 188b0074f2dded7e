/** Structural plasticity: weak synapses go, and new ones come where there is room. */
import { hostStream, NeuroweaveError, type Network, type Projection } from "@neuroweave/model";

/** Which synapses go, which come, and when. */
export interface StructuralPlasticityOptions {
  /** Interval in ms, a whole number of steps, > 0: it happens at the step borders t ≡ 0 (mod every). */
  readonly every: number;
  /** Synapses with a smaller weight are pruned, in the unit of the receptor. None unless given. */
  readonly below?: number;
  /** How synapses come; none do unless given. */
  readonly create?: {
    /** Chance of each pair without a synapse to get one, 0 to 1, each time. */
    readonly probability: number;
    /** Weight that it begins with, in the unit of the receptor. */
    readonly weight: number;
    /** In ms, on the grid. That of the other synapses unless given; needed where they have not all the same. */
    readonly delay?: number;
    /** Synapses that a target may have; as many as there are sources unless given. Where more would come, chance chooses among them. */
    readonly capacity?: number;
    /** Whether a neuron may connect to itself; no unless given. */
    readonly self?: boolean;
  };
}

/** What has happened so far. */
export interface StructuralChanges {
  readonly pruned: number;
  readonly created: number;
}

/** Structural plasticity of one projection. */
export interface StructuralPlasticity {
  readonly changes: StructuralChanges;
  /** Prunes and creates at once, between runs. */
  apply(): void;
  /** Ends it; the synapses stay. */
  stop(): void;
}

/**
 * Prunes synapses whose weight has fallen below a threshold and creates others between pairs that have none, each so many ms, within a
 * capacity of each target. Survivors keep all their state, spikes on their way arrive, and what a border draws depends on the seed, the
 * name of the projection and the step only. A change takes a new compilation, so seldom is better than often. Nothing happens while `net.learning` is false. It is code of the host: not part of snapshots
 * and forks, so start it again for a network that is to go on from one. Its numbers are own choice.
 *
 * After the turnover of synapses in Butz, Wörgötter & van Ooyen 2009, Brain Res. Rev. 60:287, and the rewiring under a bound on the
 * number of synapses of Bellec, Kappel, Maass & Legenstein 2018, Proc. ICLR (Deep Rewiring). Throws `out-of-range` and `not-finite` for
 * numbers outside their ranges, and what `projection.restructure` throws.
 *
 *     const turnover = structuralPlasticity(net, synapses, { every: 1000, below: 0.01, create: { probability: 0.02, weight: 0.1, capacity: 40 } });
 */
export function structuralPlasticity(net: Network, projection: Projection, options: StructuralPlasticityOptions): StructuralPlasticity {
  const { every, below = -Infinity, create } = options;
  if (Number.isNaN(below) || typeof below !== "number") throw outside("below", below, "a number");
  if (create) checkCreation(create);
  let changes: StructuralChanges = { pruned: 0, created: 0 };
  const apply = (): void => {
    const { sources, targets, values } = projection.weights();
    const weak: number[] = [];
    values.forEach((w, j) => void (w < below && weak.push(j)));
    const pairs = create ? creatable(net, projection, create, { sources, targets, weak: new Set(weak) }) : [];
    if (weak.length + pairs.length === 0) return;
    const { weight = 0, delay } = create ?? {};
    projection.restructure({
      prune: weak,
      ...(pairs.length > 0 && {
        grow: { sources: pairs.map(([s]) => s), targets: pairs.map(([, t]) => t), weight, ...(delay !== undefined && { delay }) },
      }),
    });
    changes = { pruned: changes.pruned + weak.length, created: changes.created + pairs.length };
  };
  const stop = net.every(every, () => {
    if (net.learning) apply();
  });
  return {
    get changes() {
      return changes;
    },
    apply,
    stop,
  };
} // prettier-ignore

const outside = (what: string, given: unknown, expected: string): NeuroweaveError =>
  new NeuroweaveError("out-of-range", `${what} of structural plasticity is ${String(given)}`, {
    remedy: `Give ${expected}.`,
  });

function checkCreation({ probability, weight, capacity = 0 }: NonNullable<StructuralPlasticityOptions["create"]>): void {
  if (!(probability >= 0 && probability <= 1)) throw outside("the probability", probability, "a number from 0 to 1");
  if (!Number.isFinite(weight)) throw outside("the weight", weight, "a finite number");
  if (!Number.isSafeInteger(capacity) || capacity < 0) throw outside("the capacity", capacity, "a whole number ≥ 0");
} // prettier-ignore

type Pair = readonly [source: number, target: number];

/**
 * Pairs that get a synapse: none that loses one just now. Every pair without one draws a number; those below the probability are candidates, and of the candidates of a
 * target that has less room, those with the smallest numbers are taken.
 */
function creatable(
  net: Network,
  projection: Projection,
  { probability, capacity, self = false }: NonNullable<StructuralPlasticityOptions["create"]>,
  present: { readonly sources: Uint32Array; readonly targets: Uint32Array; readonly weak: ReadonlySet<number> },
): readonly Pair[] {
  const { source, target } = projection.entity.synapses!;
  const random = hostStream(net.seed, projection.name, "structural plasticity", String(net.steps));
  const connected: Set<number>[] = Array.from({ length: target.n }, () => new Set());
  const degrees = new Uint32Array(target.n);
  present.sources.forEach((s, j) => {
    const t = present.targets[j]!;
    connected[t]!.add(s);
    if (!present.weak.has(j)) degrees[t]!++;
  });
  const same = source.entity === target.entity && !self;
  return connected.flatMap((own, t) => {
    const candidates: { readonly s: number; readonly drawn: number }[] = [];
    for (let s = 0; s < source.n; s++) {
      if (own.has(s) || (same && source.from + s === target.from + t)) continue;
      const drawn = random();
      if (drawn < probability) candidates.push({ s, drawn });
    }
    const room = Math.max(0, (capacity ?? source.n) - degrees[t]!);
    candidates.sort((a, b) => a.drawn - b.drawn || a.s - b.s);
    return candidates.slice(0, room).map(({ s }): Pair => [s, t]);
  });
}
