/** Changes of a network as changes of its file. Nothing here knows a running network. */
import type { BehaviorEntry, BehaviorText, Json, NetworkDocument } from "../document.ts";
import type { BehaviorTexts, Change, Declared } from "../protocol.ts";
import { declarationAsText, jsonOf } from "./behavior-text.ts";
import type { Placed } from "./entries.ts";
import { partOf } from "./own-network.ts";

/** The behaviors of a population or projection by name, as they are attached. */
export type PlacesIn = (name: string) => readonly Placed[];

type Edit = (
  entries: readonly BehaviorEntry[],
  file: NetworkDocument,
) => readonly [readonly BehaviorEntry[], NetworkDocument];

/** The file after a change. */
export function changeDocument(file: NetworkDocument, change: Change, placesIn: PlacesIn): NetworkDocument {
  switch (change.do) {
    case "set": {
      const { parameter, value, behavior } = change;
      const place = placeOf(placesIn(change.in), behavior);
      const edited = editEntries(file, change.in, (entries, file) => [setParameter(entries, place, parameter, value), file]);
      return withoutSet(edited, change.in, [parameter, `${behavior}.${parameter}`]);
    }
    case "write":
      return editEntries(file, change.in, (entries, file) => {
        const use = freeKey("ownBehavior", { ...file.behaviors });
        const text: BehaviorText = {
          doc: "Equations of one's own.",
          parameters: { amount: { default: 0, doc: "what is added to the input" } },
          equations: `${change.into} += amount`,
        };
        return [[...entries, { use }], { ...file, behaviors: { ...file.behaviors, [use]: text } }];
      });
    case "add":
      return editEntries(file, change.in, (entries, file) => {
        const taken = new Set(placesIn(change.in).map(({ instance }) => instance.name));
        return [[...entries, { use: change.use, ...freeName(change.use, taken) }], file];
      });
    case "switch":
      return editEntries(file, change.in, (entries, file) => [turned(entries, placeOf(placesIn(change.in), change.behavior), change.enabled), file]);
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
  parameters: { ...recordOf(text["parameters"]), ...symbolsOf(declared, "parameter", "default") },
  state: { ...recordOf(text["state"]), ...symbolsOf(declared, "state", "init") },
});

const recordOf = (value: Json | undefined): Readonly<Record<string, Json>> =>
  (value ?? {}) as Readonly<Record<string, Json>>;

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

/** Without values that were set after the network was made: the entries have them now. */
function withoutSet(file: NetworkDocument, name: string, keys: readonly string[]): NetworkDocument {
  const without = <E extends { readonly name: string; readonly set?: BehaviorEntry["values"] }>(each: E): E => {
    if (each.name !== name || each.set === undefined) return each;
    const { set, ...rest } = each;
    const left = Object.entries(set).filter(([key]) => !keys.includes(key));
    return { ...rest, ...(left.length > 0 ? { set: Object.fromEntries(left) } : {}) } as E;
  };
  return { ...file, populations: file.populations.map(without), ...(file.projections ? { projections: file.projections.map(without) } : {}) };
} // prettier-ignore

/** What shares the parameter shares the value: whoever gives one is given the new one; where nobody does, the entry that was changed. */
function setParameter(entries: readonly BehaviorEntry[], { entry, instance }: Placed, parameter: string, value: Json): BehaviorEntry[] {
  const shared = instance.declaration.scope === "shared";
  return entries.map((each, index) => {
    const gives = shared && each.values !== undefined && Object.hasOwn(each.values, parameter);
    return index === entry || gives ? { ...each, values: { ...each.values, [parameter]: value } } : each;
  });
} // prettier-ignore

/** A behavior switched on or off; as a part of a model it is named there. */
function turned(entries: readonly BehaviorEntry[], { entry, model, instance: { name } }: Placed, enabled: boolean): BehaviorEntry[] {
  return entries.map((each, index) => {
    if (index !== entry) return each;
    if (model === null) return { ...withoutKey(each, "enabled"), ...(enabled ? {} : { enabled: false }) };
    const { disabled = [], ...rest } = each;
    const off = [...disabled.filter((other) => other !== name), ...(enabled ? [] : [name])];
    return { ...rest, ...(off.length > 0 ? { disabled: off } : {}) };
  });
} // prettier-ignore

/** A name for one more behavior of a kind, where one is needed. */
function freeName(use: string, taken: ReadonlySet<string>): { readonly as?: string } {
  const plain = use.charAt(0).toLowerCase() + use.slice(1);
  if (!taken.has(plain)) return {};
  for (let k = 2; ; k++) if (!taken.has(`${plain}${k}`)) return { as: `${plain}${k}` };
}

type OfBehavior = { readonly in: string; readonly behavior: string };

/** Puts other entries in the place of one behavior; a model is taken apart for it. */
function editPart(file: NetworkDocument, { in: name, behavior }: OfBehavior, placesIn: PlacesIn, edit: (entry: BehaviorEntry) => readonly BehaviorEntry[]): NetworkDocument {
  const places = placesIn(name);
  const { entry, model } = placeOf(places, behavior);
  const kept = withoutUnused;
  if (model === null) return kept(editEntries(file, name, (entries, file) => [entries.toSpliced(entry, 1, ...edit(entries[entry]!)), file]));
  const [others, behaviors] = apart(file, name, behavior);
  const at = places.findIndex(({ instance }) => instance.name === behavior);
  return kept(editEntries(file, name, (entries, file) => {
    // Other models of the list stay as they are.
    const parts = places.filter((each) => each.entry === entry);
    const first = others.findIndex((_, index) => index === entry);
    const made = others.slice(first, first + parts.length - 1);
    const within = at - places.findIndex((each) => each.entry === entry);
    return [entries.toSpliced(entry, 1, ...made.slice(0, within), ...edit({ use: model }), ...made.slice(within)), { ...file, ...(behaviors ? { behaviors } : {}) }];
  }));
} // prettier-ignore

/** Without behaviors of the file that nobody uses any more. */
function withoutUnused(file: NetworkDocument): NetworkDocument {
  const { behaviors = {}, ...rest } = file;
  const entries = [...file.populations, ...(file.projections ?? []), ...(file.signals ?? [])].flatMap((each) => each.behaviors ?? []);
  const used = Object.entries(behaviors).filter(([name]) => entries.some(({ use }) => use === name));
  return used.length > 0 ? { ...rest, behaviors: Object.fromEntries(used) } : rest;
} // prettier-ignore

/** A model as entries of its own for each part but one, and the behaviors of the file with those that these need. */
function apart(file: NetworkDocument, name: string, but: string): [readonly BehaviorEntry[], NetworkDocument["behaviors"]] {
  const part = partOf(file, name);
  const owner = part.projections.find((each) => each.name === name) ?? part.populations[0]!;
  owner.detach(but);
  const written = part.toJSON();
  const { behaviors = [] } = [...(written.projections ?? []), ...written.populations].find((each) => each.name === name)!;
  return [behaviors, { ...file.behaviors, ...written.behaviors }];
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
  const { instance, enabled, entry, model } = placeOf(placesIn(change.in), change.behavior);
  const { text, bind } = declarationAsText(instance.declaration);
  // The values of the file: what is attached may have been given others since.
  const part = partOf(file, change.in);
  const owner = part.projections.find(({ name }) => name === change.in) ?? part.populations[0]!;
  const given = owner.entity.attached.find((each) => each.instance.name === change.behavior)!.instance;
  const { use: before } = entriesOf(file, change.in)[entry]!;
  const taken = { ...file.behaviors };
  const isOwn = model === null && Object.hasOwn(taken, before) && usesOf(file, before) === 1;
  const use = isOwn ? before : freeKey(`${instance.name.replaceAll("-", "_")}Edited`, taken);
  const changed = editPart({ ...file, behaviors: { ...taken, [use]: edit(text) } }, change, placesIn, () => [entryOf(use, given, bind, enabled)]);
  return withoutUnused({ ...changed, behaviors: { ...changed.behaviors, [use]: edit(text) } });
} // prettier-ignore

const entriesOf = (file: NetworkDocument, name: string): readonly BehaviorEntry[] =>
  [...file.populations, ...(file.projections ?? [])].find((each) => each.name === name)?.behaviors ?? [];

const usesOf = (file: NetworkDocument, name: string): number =>
  [...file.populations, ...(file.projections ?? [])]
    .flatMap(({ behaviors = [] }) => behaviors)
    .filter(({ use }) => use === name).length;
