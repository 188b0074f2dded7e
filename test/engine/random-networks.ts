/** Small random networks, as data: built by the framework on any device, and as a naive twin. */
import {
  createNetwork,
  defineBehavior,
  DeltaReceptor,
  Refractory,
  SpikeTrain,
  type EngineOptions,
  type Network,
  type ProjectionOptions,
} from "neuroweave";
import fc from "fast-check";
import { Cell } from "../model/tiny-behaviors.ts";
import {
  NaiveNetwork,
  storedOrder,
  type NaiveCells,
  type NaiveReceptor,
  type NaiveSynapse,
  type NaiveTrain,
} from "./naive-network.ts";
import { listed } from "./wiring.ts";

/** A conductance that decays by Euler's method, so that plain arithmetic has its bits. */
export const Leaky = defineBehavior({
  name: "leaky",
  scope: "instance",
  parameters: { tau: { default: 4 }, E: { default: 2 } },
  state: { g: { init: 0 } },
  requires: ["I", "v"],
  equations: `
    tau * dg/dt = -g
    I += g * (E - v)
  `,
  onArrival: "g += arriving",
});

export interface ProjectionPlan {
  readonly name: string;
  readonly source: { readonly population: string; readonly from: number; readonly n: number };
  readonly target: { readonly population: string; readonly from: number; readonly n: number };
  readonly receptor: string;
  /** By source; delays in steps as they are given, 0 included. */
  readonly synapses: readonly NaiveSynapse[];
  readonly weights: "one" | "array" | "f32" | "i16" | "connector" | "shared";
  readonly delays: "one" | "source" | "synapse" | "connector";
}

export interface NetworkPlan {
  readonly dt: number;
  readonly cells: readonly NaiveCells[];
  readonly trains: readonly NaiveTrain[];
  readonly projections: readonly ProjectionPlan[];
}

type Draw = fc.GeneratorValue;

const between = (draw: Draw, min: number, max: number): number => draw(fc.integer, { min, max });
const among = <T>(draw: Draw, list: readonly T[]): T => list[between(draw, 0, list.length - 1)]!;
/** A number with all bits of its fraction in use, between 0 and 1. */
const fraction = (draw: Draw): number => between(draw, 0, 2 ** 30) / 2 ** 30 / 3;

function drawnReceptors(draw: Draw): NaiveReceptor[] {
  const conductances = Array.from({ length: between(draw, 0, 2) }, (_, j): NaiveReceptor => ({
    name: `g${j}`,
    kind: "conductance",
    tau: 2 + 5 * fraction(draw),
    E: among(draw, [3, -1]),
  }));
  const delta: NaiveReceptor = { name: "kick", kind: "delta" };
  if (conductances.length === 0) return [delta];
  return draw(fc.boolean) ? [delta, ...conductances] : conductances;
}

function drawnCells(draw: Draw, name: string, most: number): NaiveCells {
  const n = between(draw, 1, most);
  return {
    name,
    n,
    tau: 3 + 9 * fraction(draw),
    theta: 1,
    I: Array.from({ length: n }, () => 0.9 + 3 * fraction(draw)),
    refractory: between(draw, 0, 3),
    receptors: drawnReceptors(draw),
  };
}

function drawnTrain(draw: Draw, name: string, steps: number): NaiveTrain {
  const n = between(draw, 1, 8);
  const spikes = Array.from({ length: between(draw, 0, 30) }, () => ({
    step: between(draw, 0, steps),
    id: between(draw, 0, n - 1),
  }));
  return { name, n, spikes };
}

/** Part of a population, or all of it. */
function drawnEnd(draw: Draw, { name, n }: { readonly name: string; readonly n: number }): ProjectionPlan["source"] {
  if (n === 1 || draw(fc.boolean)) return { population: name, from: 0, n };
  const from = between(draw, 0, n - 1);
  return { population: name, from, n: between(draw, 1, n - from) };
}

export function drawnProjection(
  draw: Draw,
  name: string,
  plan: Omit<NetworkPlan, "projections">,
  longest = 9,
): ProjectionPlan {
  const cells = among(draw, plan.cells);
  const ends = { source: drawnEnd(draw, among(draw, [...plan.cells, ...plan.trains])), target: drawnEnd(draw, cells) };
  return drawnSynapses(draw, { name, ...ends, receptor: among(draw, cells.receptors).name }, longest);
}

/** Synapses between given ends. */
export function drawnSynapses(
  draw: Draw,
  { name, source, target, receptor }: Pick<ProjectionPlan, "name" | "source" | "target" | "receptor">,
  longest = 9,
): ProjectionPlan {
  const weights = among(draw, ["one", "array", "f32", "i16", "connector", "shared"] as const);
  const wanted = among(draw, ["one", "one", "source", "synapse", "connector"] as const);
  const sign = receptor === "kick" && draw(fc.boolean) ? -1 : 1;
  const palette = Array.from({ length: 3 }, () => sign * 0.4 * fraction(draw));
  const common = between(draw, 0, longest);
  const perSource = Array.from({ length: source.n }, () => between(draw, 0, longest));
  const count = between(draw, 0, 2 * source.n * Math.min(target.n, 4));
  // As many delays as there are sources would be taken for theirs.
  const delays =
    wanted === "synapse" && count === source.n
      ? "connector"
      : wanted === "source" && count === source.n
        ? "one"
        : wanted;
  const synapses = Array.from({ length: count }, (): NaiveSynapse => {
    const from = between(draw, 0, source.n - 1);
    const weight =
      weights === "one" ? palette[0]! : weights === "shared" ? among(draw, palette) : sign * 0.4 * fraction(draw);
    const delay = delays === "one" ? common : delays === "source" ? perSource[from]! : between(draw, 0, longest);
    return { source: from, target: between(draw, 0, target.n - 1), weight, delay };
  });
  return {
    name,
    source,
    target,
    receptor,
    synapses: synapses.toSorted((x, y) => x.source - y.source),
    weights,
    delays,
  };
}

/** Populations have at most so many neurons. */
export function drawnPlan(draw: Draw, steps: number, most = 12): NetworkPlan {
  const dt = among(draw, [0.1, 0.25, 0.7, 1]);
  const cells = Array.from({ length: between(draw, 1, 3) }, (_, j) => drawnCells(draw, `cells ${j}`, most));
  const trains = Array.from({ length: between(draw, 1, 2) }, (_, j) => drawnTrain(draw, `train ${j}`, steps));
  const names = ["p", "p10", "p2", "Q", "ä"].slice(0, between(draw, 1, 5));
  return { dt, cells, trains, projections: names.map((name) => drawnProjection(draw, name, { dt, cells, trains })) };
}

/** Weights as a device sees them: narrower ones rounded as the documents say. */
export function packed(weights: ProjectionPlan["weights"], given: readonly number[]): number[] {
  if (weights === "f32") return given.map(Math.fround);
  if (weights !== "i16") return [...given];
  const scale = Math.max(0, ...given.map(Math.abs)) / 32767;
  return given.map((weight) => (scale === 0 ? 0 : Math.round(weight / scale) * scale));
}

/** The synapses of a plan in the order in which they are stored, with the delays in which they arrive. */
export function synapsesOf(plan: ProjectionPlan): NaiveSynapse[] {
  const weights = packed(plan.weights, plan.synapses.map(({ weight }) => weight));
  return storedOrder(
    plan.synapses.map(({ source, target, delay }, j) => ({ source, target, weight: weights[j]!, delay: Math.max(1, delay) })),
  );
} // prettier-ignore

/** How a projection of a plan is asked for, beside its ends. */
export function wiringOf(plan: ProjectionPlan, dt: number): Pick<ProjectionOptions, "connect" | "weight" | "delay" | "weights"> {
  const { synapses, source } = plan;
  const weights = synapses.map(({ weight }) => weight);
  const delays = synapses.map(({ delay }) => delay * dt);
  const perSource = Array.from({ length: source.n }, (_, s) => (synapses.find((each) => each.source === s)?.delay ?? 0) * dt);
  const values = [...new Set(weights)];
  const connect = listed(synapses, {
    ...(plan.weights === "connector" ? { weights: Float64Array.from(weights) } : {}),
    ...(plan.weights === "shared"
      ? { shared: { values: Float64Array.from(values), index: Uint16Array.from(weights, (weight) => values.indexOf(weight)) } }
      : {}),
    ...(plan.delays === "connector" ? { delays: Float64Array.from(delays) } : {}),
  });
  return {
    connect,
    ...(plan.weights === "one" ? { weight: weights[0] ?? 1 } : {}),
    ...(plan.weights === "array" || plan.weights === "f32" || plan.weights === "i16" ? { weight: weights } : {}),
    ...(plan.weights === "f32" || plan.weights === "i16" ? { weights: plan.weights } : {}),
    ...(plan.delays === "one" ? { delay: delays[0] ?? 0 } : {}),
    ...(plan.delays === "source" ? { delay: perSource } : {}),
    ...(plan.delays === "synapse" ? { delay: delays } : {}),
  };
} // prettier-ignore

interface Place extends EngineOptions {
  /** Order of creation of populations, and of projections after them. */
  readonly order?: <T>(list: readonly T[]) => readonly T[];
}

/** The network of a plan. */
export function builtNetwork(plan: NetworkPlan, { order = (list) => list, ...options }: Place): Network {
  const net = createNetwork({ dt: plan.dt, seed: "delivery", ...options });
  for (const each of order([...plan.cells, ...plan.trains]))
    if ("spikes" in each) {
      const [times, ids] = [each.spikes.map(({ step }) => step * plan.dt), each.spikes.map(({ id }) => id)];
      net.population(each.name, each.n, SpikeTrain({ times, ids }));
    } else net.population(each.name, each.n, behaviorsOf(each, plan.dt) as never, { method: "euler" });
  for (const each of order(plan.projections)) addProjection(net, each);
  return net;
}

const behaviorsOf = ({ tau, theta, I, refractory, receptors }: NaiveCells, dt: number): object[] => [
  Cell({ tau_m: tau, theta, I: [...I] }),
  ...receptors.map((each) =>
    each.kind === "delta" ? DeltaReceptor({ name: each.name }) : Leaky({ name: each.name, tau: each.tau, E: each.E }),
  ),
  ...(refractory > 0 ? [Refractory({ tau_ref: refractory * dt })] : []),
];

export function addProjection(net: Network, plan: ProjectionPlan): void {
  const part = ({ population, from, n }: ProjectionPlan["source"]) => {
    const found = net.find(population);
    return n === found.n ? found : found.slice(from, from + n);
  };
  net.projection(plan.name, {
    source: part(plan.source),
    target: part(plan.target),
    receptor: plan.receptor,
    ...wiringOf(plan, net.dt),
  });
}

/** The naive twin of a plan. */
export function naiveTwin(plan: NetworkPlan): NaiveNetwork {
  const naive = new NaiveNetwork(plan.dt, plan.cells, plan.trains);
  for (const each of plan.projections) naive.add({ ...each, synapses: synapsesOf(each), enabled: true });
  return naive;
}
