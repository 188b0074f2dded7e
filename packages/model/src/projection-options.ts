/** What a projection may be told when it is made. */
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import type { Connector } from "./connector.ts";
import type { Entity } from "./entity.ts";
import type { ParameterValue } from "./parameters.ts";
import { PopulationSlice, Population } from "./population.ts";
import type { Shape, Shaped } from "./shapes.ts";
import type { End } from "./synapses.ts";

/** Neurons that a projection begins or ends at. */
export type Endpoint = Population<Shape> | PopulationSlice<Shape>;

/** A number for a synapse from what it connects: indices within source and target, and the distance of their positions. */
export type SynapseRule = (source: number, target: number, distance: number) => number;

/** What a projection is told when it is made. */
export interface ProjectionOptions {
  /** Where spikes come from: a population or a slice of one. */
  readonly source: Endpoint;
  /** Where they go: a population or a slice of one. */
  readonly target: Endpoint;
  /** Who is connected to whom. */
  readonly connect: Connector;
  /** Name of the target's receptor in which spikes land; needed where the target has several. */
  readonly receptor?: string;
  /**
   * What a spike adds, in the unit of the receptor: one number (1 unless given), one for each synapse, a distribution to draw
   * one for each synapse from, or a rule. Where the connector decides weights, a number multiplies them.
   */
  readonly weight?: ParameterValue | SynapseRule;
  /**
   * From the spike to its arrival in ms: one number (0 unless given), one for each source neuron or each synapse, a
   * distribution, or a rule. A spike of step k arrives in step k + max(1, round(delay / dt)). One number, or a list of them,
   * must be on the grid; drawn and computed delays are rounded to it.
   */
  readonly delay?: ParameterValue | SynapseRule;
  /**
   * After which time, in ms, learning sees a spike of a source: the share of the delay that the axon takes. One number (0 unless given),
   * or one for each source. What is transmitted is that of the step after, or of the arrival if that is earlier; when it arrives is not changed.
   */
  readonly axonal?: number | ArrayLike<number>;
  /** The same of the targets: how long a spike takes back to the synapse. One number (0 unless given), or one for each target. */
  readonly dendritic?: number | ArrayLike<number>;
  /** How weights that differ are stored: in the precision of the network unless given; `i16` in 32767ths of the largest. */
  readonly weights?: "f64" | "f32" | "i16";
  /** What the synapses do beside transmitting w: short-term plasticity, stochastic release, couplings. */
  readonly behaviors?: readonly Shaped[];
  /** Further names, under which it can be found. */
  readonly tags?: readonly string[];
  /** Names of behaviors that are attached and switched off. */
  readonly disabled?: readonly string[];
}

const known = [
  "source",
  "target",
  "connect",
  "receptor",
  "weight",
  "delay",
  "axonal",
  "dendritic",
  "weights",
  "behaviors",
  "tags",
  "disabled",
];

/** Refuses options that do not exist or make no sense. */
export function checkProjectionOptions(name: string, options: ProjectionOptions, precision: string): void {
  const refuse = (what: string, remedy: string) =>
    new NeuroweaveError("invalid-value", what, { entity: name, remedy });
  if (typeof options !== "object" || options === null)
    throw refuse(`the options of ${name} are ${String(options)}`, "Give { source, target, connect, receptor }.");
  for (const key of Object.keys(options))
    if (!known.includes(key))
      throw new NeuroweaveError("unknown-name", `a projection has no option ${key}`, {
        entity: name,
        candidates: nearest(key, known),
        remedy: `The options are ${known.join(", ")}.`,
      });
  const { connect, weights, behaviors = [], tags = [], disabled = [] } = options;
  if ((connect as { kind?: unknown } | undefined)?.kind !== "connector")
    throw refuse(`${name} is not told whom to connect`, "Give a connector, such as connect: fixedProbability(0.1).");
  if (weights !== undefined && !["f64", "f32", "i16"].includes(weights))
    throw refuse(`weights cannot be stored as ${String(weights)}`, "Choose f64, f32 or i16.");
  if (weights === "f64" && precision === "f32")
    throw refuse("a network of precision f32 has no weights of f64", "Leave `weights` out.");
  if (!Array.isArray(behaviors)) throw refuse(`the behaviors of ${name} are no list`, "Give a list, such as [TsodyksMarkram()].");
  if (!Array.isArray(disabled) || disabled.some((each) => typeof each !== "string"))
    throw refuse(`what is switched off in ${name} is no list of names`, 'Give a list, such as ["pairRule"].');
  if (!Array.isArray(tags) || tags.some((tag) => typeof tag !== "string"))
    throw refuse(`the tags of ${name} are no list of texts`, 'Give a list, such as ["recurrent"].');
} // prettier-ignore

/** The same options with copies of lists that their author may change. */
export function withOwnLists(options: ProjectionOptions): ProjectionOptions {
  const isList = (value: unknown): value is ArrayLike<number> => Array.isArray(value) || ArrayBuffer.isView(value);
  const lists = (["weight", "delay", "axonal", "dendritic"] as const).flatMap((key) => {
    const given = options[key];
    return isList(given) ? [[key, Float64Array.from(given)] as const] : [];
  });
  return lists.length === 0 ? options : { ...options, ...Object.fromEntries(lists) };
}

/** What may be another after a projection has been wired anew. */
export type Rewiring = Pick<Partial<ProjectionOptions>, "connect" | "weight" | "delay" | "weights">;

/** Refuses to wire anew what a projection keeps for as long as it is there. */
export function checkRewiring(name: string, changes: Rewiring): void {
  const kept = Object.keys(changes).find(
    (key) => known.includes(key) && !["connect", "weight", "delay", "weights"].includes(key),
  );
  if (kept === undefined) return;
  throw new NeuroweaveError("structure", `${kept} of ${name} is not part of its wiring`, {
    entity: name,
    remedy:
      kept === "behaviors"
        ? "Attach and detach behaviors: projection.attach(TsodyksMarkram())."
        : "Remove the projection, and make another.",
  });
}

/** The neurons of an endpoint; refuses what is none, and what belongs to another network. */
export function endOf(
  projection: string,
  which: "source" | "target",
  given: unknown,
  isPresent: (entity: Entity) => boolean,
): End {
  const part = given instanceof PopulationSlice;
  const population: unknown = part ? given.population : given;
  if (!(population instanceof Population))
    throw new NeuroweaveError("invalid-value", `the ${which} of ${projection} is no population`, {
      entity: projection,
      remedy: "Give what net.population returned, or a slice of it.",
    });
  const { entity } = population;
  if (!isPresent(entity))
    throw new NeuroweaveError(
      "structure",
      `the ${which} of ${projection}, ${entity.name}, is not a population of this network, or no longer`,
      { entity: projection, remedy: "Use populations that this network made and that have not been removed." },
    );
  return part ? { entity, from: given.from, n: given.n } : { entity, from: 0, n: entity.n };
}

/** The receptors of a population, by name. */
export const receptorsOf = (entity: Entity): string[] =>
  entity.attached.flatMap(({ instance }) => (instance.declaration.onArrival.length > 0 ? [instance.name] : []));

/** The receptor that is meant; refuses one that the target lacks, with a list of those that it has. */
export function receptorOf(projection: string, target: Entity, wanted: string | undefined): string {
  const receptors = receptorsOf(target);
  if (wanted === undefined && receptors.length === 1) return receptors[0]!;
  if (wanted !== undefined && receptors.includes(wanted)) return wanted;
  const has = receptors.length > 0 ? `It has ${receptors.join(", ")}.` : "Give it one, such as ConductanceReceptor({ name: \"g_exc\" }).";
  throw new NeuroweaveError(
    "missing-companion",
    wanted === undefined
      ? `${projection} is not told in which receptor of ${target.name} it ends`
      : `${target.name} has no receptor ${String(wanted)}`,
    { entity: projection, candidates: wanted === undefined ? receptors : nearest(String(wanted), receptors), remedy: has },
  );
} // prettier-ignore
