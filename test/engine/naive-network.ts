/**
 * A plain model of a small network, in which every spike that is on its way is an event in one list: O(events) a step, no
 * rings, no rows, no compiler. Bits are those of the documents: arrivals at `Input` in the defined order, Euler's method on the
 * values from before the step, firing, reset.
 */

/** Cells with a membrane `v`, an input `I`, receptors that move `v` or have a conductance `g`, and a refractory time. */
export interface NaiveCells {
  readonly name: string;
  readonly n: number;
  readonly tau: number;
  readonly theta: number;
  readonly I: readonly number[];
  /** Steps after a spike in which `v` stands still. */
  readonly refractory: number;
  /** Receptors in the order of the list of behaviors. */
  readonly receptors: readonly NaiveReceptor[];
}

export type NaiveReceptor =
  | { readonly name: string; readonly kind: "delta" }
  | { readonly name: string; readonly kind: "conductance"; readonly tau: number; readonly E: number };

/** Neurons that spike in listed steps. */
export interface NaiveTrain {
  readonly name: string;
  readonly n: number;
  readonly spikes: readonly { readonly step: number; readonly id: number }[];
}

export interface NaiveSynapse {
  readonly source: number;
  readonly target: number;
  weight: number;
  /** Steps, at least 1. */
  readonly delay: number;
}

export interface NaiveProjection {
  readonly name: string;
  readonly source: { readonly population: string; readonly from: number; readonly n: number };
  readonly target: { readonly population: string; readonly from: number; readonly n: number };
  readonly receptor: string;
  /** In the order in which they are stored. */
  synapses: NaiveSynapse[];
  enabled: boolean;
  /** Steps after which a spike of each source reaches its synapses; none unless given. */
  axonal?: readonly number[] | undefined;
  /** What a synapse transmits; its weight unless given. `emitted` is the step of the spike. */
  transmitted?: ((synapse: NaiveSynapse, position: number, emitted: number) => number) | undefined;
}

interface Event {
  readonly arrival: number;
  readonly emitted: number;
  /** The first step in which it is decided what it brings. */
  decided: number;
  /** Steps to that from the spike, and at most, of any source of the projection. */
  readonly wait: number;
  readonly longest: number;
  readonly projection: NaiveProjection;
  readonly synapse: NaiveSynapse;
  readonly position: number;
  readonly target: { readonly population: string; readonly neuron: number; readonly receptor: string };
  /** What it brings, once it has been decided. */
  amount: number | undefined;
}

interface CellState {
  readonly v: Float64Array;
  readonly left: Int32Array;
  readonly g: Map<string, Float64Array>;
}

export class NaiveNetwork {
  readonly dt: number;
  readonly cells: readonly NaiveCells[];
  readonly trains: readonly NaiveTrain[];
  readonly projections = new Map<string, NaiveProjection>();
  readonly states = new Map<string, CellState>();
  step = 0;
  /** Neurons that spiked in each step so far, by population. */
  readonly history: { readonly population: string; readonly step: number; readonly id: number }[] = [];
  #events: Event[] = [];

  constructor(dt: number, cells: readonly NaiveCells[], trains: readonly NaiveTrain[]) {
    this.dt = dt;
    this.cells = cells;
    this.trains = trains;
    for (const { name, n, receptors } of cells)
      this.states.set(name, {
        v: new Float64Array(n),
        left: new Int32Array(n),
        g: new Map(
          receptors.filter(({ kind }) => kind === "conductance").map((each) => [each.name, new Float64Array(n)]),
        ),
      });
  }

  add(projection: NaiveProjection): NaiveProjection {
    this.projections.set(projection.name, projection);
    return projection;
  }

  /** What has been sent, and is decided in this step, brings what it would bring now. */
  decide(step: number): void {
    // The order matters to projections that keep something from spike to spike.
    for (const event of this.#events.filter(({ decided }) => decided <= step).sort(inOrder))
      event.amount ??=
        event.projection.transmitted?.(event.synapse, event.position, event.emitted) ?? event.synapse.weight;
  }

  /** What a projection has sent brings at once what it would bring now. */
  #leave(name: string): void {
    const { step } = this;
    for (const event of this.#events)
      if (event.projection.name === name) event.decided = Math.min(event.decided, step - 0.5);
    this.decide(step - 0.5);
  }

  disable(name: string): void {
    this.#leave(name);
    this.projections.get(name)!.enabled = false;
  }

  remove(name: string): void {
    this.disable(name);
    this.projections.delete(name);
  }

  rewire(name: string, synapses: NaiveSynapse[]): void {
    this.#leave(name);
    this.projections.get(name)!.synapses = synapses;
  }

  advance(steps: number): void {
    for (let each = 0; each < steps; each++) this.#once();
  }

  #once(): void {
    const k = this.step;
    this.decide(k);
    const due = this.#events.filter(({ arrival }) => arrival === k).sort(inOrder);
    this.#events = this.#events.filter(({ arrival }) => arrival > k);
    const spikes = new Map<string, number[]>();
    for (const cells of this.cells) spikes.set(cells.name, this.#cells(cells, due));
    for (const { name, spikes: listed } of this.trains)
      spikes.set(
        name,
        [...new Set(listed.filter(({ step }) => step === k).map(({ id }) => id))].sort((a, b) => a - b),
      );
    for (const [population, ids] of spikes) for (const id of ids) this.history.push({ population, step: k, id });
    for (const projection of this.projections.values())
      this.#send(projection, spikes.get(projection.source.population)!);
    this.step++;
  }

  #cells({ name, n, tau, theta, I, refractory, receptors }: NaiveCells, due: readonly Event[]): number[] {
    const { v, left, g } = this.states.get(name)!;
    const spiking: number[] = [];
    for (let i = 0; i < n; i++) {
      const held = left[i]! > 0;
      for (const receptor of receptors) {
        let sum = 0;
        for (const { target, amount } of due)
          if (target.population === name && target.receptor === receptor.name && target.neuron === i) sum += amount!;
        if (receptor.kind === "conductance") g.get(receptor.name)![i]! += sum;
        else if (!held) v[i]! += sum;
      }
      let input = I[i]!;
      for (const receptor of receptors)
        if (receptor.kind === "conductance") input += g.get(receptor.name)![i]! * (receptor.E - v[i]!);
      if (!held) v[i]! += (-v[i]! + input) * (this.dt / tau);
      for (const receptor of receptors)
        if (receptor.kind === "conductance")
          g.get(receptor.name)![i]! += -g.get(receptor.name)![i]! * (this.dt / receptor.tau);
      if (!held && v[i]! >= theta) {
        spiking.push(i);
        v[i] = 0;
        left[i] = refractory;
      } else if (held) left[i]!--;
    }
    return spiking;
  }

  #send(projection: NaiveProjection, spiking: readonly number[]): void {
    if (!projection.enabled) return;
    const { source, target, receptor, synapses, axonal } = projection;
    const waits = Array.from({ length: axonal ? source.n : 1 }, (_, s) => {
      const delays = synapses.flatMap((synapse) => (synapse.source === s ? [synapse.delay] : []));
      return axonal ? Math.min(axonal[s]! + 1, ...delays, 65535) : 1;
    });
    const longest = Math.max(...waits);
    for (const id of spiking) {
      const wait = waits[id - source.from] ?? 1;
      synapses.forEach((synapse, position) => {
        if (source.from + synapse.source !== id) return;
        this.#events.push({
          arrival: this.step + synapse.delay,
          emitted: this.step,
          decided: this.step + wait,
          wait,
          longest,
          projection,
          synapse,
          position,
          target: { population: target.population, neuron: target.from + synapse.target, receptor },
          amount: undefined,
        });
      });
    }
  }
}

/**
 * By the step in which it is decided, which is that behind the emission unless the axon takes its time, then name of the projection, then
 * source, then position in the row. Of projections that decide in one step, the one whose axons take longest comes first.
 */
function inOrder(a: Event, b: Event): number {
  return (
    a.decided - b.decided ||
    b.longest - a.longest ||
    (a.projection.name === b.projection.name ? 0 : a.projection.name < b.projection.name ? -1 : 1) ||
    a.emitted - b.emitted ||
    b.wait - a.wait ||
    a.synapse.source - b.synapse.source ||
    a.position - b.position
  );
}

/** Synapses as they are stored: by source, then delay, then target; those that are alike in all as they were given. */
export const storedOrder = (given: readonly NaiveSynapse[]): NaiveSynapse[] =>
  given.toSorted((a, b) => a.source - b.source || a.delay - b.delay || a.target - b.target);
