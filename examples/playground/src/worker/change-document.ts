/** Changes of a network as changes of its file. Nothing here knows a running network. */
import type { BehaviorEntry, BehaviorText, Json, NetworkDocument } from "../document.ts";
import type { BehaviorTexts, Change, Declared } from "../protocol.ts";
import { declarationAsText, jsonOf } from "./behavior-text.ts";
import type { Placed } from "./entries.ts";

/** The behaviors of a population or projection by name, as they are attached. */
export type PlacesIn = (name: string) => readonly Placed[];

type Edit = (entries: readonly BehaviorEntry[], file: NetworkDocument) => readonly [readonly BehaviorEntry[], NetworkDocument];

/** The file after a change. */
export function changeDocument(file: NetworkDocument, change: Change, placesIn: PlacesIn): NetworkDocument {
  switch (change.do) {
    case "set": {
      const { parameter, value, behavior } = change;
      const place = placeOf(placesIn(change.in), behavior);
      return editEntries(file, change.in, (entries, file) => [setParameter(entries, place, parameter, value), file]);
    }
    case "add":
      return editEntries(file, change.in, (entries, file) => {
        const taken = new Set(placesIn(change.in).map(({ instance }) => instance.name));
        return [[...entries, { use: change.use, ...freeName(change.use, taken) }], file];
      });
    case "switch":
      return editPart(file, change, placesIn, (entry) => [{ ...withoutKey(entry, "enabled"), ...(change.enabled ? {} : { enabled: false }) }]);
    case "remove":
      return editPart(file, change, placesIn, () => []);
    case "rewrite":
      return rewrite(file, change, placesIn, (text) => declaring({ ...withoutTexts(text), ...filled(change.texts) }, change.declared));
    case "prioritize":
      return rewrite(file, change, placesIn, (text) => ({ ...text, priority: change.priority }));
    case "resize":
      return editPopulation(file, change.in, (population) => ({ ...population, n: change.n }));
    case "integrate":
      return editPopulation(file, change.in, (population) => ({ ...population, method: change.method }));
    case "weigh":
      return editProjection(file, change.in, (projection) => ({ ...projection, weight: change.weight }));
    case "connect":
      return editProjection(file, change.in, (projection) => ({ ...withoutKey(projection, "enabled"), ...(change.enabled ? {} : { enabled: false }) }));
    case "clock": {
      const { dt = file.network.dt, seed = file.network.seed } = change;
      return { ...file, network: { ...file.network, dt, ...(seed === undefined ? {} : { seed }) } };
    }
  }
} // prettier-ignore

const withoutKey = <T extends object, K extends keyof T>(record: T, key: K): Omit<T, K> => {
  const { [key]: _, ...rest } = record;
  return rest;
};

const textParts = ["equations", "spike", "onSpike", "onArrival", "onPre", "onPost"] as const;

const withoutTexts = (text: BehaviorText): BehaviorText =>
  Object.fromEntries(Object.entries(text).filter(([key]) => !textParts.includes(key as "spike")));

const filled = (texts: BehaviorTexts): BehaviorTexts =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ""));

/** A declaration with further symbols. */
const declaring = (text: BehaviorText, declared: Declared): BehaviorText => ({
  ...text,
  parameters: { ...text.parameters, ...symbolsOf(declared, "parameter", "default") },
  state: { ...text.state, ...symbolsOf(declared, "state", "init") },
});

const symbolsOf = (declared: Declared, kind: Declared[number]["kind"], as: string): Record<string, Json> =>
  Object.fromEntries(
    declared
      .filter((each) => each.kind === kind)
      .map(({ name, value, unit }) => [name, { [as]: value, ...(unit === "" ? {} : { unit }) }]),
  );

function placeOf(places: readonly Placed[], behavior: string): Placed {
  const place = places.find(({ instance }) => instance.name === behavior);
  if (place === undefined) throw new Error(`there is no behavior ${behavior}`);
  return place;
}

const editPopulation = (file: NetworkDocument, name: string, edit: (population: NetworkDocument["populations"][number]) => NetworkDocument["populations"][number]): NetworkDocument =>
  ({ ...file, populations: file.populations.map((each) => (each.name === name ? edit(each) : each)) }); // prettier-ignore

type Projections = NonNullable<NetworkDocument["projections"]>;
const editProjection = (file: NetworkDocument, name: string, edit: (projection: Projections[number]) => Projections[number]): NetworkDocument =>
  ({ ...file, projections: (file.projections ?? []).map((each) => (each.name === name ? edit(each) : each)) }); // prettier-ignore

/** Edits the entries of a population or projection, and the file around them. */
function editEntries(file: NetworkDocument, name: string, edit: Edit): NetworkDocument {
  const population = file.populations.find((each) => each.name === name);
  const owner = population ?? file.projections?.find((each) => each.name === name);
  const [behaviors, changed] = edit(owner?.behaviors ?? [], file);
  return population
    ? editPopulation(changed, name, (each) => ({ ...each, behaviors }))
    : editProjection(changed, name, (each) => ({ ...each, behaviors }));
}

/** What shares the parameter shares the value: whoever gives one is given the new one; where nobody does, the entry that was changed. */
function setParameter(entries: readonly BehaviorEntry[], { entry, instance }: Placed, parameter: string, value: Json): BehaviorEntry[] {
  const shared = instance.declaration.scope === "shared";
  return entries.map((each, index) => {
    const gives = shared && each.values !== undefined && Object.hasOwn(each.values, parameter);
    return index === entry || gives ? { ...each, values: { ...each.values, [parameter]: value } } : each;
  });
} // prettier-ignore

/** A name for one more behavior of a kind, where one is needed. */
function freeName(use: string, taken: ReadonlySet<string>): { readonly as?: string } {
  const plain = use.charAt(0).toLowerCase() + use.slice(1);
  if (!taken.has(plain)) return {};
  for (let k = 2; ; k++) if (!taken.has(`${plain}${k}`)) return { as: `${plain}${k}` };
}

type OfBehavior = { readonly in: string; readonly behavior: string };

/** Edits the entry of one behavior; a model is taken apart first. */
function editPart(file: NetworkDocument, { in: name, behavior }: OfBehavior, placesIn: PlacesIn, edit: (entry: BehaviorEntry) => readonly BehaviorEntry[]): NetworkDocument {
  const places = placesIn(name);
  const { entry, model } = placeOf(places, behavior);
  return editEntries(file, name, (entries, file) => {
    if (model === null) return [entries.toSpliced(entry, 1, ...edit(entries[entry]!)), file];
    const parts = places.filter((each) => each.entry === entry);
    const [made, behaviors] = apart(file, model, parts);
    const kept = made.flatMap((each, index) => (parts[index]!.instance.name === behavior ? edit(each) : [each]));
    return [entries.toSpliced(entry, 1, ...kept), { ...file, behaviors }];
  });
} // prettier-ignore

/** A model as entries of its own for each part, and the behaviors of the file with those that had to be written out. */
function apart(file: NetworkDocument, model: string, parts: readonly Placed[]): [BehaviorEntry[], Record<string, BehaviorText>] {
  const behaviors: Record<string, BehaviorText> = { ...file.behaviors };
  const entries = parts.map(({ instance, enabled }) => {
    const use = freeKey(`${model}${instance.name.charAt(0).toUpperCase()}${instance.name.slice(1)}`, behaviors);
    const { text, bind } = declarationAsText(instance.declaration);
    behaviors[use] = text;
    return entryOf(use, instance, bind, enabled);
  });
  return [entries, behaviors];
} // prettier-ignore

function entryOf(use: string, { name, values }: Placed["instance"], bind: Readonly<Record<string, string>>, enabled: boolean): BehaviorEntry {
  const given = Object.fromEntries([...values].map(([key, value]) => [key, jsonOf(value)]));
  return {
    use,
    as: name,
    ...(Object.keys(bind).length > 0 ? { bind } : {}),
    ...(Object.keys(given).length > 0 ? { values: given } : {}),
    ...(enabled ? {} : { enabled: false }),
  };
} // prettier-ignore

function freeKey(wanted: string, taken: object): string {
  let key = wanted;
  for (let k = 2; Object.hasOwn(taken, key); k++) key = `${wanted}${k}`;
  return key;
}

/** Gives a behavior a declaration of its own in the file, and changes that. */
function rewrite(file: NetworkDocument, change: OfBehavior, placesIn: PlacesIn, edit: (text: BehaviorText) => BehaviorText): NetworkDocument {
  const { instance, enabled } = placeOf(placesIn(change.in), change.behavior);
  const { text, bind } = declarationAsText(instance.declaration);
  let behaviors: Readonly<Record<string, BehaviorText>> = file.behaviors ?? {};
  const changed = editPart(file, change, placesIn, (entry) => {
    const own = Object.hasOwn(file.behaviors ?? {}, entry.use) || Object.hasOwn(behaviors, entry.use);
    const use = own ? entry.use : freeKey(`${entry.use}Edited`, behaviors);
    behaviors = { ...behaviors, [use]: edit(text) };
    return [entryOf(use, instance, bind, enabled)];
  });
  return { ...changed, behaviors: { ...changed.behaviors, ...behaviors } };
} // prettier-ignore
