/**
 * The column of Maass, Natschläger & Markram 2002: 15 × 3 × 3 leaky integrate-and-fire neurons, a fifth of them inhibitory, with
 * synapses that are the likelier the nearer and that depress or facilitate. Many copies of one column run side by side, each with an
 * input and initial voltages of its own.
 */
import { hostStream } from "@neuroweave/model";
import {
  createNetwork,
  CurrentReceptor,
  exponential,
  filterSpikes,
  fixedProbability,
  fromArrays,
  gaussian,
  LIF,
  Refractory,
  SpikeTrain,
  TsodyksMarkram,
  uniform,
  type DenseMatrix,
  type Network,
  type SynapseList,
} from "neuroweave";

export interface LiquidOptions {
  readonly seed: number;
  /** Spike times in ms of the one input of each copy. */
  readonly inputs: readonly (readonly number[])[];
  /** Without them, neurons of the column do not reach one another. */
  readonly recurrent: boolean;
  readonly duration: number;
  /** Interval between states in ms. */
  readonly every: number;
}

type Kind = "exc" | "inh";

interface Pathway {
  readonly source: Kind;
  readonly target: Kind;
  /** Probability at distance 0. */
  readonly p: number;
  /** Mean largest weight in mV; that of a synapse is drawn from an exponential distribution. */
  readonly weight: number;
  readonly delay: number;
  readonly dynamics: { readonly U: number; readonly tau_rec: number; readonly tau_facil: number };
}

/** Means of the paper's appendix; there, U, D and F of synapses scatter around them. */
const pathways: readonly Pathway[] = [
  { source: "exc", target: "exc", p: 0.3, weight: 30, delay: 1.5, dynamics: { U: 0.5, tau_rec: 1100, tau_facil: 50 } },
  { source: "exc", target: "inh", p: 0.2, weight: 60, delay: 0.8, dynamics: { U: 0.05, tau_rec: 125, tau_facil: 1200 } },
  { source: "inh", target: "exc", p: 0.4, weight: 19, delay: 0.8, dynamics: { U: 0.25, tau_rec: 700, tau_facil: 20 } },
  { source: "inh", target: "inh", p: 0.1, weight: 19, delay: 0.8, dynamics: { U: 0.32, tau_rec: 144, tau_facil: 60 } },
]; // prettier-ignore

/** Range of the connections, in distances of neighbours, and the part of the neurons that the input reaches. */
const [lambda, reached] = [2, 0.3];
const inputWeights = { exc: 18, inh: 9 } as const;

/** Places of the neurons of one column by kind; a fifth of them, drawn at random, are inhibitory. */
function columnPlaces(seed: number): Readonly<Record<Kind, readonly number[][]>> {
  const random = hostStream(seed, "kinds of the column");
  const all = Array.from({ length: 135 }, (_, i) => ({
    place: [i % 15, Math.floor(i / 15) % 3, Math.floor(i / 45)],
    order: random(),
  }));
  const shuffled = all.toSorted((a, b) => a.order - b.order).map(({ place }) => place);
  return { inh: shuffled.slice(0, 27), exc: shuffled.slice(27) };
}

const kinds: readonly Kind[] = ["exc", "inh"];

const columnsOf = (places: readonly number[][]): number[][] =>
  [0, 1, 2].map((axis) => places.map((place) => place[axis]!));

/** Who is connected to whom in one column, and how strongly. */
function drawColumn(seed: number) {
  const places = columnPlaces(seed);
  const net = createNetwork({ dt: 0.1, seed });
  const cells = (name: Kind) =>
    net.population(name, places[name].length, [LIF(), CurrentReceptor({ name: "drive" })], {
      positions: columnsOf(places[name]),
    });
  const ends = { exc: cells("exc"), inh: cells("inh") };
  const input = net.population("input", 1, SpikeTrain());
  const within = pathways.map((pathway) => ({
    ...pathway,
    synapses: net
      .projection(`${pathway.source} to ${pathway.target}`, {
        source: ends[pathway.source],
        target: ends[pathway.target],
        connect: gaussian({ p: pathway.p, sigma: lambda / Math.SQRT2, self: false }),
        weight: exponential(pathway.weight),
      })
      .weights(),
  }));
  const from = (target: Kind): SynapseList =>
    net.projection(`input to ${target}`, { source: input, target: ends[target], connect: fixedProbability(reached), weight: inputWeights[target] }).weights();
  return { places, within, input: { exc: from("exc"), inh: from("inh") } };
} // prettier-ignore

/** The same synapses in every copy. */
function copied({ sources, targets, values }: SynapseList, copies: number, n: { source: number; target: number }) {
  const repeat = (ids: ArrayLike<number>, size: number): number[] =>
    Array.from({ length: copies }, (_, copy) => Array.from(ids, (id) => copy * size + id)).flat();
  const weights = Array.from({ length: copies }, () => Array.from(values)).flat();
  return fromArrays({ sources: repeat(sources, n.source), targets: repeat(targets, n.target), weights });
}

/** For each copy its states over time: the spikes of all 135 neurons under an exponential filter of 30 ms. */
export async function liquidStates({
  seed,
  inputs,
  recurrent,
  duration,
  every,
}: LiquidOptions): Promise<DenseMatrix[]> {
  const column = drawColumn(seed);
  const copies = inputs.length;
  const net = createNetwork({ dt: 0.1, seed });
  const population = (kind: Kind) =>
    net.population(kind, copies * column.places[kind].length, [
      LIF({ tau: 30, v_rest: 0, threshold: 15, v_reset: 13.5, I: 13.5, init_v: uniform(13.5, 15) }),
      Refractory({ tau_ref: kind === "exc" ? 3 : 2 }),
      CurrentReceptor({ name: "from_exc", tau: 3 }),
      CurrentReceptor({ name: "from_inh", tau: 6 }),
    ]);
  const ends = { exc: population("exc"), inh: population("inh") };
  const source = net.population(
    "input",
    copies,
    SpikeTrain({ times: inputs.flat(), ids: inputs.flatMap((times, id) => times.map(() => id)) }),
  );
  const size = { exc: column.places.exc.length, inh: column.places.inh.length };
  for (const kind of kinds)
    net.projection(`input to ${kind}`, {
      source,
      target: ends[kind],
      receptor: "from_exc",
      connect: copied(column.input[kind], copies, { source: 1, target: size[kind] }),
      weight: 1,
    });
  for (const { source: from, target: to, synapses, delay, dynamics } of recurrent ? column.within : [])
    net.projection(`${from} to ${to}`, {
      source: ends[from],
      target: ends[to],
      receptor: `from_${from}`,
      connect: copied(synapses, copies, { source: size[from], target: size[to] }),
      weight: from === "exc" ? 1 : -1,
      delay,
      behaviors: [TsodyksMarkram(dynamics)],
    });
  await net.run(duration);
  return statesOf(net, ends, size, copies, { duration, every });
}

function statesOf(
  net: Network,
  ends: Readonly<Record<Kind, { readonly n: number; spikes(): { times: Float64Array; ids: Uint32Array } }>>,
  size: Readonly<Record<Kind, number>>,
  copies: number,
  { duration, every }: Pick<LiquidOptions, "duration" | "every">,
): DenseMatrix[] {
  const sampled = kinds.map((kind) => ({
    n: size[kind],
    states: filterSpikes(ends[kind].spikes(), { n: ends[kind].n, tau: 30, every, from: every, duration }),
  }));
  return Array.from({ length: copies }, (_, copy) => {
    const rows = sampled[0]!.states.shape[0];
    const values = Float64Array.from(
      Array.from({ length: rows }, (_, row) =>
        sampled.flatMap(({ n, states }) => {
          const from = row * states.shape[1] + copy * n;
          return Array.from(states.values.subarray(from, from + n));
        }),
      ).flat(),
    );
    return { values, shape: [rows, size.exc + size.inh] };
  });
}
