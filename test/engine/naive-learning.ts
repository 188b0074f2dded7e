/**
 * Learning as the documents say, in plain loops over all synapses: in each step and at each priority sums, then equations, then what
 * presynaptic spikes do, then postsynaptic ones. Everything of one list and priority reads the values from before.
 */
import type { NaiveNetwork, NaiveProjection, NaiveSynapse } from "./naive-network.ts";

export type Domain = "source" | "target" | "synapse";

/** Reads a name of the equation language where a statement stands. */
export type Read = (name: string) => number;

/** Text and meaning of an expression, made at once. */
export interface Term {
  readonly text: string;
  readonly value: (read: Read) => number;
}

export interface NaiveStatement extends Term {
  readonly target: string;
  /** `d/dt`: Euler's method. */
  readonly operator: "=" | "+=" | "d/dt";
}

export interface NaiveRule {
  readonly name: string;
  readonly priority: number;
  readonly adaptive: boolean;
  /** Steps between the times at which equations happen. */
  readonly every: number;
  readonly equations: readonly NaiveStatement[];
  readonly onPre: readonly NaiveStatement[];
  readonly onPost: readonly NaiveStatement[];
  readonly sums: readonly (Term & { readonly name: string; readonly per: "source" | "target" })[];
  /** Bounds of w: names of parameters, or numbers. */
  readonly bounds: { readonly min: number | readonly number[]; readonly max: number | readonly number[] } | null;
}

export interface NaiveSymbol {
  readonly name: string;
  readonly per: Domain;
  readonly start: readonly number[];
}

interface Lags {
  readonly axonal: readonly number[];
  readonly dendritic: readonly number[];
}

export class NaiveLearning {
  readonly network: NaiveNetwork;
  readonly projection: NaiveProjection;
  /** In the order in which they are attached. */
  rules: readonly NaiveRule[];
  /** Names of rules that are switched off. */
  readonly off = new Set<string>();
  learning = true;
  /** Spikes of this step and later ones count. */
  learnsFrom = 0;
  readonly values = new Map<string, number[]>();
  readonly #symbols: readonly NaiveSymbol[];
  readonly #domains = new Map<string, Domain>();
  readonly #lags: Lags;
  readonly #round: (x: number) => number;
  readonly #spikes = new Set<string>();
  #listed = 0;
  /** Which of the shared weights a synapse has, or null. */
  #share: readonly number[] | null;

  constructor(
    network: NaiveNetwork,
    projection: NaiveProjection,
    given: {
      readonly rules: readonly NaiveRule[];
      readonly symbols: readonly NaiveSymbol[];
      readonly lags: Lags;
      /** How a stored weight is rounded. */
      readonly round: (x: number) => number;
      readonly share: readonly number[] | null;
    },
  ) {
    this.network = network;
    this.projection = projection;
    this.rules = given.rules;
    this.#lags = given.lags;
    this.#round = given.round;
    this.#share = given.share;
    this.#symbols = given.symbols;
    this.restart(given.share);
  }

  /** Variables begin anew. */
  restart(share: readonly number[] | null): void {
    this.#share = share;
    const { synapses } = this.projection;
    const count = (per: Domain): number => (per === "synapse" ? synapses.length : this.projection[per].n);
    for (const { name, per, start } of this.#symbols) {
      this.#domains.set(name, per);
      this.values.set(name, start.length === 1 ? Array.from({ length: count(per) }, () => start[0]!) : [...start]);
    }
    for (const { sums } of this.rules)
      for (const { name, per } of sums) {
        this.#domains.set(name, per);
        this.values.set(
          name,
          Array.from({ length: count(per) }, () => 0),
        );
      }
  }

  /** What learning does in the step that the network has just done. */
  follow(): void {
    const k = this.network.step - 1;
    const on = this.rules.filter(({ name, adaptive }) => !this.off.has(name) && (this.learning || !adaptive));
    // A projection without synapses sees no spikes.
    const sees = this.projection.enabled && this.projection.synapses.length > 0;
    for (const priority of [...new Set(on.map((rule) => rule.priority))].sort((a, b) => a - b)) {
      const rules = on.filter((rule) => rule.priority === priority);
      const due = rules.filter(({ every }) => k % every === 0);
      this.#sum(due);
      this.#together(due.flatMap(({ equations }) => equations), k, null);
      if (!sees) continue;
      this.#together(rules.flatMap(({ onPre }) => onPre), k, this.#reached("source", k));
      this.#together(rules.flatMap(({ onPost }) => onPost), k, this.#reached("target", k));
    }
  } // prettier-ignore

  /** Neurons of an end whose spikes reach their synapses in step k. */
  #reached(end: "source" | "target", k: number): Reached {
    const { population, from, n } = this.projection[end];
    const lags = this.#lags[end === "source" ? "axonal" : "dendritic"];
    const ids = new Set<number>();
    for (let id = 0; id < n; id++) {
      const emitted = k - lags[id]!;
      if (emitted >= this.learnsFrom && this.#spiked(population, from + id, emitted)) ids.add(id);
    }
    return { end, ids };
  }

  #spiked(population: string, id: number, step: number): boolean {
    const { history } = this.network;
    for (; this.#listed < history.length; this.#listed++) this.#spikes.add(JSON.stringify(history[this.#listed]));
    return this.#spikes.has(JSON.stringify({ population, step, id }));
  }

  /** Reads names for a synapse, or for a source or target alone. */
  #reader(k: number, at: { readonly source?: number; readonly target?: number; readonly synapse?: number }): Read {
    return (name) => {
      if (name === "t") return k * this.network.dt;
      if (name === "dt") return this.network.dt;
      if (name === "w") return this.projection.synapses[at.synapse!]!.weight;
      if (name.includes(".")) return this.#ofEnd(name, k, at);
      return this.values.get(name)![at[this.#domains.get(name)!]!]!;
    };
  }

  #ofEnd(name: string, k: number, at: { readonly source?: number; readonly target?: number }): number {
    const [side, variable] = name.split(".") as ["pre" | "post", string];
    const end = side === "pre" ? "source" : "target";
    const { population, from } = this.projection[end];
    const id = from + at[end]!;
    if (variable === "spike") return Number(this.#spiked(population, id, k));
    return this.network.states.get(population)!.v[id]!;
  }

  #sum(rules: readonly NaiveRule[]): void {
    const { synapses } = this.projection;
    const taken = rules.flatMap(({ sums }) =>
      sums.map(({ name, per, value }) => {
        const sum = Array.from({ length: this.projection[per].n }, () => 0);
        synapses.forEach((synapse, j) => {
          sum[synapse[per]]! += value(this.#reader(this.network.step - 1, { ...synapse, synapse: j }));
        });
        return [name, sum] as const;
      }),
    );
    for (const [name, sum] of taken) this.values.set(name, sum);
  }

  /** All statements of a list at one moment, for the neurons that spikes reached and their synapses, or for all. */
  #together(statements: readonly NaiveStatement[], k: number, reached: Reached | null): void {
    const { synapses } = this.projection;
    const happens = (synapse: NaiveSynapse): boolean => reached === null || reached.ids.has(synapse[reached.end]);
    const after: (() => void)[] = [];
    for (const target of new Set(statements.map((each) => each.target))) {
      const own = statements.filter((each) => each.target === target);
      if (target === "w" && this.#share) {
        this.#addShared(own, k, reached, after);
        continue;
      }
      const per = target === "w" ? "synapse" : this.#domains.get(target)!;
      const lanes = Array.from({ length: per === "synapse" ? synapses.length : this.projection[per].n }, (_, lane) => lane);
      for (const lane of lanes) {
        if (per === "synapse" ? !happens(synapses[lane]!) : reached !== null && !reached.ids.has(lane)) continue;
        const read = this.#reader(k, per === "synapse" ? { ...synapses[lane]!, synapse: lane } : { [per]: lane });
        const value = changed(own, read(target), read, this.network.dt);
        if (target === "w") after.push(() => (synapses[lane]!.weight = this.#round(this.#bounded(value, lane))));
        else after.push(() => (this.values.get(target)![lane] = value));
      }
    }
    for (const write of after) write();
  } // prettier-ignore

  /** At spikes every synapse that shares a weight adds its sum to it; in every step the weight itself changes once. */
  #addShared(own: readonly NaiveStatement[], k: number, reached: Reached | null, after: (() => void)[]): void {
    const { synapses } = this.projection;
    const added = new Map<number, number>();
    for (const j of this.#inOrder(reached)) {
      const synapse = synapses[j]!;
      const share = this.#share![j]!;
      if (reached === null ? added.has(share) : !reached.ids.has(synapse[reached.end])) continue;
      const read = this.#reader(k, { ...synapse, synapse: j });
      const before = added.get(share) ?? synapse.weight;
      const sum = (): number => own.slice(1).reduce((all, { value }) => all + value(read), own[0]!.value(read));
      added.set(share, reached === null ? changed(own, before, read, this.network.dt) : this.#round(before + sum()));
    }
    after.push(() =>
      synapses.forEach((synapse, j) => {
        const sum = added.get(this.#share![j]!);
        if (sum !== undefined) synapse.weight = this.#round(this.#bounded(sum, j));
      }),
    );
  } // prettier-ignore

  /** Synapses by the step of the spike, the earliest first, then by the neuron that spiked, then as they are stored. */
  #inOrder(reached: Reached | null): number[] {
    const { synapses } = this.projection;
    const all = [...synapses.keys()];
    if (reached === null) return all;
    const lags = this.#lags[reached.end === "source" ? "axonal" : "dendritic"];
    const neuron = (j: number): number => synapses[j]![reached.end];
    return all.sort((i, j) => lags[neuron(j)]! - lags[neuron(i)]! || neuron(i) - neuron(j) || i - j);
  }

  /** Whether all weights lie within the bounds of a rule. */
  isWithin({ bounds }: NaiveRule): boolean {
    const of = (bound: number | readonly number[], j: number): number => this.#round(typeof bound === "number" ? bound : bound[j]!);
    return !bounds || this.projection.synapses.every(({ weight }, j) => weight >= of(bounds.min, j) && weight <= of(bounds.max, j));
  } // prettier-ignore

  #bounded(value: number, j: number): number {
    const of = (bound: number | readonly number[]): number => (typeof bound === "number" ? bound : bound[j]!);
    return this.rules
      .filter(({ name, bounds }) => bounds !== null && !this.off.has(name))
      .reduce((x, { bounds }) => Math.min(Math.max(x, of(bounds!.min)), of(bounds!.max)), value);
  }
}

interface Reached {
  readonly end: "source" | "target";
  readonly ids: ReadonlySet<number>;
}

/** What statements for one variable make of its value. */
function changed([first, ...rest]: readonly NaiveStatement[], before: number, read: Read, dt: number): number {
  if (first!.operator === "=") return first!.value(read);
  if (first!.operator === "d/dt") return before + first!.value(read) * dt;
  return [first!, ...rest].reduce((sum, { value }) => sum + value(read), before);
}
