import { NeuroweaveError } from "@neuroweave/equations";

/** A population. */
export interface GraphNode {
  readonly name: string;
  /** Number of neurons. */
  readonly n: number;
}

/** A projection. `source` and `target` are names of nodes, or of parts of them, as in "exc[0, 100)". */
export interface GraphLink {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  /** Where its spikes land; links of one receptor have one color. */
  readonly receptor: string;
  readonly synapses: number;
  /** Inhibitory links end in a bar, others in an arrow. */
  readonly sign?: "excitatory" | "inhibitory";
  /** Drawn pale where false. */
  readonly enabled?: boolean;
}

/** Populations and projections, as nodes and links. */
export interface NetworkGraph {
  readonly nodes: readonly GraphNode[];
  readonly links: readonly GraphLink[];
}

/** What is read of a plan, such as `net.explain()`. */
export interface PlannedGraph {
  readonly populations: readonly GraphNode[];
  readonly projections: readonly {
    readonly name: string;
    readonly source: string;
    readonly target: string;
    readonly receptor: string;
    readonly synapses: number;
    readonly weight: string;
    readonly enabled: boolean;
  }[];
}

/**
 * The graph of a plan. A projection counts as inhibitory if its weights are negative, or if its receptor is called so
 * ("inh", "gaba", or "I" behind an underscore, in any case); that is a guess by names, which `sign` in hand-made links replaces.
 */
export function graphOf({ populations, projections }: PlannedGraph): NetworkGraph {
  return {
    nodes: populations.map(({ name, n }) => ({ name, n })),
    links: projections.map(({ name, source, target, receptor, synapses, weight, enabled }) => {
      const inhibitory = /^[-−][\d.]/u.test(weight) && !/… \d/u.test(weight);
      const called = /inh|gaba|(^|_)i$/iu.test(receptor);
      return {
        name,
        source,
        target,
        receptor,
        synapses,
        enabled,
        sign: inhibitory || called ? "inhibitory" : "excitatory",
      };
    }),
  };
}

/** Index of the node that an end of a link lies in. Throws `unknown-name`. */
export function nodeIndex(nodes: readonly GraphNode[], end: string, link: string): number {
  const whole = nodes.findIndex(({ name }) => name === end);
  if (whole >= 0) return whole;
  const part = nodes.findIndex(
    ({ name }) => end.startsWith(`${name}[`) && /^\[\d+, \d+\)$/u.test(end.slice(name.length)),
  );
  if (part >= 0) return part;
  throw new NeuroweaveError("unknown-name", `the link ${link} has an end ${end}, and there is no such node`, {
    candidates: nodes.map(({ name }) => name),
    remedy: "name a node, or a part of one as in exc[0, 100)",
  });
}
