/** k partners for every neuron of one end, drawn from the other end. */
import type { ConnectorEnd, RandomSource } from "@neuroweave/model";
import type { SelfOption } from "./all-to-all.ts";
import { within } from "./autapses.ts";
import type { ConnectorEnds } from "./define-connector.ts";
import { distinctDraws } from "./distinct-draws.ts";
import { indexArray, type Indices } from "./index-array.ts";
import { checkFlag, checkOptions, checkWhole, refusal } from "./options.ts";

/** Whether a pair of neurons can have several synapses. */
export interface MultapsesOption extends SelfOption {
  /** Whether a pair may have several synapses. */
  readonly multapses?: boolean;
}

export interface Degree {
  readonly k: number;
  readonly self: boolean;
  readonly multapses: boolean;
}

export function checkMultapses(name: string, what: string, k: number, options: MultapsesOption): Degree {
  checkWhole(name, what, k, 0);
  checkOptions(name, options, ["self", "multapses"]);
  const { self = true, multapses = true } = options;
  checkFlag(name, "self", self);
  checkFlag(name, "multapses", multapses);
  return { k, self, multapses };
}

/** The two ends as seen from the neurons that have a fixed degree. */
export interface DegreeEnds {
  readonly each: ConnectorEnd;
  readonly pool: ConnectorEnd;
  /** Neuron i of `each` is neuron i + shift of `pool`; null where no autapse is to be left out. */
  readonly shift: number | null;
}

export const fromSources = ({ source, target, shift }: ConnectorEnds, { self }: Degree): DegreeEnds => ({
  each: source,
  pool: target,
  shift: self ? null : shift,
});

export const fromTargets = ({ source, target, shift }: ConnectorEnds, { self }: Degree): DegreeEnds => ({
  each: target,
  pool: source,
  shift: self || shift === null ? null : -shift,
});

/** Refuses a degree that some neuron cannot have. */
export function checkDegree(text: string, { each, pool, shift }: DegreeEnds, { k, multapses }: Degree): void {
  const lacking = shift !== null && Math.max(0, -shift) < Math.min(each.n, pool.n - shift);
  const available = lacking ? pool.n - 1 : pool.n;
  if (k <= (multapses && available > 0 ? Infinity : available)) return;
  throw refusal(
    "out-of-range",
    `${text} needs ${k} partners in ${pool.name} for every neuron of ${each.name}, which has only ${available} to choose from`,
    multapses ? "Allow autapses, or take another population." : `Ask for at most ${available}, or allow multapses.`,
  );
}

/** The partners: those of neuron i of `each` are at [i·k, (i + 1)·k), in the order drawn. */
export function drawPartners(ends: DegreeEnds, { k, multapses }: Degree, random: RandomSource): Indices {
  const { each, pool, shift } = ends;
  const partners = indexArray(pool.n, each.n * k);
  const distinct = multapses ? undefined : distinctDraws(pool.n);
  for (let i = 0; i < each.n; i++) {
    const own = shift === null ? -1 : within(i + shift, pool.n);
    const available = own < 0 ? pool.n : pool.n - 1;
    const end = (i + 1) * k;
    if (distinct) distinct(partners, end - k, k, available, random);
    else for (let j = end - k; j < end; j++) partners[j] = Math.floor(random() * available);
    if (own >= 0) for (let j = end - k; j < end; j++) if (partners[j]! >= own) partners[j]!++;
  }
  return partners;
}
