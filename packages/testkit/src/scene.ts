/** The network in which a subject is checked, made anew as often as a check asks. */
import type { BehaviorInstance, ModelInstance, Declaration } from "@neuroweave/model";
import {
  allToAll,
  ConstantCurrent,
  createNetwork,
  DeltaReceptor,
  LIF,
  SpikeTrain,
  type BehaviorDefinition,
  type CreateOptions,
  type Ingredient,
  type ModelDefinition,
  type Network,
} from "neuroweave";
import type { CheckOptions } from "./options.ts";

export type Definition = BehaviorDefinition | ModelDefinition;
type Instance = BehaviorInstance | ModelInstance;

/** What is checked, and how a network with it is made. */
export interface Scene {
  readonly name: string;
  readonly definition: Definition;
  readonly options: CheckOptions;
  readonly dt: number;
  readonly steps: number;
  readonly n: number;
  /** The subject's behaviors, as they are in the scene. */
  readonly members: readonly BehaviorInstance[];
  /** A network with the subject in it. `change` replaces the subject's instances by others that are like them. */
  make(options?: MakeOptions): Network;
}

interface MakeOptions extends Omit<Partial<CreateOptions>, "plugins"> {
  readonly n?: number;
  /** Values beside those of the scene. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly change?: (instance: BehaviorInstance) => BehaviorInstance;
}

const membersOf = (instance: Instance): readonly BehaviorInstance[] =>
  instance.kind === "model" ? instance.members : [instance];

/** `n` numbers from one to the other. */
const spread = (n: number, from: number, to: number): number[] =>
  Array.from({ length: n }, (_, i) => from + ((to - from) * (i + 0.5)) / n);

/** Spikes that every source has at times of its own, on the grid of every dt that divides one ms. */
const train = (n: number): Ingredient => {
  const times = Array.from({ length: 8 * n }, (_, k) => 1 + Math.floor((k * 11) / (2 * n)) + (k % 3));
  return SpikeTrain({ times, ids: times.map((_, k) => k % n) });
};

/** Leaky cells that spike now and then of themselves, and at different times. */
const cells = (n: number): readonly Ingredient[] => [LIF({ R: 5, tau: 10 }), ConstantCurrent({ name: "drive", amplitude: spread(n, 4.5, 9) }), DeltaReceptor({ name: "psp" })]; // prettier-ignore

const isOfSynapses = ({ onPre, onPost, coupling, bounds, requires }: Declaration): boolean =>
  onPre.length + onPost.length + bounds.size > 0 || coupling !== null || requires.includes("efficacy");

export function sceneOf(definition: Definition, options: CheckOptions): Scene {
  const { values = {}, dt = 0.1, steps = 120, n = 4, plugin } = options;
  const make = (more: Readonly<Record<string, unknown>> = {}): Instance => {
    const name = exportedName(definition, options);
    const by = name === undefined ? undefined : plugin?.makers.get(name);
    return (by ?? (definition as (values: object) => Instance))({ ...values, ...more });
  };
  const members = membersOf(make());
  const place = options.on ?? (members.some(({ declaration }) => isOfSynapses(declaration)) ? "projection" : "population"); // prettier-ignore
  return {
    name: definition.kind === "definition" ? definition.behavior : definition.model,
    definition,
    options,
    dt,
    steps,
    n,
    members,
    make({ n: size = n, values: more, change, ...rest } = {}) {
      const net = createNetwork({ dt, seed: "conformance", ...(plugin ? { plugins: pluginsOf(options) } : {}), ...rest });
      for (const [name, signal] of Object.entries(options.signals ?? {})) net.signal(name, signal);
      const made = make(more);
      const subject = change ? changed(made, change) : made;
      if (options.scene) options.scene(net, subject);
      else if (place === "signal") net.signal("subject", { behaviors: [...(options.with ?? []), subject] });
      else if (place === "projection") connect(net, options, subject, size);
      else populate(net, options, subject, size);
      return net;
    },
  };
} // prettier-ignore

/** Plugins that a network is written with: the standard one is there anyway. */
export const pluginsOf = ({ plugin }: CheckOptions) =>
  plugin === undefined || plugin.name === "neuroweave" ? [] : [plugin];

/** What the plugin calls it. */
function exportedName(definition: Definition, { plugin }: CheckOptions): string | undefined {
  const all = plugin ? [...plugin.behaviors, ...plugin.models] : [];
  return all.find(([, each]) => each === definition)?.[0];
}

function changed(instance: Instance, change: (each: BehaviorInstance) => BehaviorInstance): Instance {
  return instance.kind === "model" ? { ...instance, members: instance.members.map(change) } : change(instance);
}

function populate(net: Network, options: CheckOptions, subject: Instance, n: number): void {
  const { with: companions = [], method } = options;
  const list = [...companions, subject] as readonly Ingredient[];
  const population = net.population("cells", n, list as never, method === undefined ? {} : { method });
  for (const { name, declaration } of membersOf(subject)) {
    if (declaration.onArrival.length === 0) continue;
    const source = net.population(`to ${name}`, 3, train(3));
    net.projection(`into ${name}`, { source, target: population, receptor: name, connect: allToAll(), weight: spread(3 * n, 0.2, 1) });
  }
} // prettier-ignore

function connect(net: Network, options: CheckOptions, subject: Instance, n: number): void {
  const source = net.population("source", n, (options.source ?? [train(n)]) as never);
  const method = options.method === undefined ? {} : { method: options.method };
  const target = net.population("target", n, (options.target ?? cells(n)) as never, method);
  const receptor = options.receptor ?? (options.target ? undefined : "psp");
  net.projection("synapses", {
    source,
    target,
    connect: allToAll(),
    weight: spread(n * n, 0.1, 0.9),
    behaviors: [...(options.with ?? []), subject],
    ...(receptor === undefined ? {} : { receptor }),
  });
}
