/** A network from data. */
import * as library from "neuroweave";
import type { BehaviorInstance, Network } from "neuroweave";
import type { BehaviorEntry, Json, NetworkDocument } from "../document.ts";

type Named = Readonly<Record<string, unknown>>;
const shelf = library as unknown as Named;

/** The definition that an entry uses: one of the file, or one of the library. */
export function definitionOf(file: NetworkDocument, use: string): any {
  const own = file.behaviors?.[use];
  if (own) return library.defineBehavior({ ...own, name: use } as never);
  const found = Object.hasOwn(shelf, use) ? shelf[use] : undefined;
  const kind = (found as { kind?: string } | undefined)?.kind;
  if (kind === "definition" || kind === "model definition" || use === "Recorder") return found;
  throw new library.NeuroweaveError("unknown-name", `there is no behavior ${use}`, { remedy: "Choose one of the catalogue." });
}

function valueOf(json: Json): unknown {
  if (json === "Infinity") return Infinity;
  if (json === "-Infinity") return -Infinity;
  if (typeof json === "object" && json !== null && !Array.isArray(json) && "distribution" in json) {
    const { distribution, arguments: list } = json as { distribution: string; arguments: number[] };
    return (shelf[distribution] as (...list: number[]) => unknown)(...list);
  }
  return json;
}

const valuesOf = (values: BehaviorEntry["values"]): Named =>
  Object.fromEntries(Object.entries(values ?? {}).map(([name, json]) => [name, valueOf(json)]));

function ingredient(file: NetworkDocument, { use, as, rename, bind, redeclare, values }: BehaviorEntry): unknown {
  let definition = definitionOf(file, use);
  if (rename) definition = definition.rename(rename);
  if (redeclare) definition = definition.redeclare(redeclare);
  if (bind) definition = definition.bind(bind);
  return definition({ ...valuesOf(values), ...(as === undefined ? {} : { name: as }) });
}

export function buildNetwork(file: NetworkDocument): Network {
  const net = library.createNetwork({ dt: file.network.dt, seed: file.network.seed ?? 0 });
  for (const { name, n, behaviors, ...rest } of file.populations) {
    const made = behaviors.map((entry) => ingredient(file, entry));
    const population = net.population(name, n, made as BehaviorInstance[] as never, {
      ...(rest.method === undefined ? {} : { method: rest.method as "euler" }),
    });
    made.forEach((each, index) => {
      if (behaviors[index]!.enabled !== false) return;
      const { kind, members, name } = each as { kind: string; members: BehaviorInstance[]; name: string };
      for (const one of kind === "model" ? members.map(({ name }) => name) : [name]) population.disable(one);
    });
  }
  for (const { name, source, target, connect, weight, delay, receptor, behaviors = [], enabled } of file.projections ?? []) {
    const projection = net.projection(name, {
      source: net.find(source),
      target: net.find(target),
      connect: (shelf[connect.use] as (...list: unknown[]) => never)(...(connect.arguments ?? [])),
      ...(weight === undefined ? {} : { weight: valueOf(weight) as number }),
      ...(delay === undefined ? {} : { delay: valueOf(delay) as number }),
      ...(receptor === undefined ? {} : { receptor }),
      behaviors: behaviors.map((entry) => ingredient(file, entry)) as never,
    });
    if (enabled === false) projection.disable();
  }
  return net;
}
