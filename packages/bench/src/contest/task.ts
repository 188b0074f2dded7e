/** What contenders are given: networks that other simulators are measured on, with every parameter by name. */
import { eventsOf, eventValues } from "../linear-cost.ts";
import type { LIFValues, AdExValues } from "../networks.ts";
import { adexValues, dt, lifValues } from "../networks.ts";
import { brunelValues } from "../network-models/brunel.ts";
import { stdpValues } from "../network-models/stdp.ts";
import { cobaValues, cubaValues, type VogelsAbbottValues } from "../network-models/vogels-abbott.ts";

export type NetworkName = "lif" | "adex" | "cuba" | "coba" | "brunel" | "izhikevich" | "stdp" | "events";

type Unit = "ms per biological second" | "ns per neuron and step" | "ns per synaptic event";

export interface Task {
  /** Such as `coba-4000-euler`. */
  readonly id: string;
  readonly title: string;
  readonly network: NetworkName;
  /** What tells networks of one name apart, such as the method; empty where there is one. */
  readonly variant: string;
  readonly n: number;
  /** Steps of a run, from the beginning. */
  readonly steps: number;
  /** Numbers by name, `dt` among them; times in ms, voltages in mV. */
  readonly parameters: Readonly<Record<string, number>>;
  /** In Hz: the rates that other simulators have in these steps; without it, all must have that of the first. */
  readonly rates?: readonly [number, number];
  /** Accepted relative difference from the first; 0.02 where it is left out. */
  readonly tolerance?: number;
  /** In which times are told. */
  readonly unit: Unit;
}

const grouped = (n: number): string => n.toLocaleString("en-US");

function vogelsAbbott(all: VogelsAbbottValues, conductances: boolean): Task["parameters"] {
  const { initial: _, E_exc, E_inh, ...values } = all;
  return { dt, degree: 80, ...values, ...(conductances ? { E_exc, E_inh } : {}) };
}

const populationConstants = ({ I, ...values }: LIFValues | AdExValues) => ({ dt, ...values, I_first: I[0]! });

/** CUBA, 1 s. */
export const cuba = (n: number, steps = 10_000): Task => ({
  id: `cuba-${n}`,
  title: `CUBA ${grouped(n)}`,
  network: "cuba",
  variant: "",
  n,
  steps,
  parameters: vogelsAbbott(cubaValues, false),
  rates: [5.3, 5.9],
  unit: "ms per biological second",
});

/** COBA, 1 s. */
export const coba = (n: number, variant: "euler" | "exponentialEuler", steps = 10_000): Task => ({
  id: `coba-${n}-${variant}`,
  title: `COBA ${grouped(n)}, ${variant === "euler" ? "Euler" : "exponential Euler"}`,
  network: "coba",
  variant,
  n,
  steps,
  parameters: vogelsAbbott(cobaValues, true),
  rates: [18.5, 22],
  unit: "ms per biological second",
});

/** Brunel's network; smaller ones have fewer synapses and another rate. */
export const brunel = (n = 12_500, steps = 10_000): Task => ({
  id: `brunel-${n}`,
  title: `Brunel ${grouped(n)}`,
  network: "brunel",
  variant: "",
  n,
  steps,
  parameters: { dt, share: 0.1, ...brunelValues },
  ...(n === 12_500 ? { rates: [36, 39] as const } : {}),
  unit: "ms per biological second",
});

/** The network of 2003, 10 s. Its values of neurons are in the paper's formulas; what is here is around them. */
export const izhikevich = (n = 1000): Task => ({
  id: `izhikevich-${n}`,
  title: `Izhikevich ${grouped(n)}, all to all`,
  network: "izhikevich",
  variant: "",
  n,
  steps: 10_000,
  parameters: { dt: 1, threshold: 30, v_init: -65, sigma_exc: 5, sigma_inh: 2, w_exc: 0.5, w_inh: -1 },
  rates: [6.8, 7.5],
  unit: "ms per biological second",
});

/** Plastic synapses from 1,000 Poisson neurons to each of n; 100 s to one, whose rate differs by 1.5 Hz from draw to draw, 10 s to more. */
export const stdp = (n: number, steps = n === 1 ? 1_000_000 : 100_000): Task => ({
  id: `stdp-${n}`,
  title: `STDP 1,000 → ${grouped(n)}, ${(steps * dt) / 1000} s`,
  network: "stdp",
  variant: "",
  n,
  steps,
  parameters: { dt, ...stdpValues },
  ...(n === 1 && steps === 1_000_000 ? { rates: [22, 31] as const } : {}),
  ...(n === 100 && steps === 100_000 ? { rates: [36.5, 40.5] as const } : {}),
  unit: "ms per biological second",
});

/** AdEx without synapses. Over 1,000 steps its rate is known. */
export const adex = (n: number, steps = 1000): Task => ({
  id: `adex-${n}`,
  title: `AdEx ${grouped(n)}`,
  network: "adex",
  variant: "",
  n,
  steps,
  parameters: populationConstants(adexValues(n)),
  ...(steps === 1000 ? { rates: [70.2, 70.8] as const } : {}),
  unit: "ns per neuron and step",
});

/** LIF without synapses. */
export const lif = (n: number, steps = 10_000): Task => ({
  id: `lif-${n}`,
  title: `LIF ${grouped(n)}`,
  network: "lif",
  variant: "",
  n,
  steps,
  parameters: populationConstants(lifValues(n)),
  ...(steps === 10_000 ? { rates: [77.3, 78.1] as const } : {}),
  unit: "ns per neuron and step",
});

/** A network that makes about so many synaptic events in 100 ms. */
export function events(count: number): Task {
  const n = Math.round(count / eventsOf(1));
  return {
    id: `events-${count}`,
    title: `${grouped(count)} synaptic events, ${grouped(n)} neurons`,
    network: "events",
    variant: "",
    n,
    steps: 1000,
    parameters: { dt, ...eventValues },
    rates: [36.5, 38.5],
    unit: "ns per synaptic event",
  };
}

/** The beginning of a task: rates are those that networks of other draws have too, roughly. */
export function beginningOf(whole: Task, steps: number): Task {
  const { rates: _, ...task } = whole;
  return { ...task, id: `${task.id}-${steps}`, steps, tolerance: 0.15 };
}

/** Biological time of a run in s. */
export const durationOf = ({ steps, parameters }: Task): number => (steps * parameters["dt"]!) / 1000;

/** The unit of the task in one second on the clock. */
export function perSecond(task: Task): number {
  if (task.unit === "ms per biological second") return 1e3 / durationOf(task);
  return 1e9 / (task.unit === "ns per synaptic event" ? eventsOf(task.n) : task.n * task.steps);
}
