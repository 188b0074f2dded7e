/** The form of a network file: what is checked when one is read, and what its JSON Schema is generated from. */
import * as v from "valibot";

/** The same schema, which takes a list for no object. */
function notList<S extends v.GenericSchema>(schema: S): S {
  return {
    ...schema,
    "~run": (dataset, config) => schema["~run"](Array.isArray(dataset.value) ? { value: "a list" } : dataset, config),
  };
}

const strictObject = <const E extends v.ObjectEntries>(entries: E) => notList(v.strictObject(entries));
const record = <V extends v.GenericSchema>(key: v.GenericSchema<string>, of: V) => notList(v.record(key, of));

const longestName = 200;
const longestText = 100_000;
const mostEntities = 10_000;
const mostBehaviors = 500;
const mostChanges = 100;

const name = v.pipe(
  v.string(),
  v.minLength(1, "a text that is not empty"),
  v.maxLength(longestName, `a name of at most ${longestName} characters`),
);
const atMost = (most: number) => `a list of at most ${most}`;
const names = v.pipe(v.array(name), v.maxLength(mostEntities, atMost(mostEntities)));
const text = v.pipe(v.string(), v.maxLength(longestText, `a text of at most ${longestText} characters`));
/** 1e999 is read as infinity: whoever means that says so. */
const finite = v.pipe(v.number(), v.finite("a number of double precision"));
const whole = v.pipe(v.number(), v.integer("a whole number ≥ 1"), v.minValue(1, "a whole number ≥ 1"));
const spelled = v.picklist(["NaN", "Infinity", "-Infinity", "-0"]);
/** A number, or the text of one that JSON cannot say. */
const number = v.union([finite, spelled], "a number");
const numbers = v.array(number);

type Value = number | string | boolean | null | Value[] | { [key: string]: Value };
const value: v.GenericSchema<Value> = v.lazy(() =>
  v.union([finite, text, v.boolean(), v.null(), v.array(value), record(name, value)], "a value"),
);
const values = record(name, value);

const distribution = strictObject({
  distribution: v.picklist(["choice", "exponential", "lognormal", "lorentzian", "normal", "uniform"]),
  arguments: v.array(value),
});
const perSynapse = v.union([number, numbers, distribution], "a number, a list of numbers or a distribution");
const perNeuron = v.union([number, numbers], "a number or a list of numbers");

const texts = record(name, text);
const changes = {
  rename: v.optional(texts),
  bind: v.optional(texts),
  redeclare: v.optional(record(name, values)),
  named: v.optional(name),
};

const behavior = strictObject({
  use: name,
  as: v.optional(name),
  ...changes,
  changes: v.optional(v.pipe(v.array(strictObject(changes)), v.maxLength(mostChanges, atMost(mostChanges)))),
  values: v.optional(values),
  enabled: v.optional(v.boolean()),
  disabled: v.optional(names),
});
const behaviors = v.pipe(v.array(behavior), v.maxLength(mostBehaviors, atMost(mostBehaviors)));

const parameter = strictObject({
  default: perSynapse,
  unit: v.optional(text),
  min: v.optional(number),
  max: v.optional(number),
  onGrid: v.optional(v.boolean()),
  per: v.optional(v.picklist(["source", "target", "weight"])),
  doc: v.optional(text),
});
const state = strictObject({
  init: v.union([number, numbers, distribution, text], "a number, a list of numbers, a distribution or an expression"),
  unit: v.optional(text),
  per: v.optional(v.picklist(["source", "target", "weight"])),
  doc: v.optional(text),
});
const input = strictObject({
  default: v.optional(perSynapse),
  unit: v.optional(text),
  doc: v.optional(text),
});
const oneOrMore = v.union([name, names], "a name or a list of names");
const rows = v.array(perNeuron);

/** What `defineBehavior` takes, without functions. */
export const declarationSchema = strictObject({
  name: v.optional(name),
  doc: v.optional(text),
  source: v.optional(text),
  scope: v.optional(v.picklist(["shared", "instance"])),
  adaptive: v.optional(v.boolean()),
  priority: v.optional(finite),
  before: v.optional(oneOrMore),
  after: v.optional(oneOrMore),
  parameters: v.optional(record(name, parameter)),
  state: v.optional(record(name, state)),
  inputs: v.optional(record(name, input)),
  requires: v.optional(names),
  writes: v.optional(names),
  equations: v.optional(text),
  onSpike: v.optional(text),
  onArrival: v.optional(text),
  onPre: v.optional(text),
  onPost: v.optional(text),
  onLose: v.optional(text),
  bounds: v.optional(record(name, strictObject({ min: v.optional(text), max: v.optional(text) }))),
  every: v.optional(finite),
  coupling: v.optional(text),
  signals: v.optional(
    record(
      name,
      strictObject({
        of: text,
        by: v.picklist(["sum", "mean", "max", "min"]),
        per: v.optional(v.picklist(["source", "target"])),
      }),
    ),
  ),
  competition: v.optional(
    strictObject({
      by: text,
      among: text,
      k: finite,
      dimension: v.optional(finite),
      ties: v.optional(v.boolean()),
    }),
  ),
  spike: v.optional(text),
  spikeRequires: v.optional(text),
  hold: v.optional(strictObject({ variables: oneOrMore, while: text })),
  method: v.optional(name),
  sample: v.optional(strictObject({ variables: names, every: v.optional(finite), keep: v.optional(finite) })),
  tables: v.optional(record(name, strictObject({ values: v.union([numbers, rows]), every: finite }))),
  events: v.optional(strictObject({ state: name, times: numbers, ids: numbers })),
  defaults: v.optional(record(name, perSynapse)),
  per: v.optional(record(name, v.picklist(["source", "target"]))),
  initialSpikes: v.optional(perSynapse),
});

const signal = strictObject({
  name,
  tau: v.optional(number),
  baseline: v.optional(number),
  init: v.optional(number),
  behaviors: v.optional(behaviors),
  disabled: v.optional(names),
  set: v.optional(values),
});

const population = strictObject({
  name,
  n: v.union(
    [whole, v.pipe(v.array(whole), v.minLength(1, "1 to 16 whole numbers"), v.maxLength(16, "1 to 16 whole numbers"))],
    "a whole number ≥ 1, or a list of them",
  ),
  method: v.optional(name),
  tags: v.optional(v.array(text)),
  keepSpikes: v.optional(whole),
  positions: v.optional(v.array(numbers)),
  behaviors,
  set: v.optional(values),
});

const index = v.pipe(v.number(), v.integer("a whole number ≥ 0"), v.minValue(0, "a whole number ≥ 0"));
const end = v.union(
  [name, strictObject({ population: name, from: index, to: whole })],
  "the name of a population, or { population, from, to }",
);

const projection = strictObject({
  name,
  source: end,
  target: end,
  connect: strictObject({ use: name, arguments: v.optional(v.array(value)) }),
  receptor: v.optional(name),
  weight: v.optional(perSynapse),
  delay: v.optional(perSynapse),
  axonal: v.optional(perNeuron),
  dendritic: v.optional(perNeuron),
  weights: v.optional(v.picklist(["f64", "f32", "i16"])),
  tags: v.optional(v.array(text)),
  behaviors: v.optional(behaviors),
  disabled: v.optional(names),
  enabled: v.optional(v.boolean()),
  set: v.optional(values),
});

const region = strictObject({
  populations: v.optional(names),
  projections: v.optional(names),
  regions: v.optional(names),
});

/** The shape of a network file, for valibot; its JSON Schema is network.schema.json. */
export const networkFileSchema = strictObject({
  $schema: v.optional(text),
  format: v.literal("neuroweave network"),
  version: v.literal(1),
  name: v.optional(text),
  doc: v.optional(text),
  network: strictObject({
    dt: finite,
    seed: v.optional(v.union([finite, text], "a number or a text")),
    precision: v.optional(v.picklist(["f64", "f32"])),
    learning: v.optional(v.boolean()),
  }),
  behaviors: v.optional(record(name, declarationSchema)),
  signals: v.optional(v.pipe(v.array(signal), v.maxLength(mostEntities, atMost(mostEntities)))),
  populations: v.pipe(v.array(population), v.maxLength(mostEntities, atMost(mostEntities))),
  projections: v.optional(v.pipe(v.array(projection), v.maxLength(mostEntities, atMost(mostEntities)))),
  regions: v.optional(record(name, region)),
  run: v.optional(strictObject({ duration: v.pipe(finite, v.minValue(0, "a number ≥ 0")) })),
});

/** Parts of the schema that are named where it is published. */
export const schemaParts = {
  value,
  distribution,
  behavior,
  declaration: declarationSchema,
  signal,
  population,
  projection,
  region,
};
