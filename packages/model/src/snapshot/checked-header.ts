/**
 * Whether what a snapshot says of itself can be true. A checksum tells what has been changed by accident; this, what somebody wrote on
 * purpose: after it nothing in the header or the arrays has another type, length or range than the network that is restored takes.
 */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Entity } from "../entity.ts";
import type { Header } from "./save.ts";

type Arrays = ReadonlyMap<string, Float64Array>;

const refuse = (why: string): NeuroweaveError =>
  new NeuroweaveError("snapshot", `these bytes are no snapshot: ${why}`, {
    remedy: "Give the bytes of net.snapshot(), unchanged.",
  });

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isFlag: Check = (value) => typeof value === "boolean";
const isStep: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const record =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isRecord(value) && Object.entries(fields).every(([name, check]) => check(Object.hasOwn(value, name) ? value[name] : undefined)); // prettier-ignore
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const values =
  (check: Check): Check =>
  (value) =>
    isRecord(value) && Object.values(value).every(check);
const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));
const isNothing: Check = (value) => value === null || value === undefined;

const fields: Readonly<Record<string, Check>> = {
  dt: (value) => typeof value === "number" && value > 0,
  seed: isText,
  precision: isText,
  step: isStep,
  learning: isFlag,
  entities: list(
    record({
      name: isText,
      n: isStep,
      behaviors: list(record({ name: isText, enabled: isFlag })),
      forms: values((form) => form === "constant" || form === "cell" || form === "column"),
      synapses: either(
        isNothing,
        record({
          enabled: isFlag,
          since: isStep,
          learnsFrom: isStep,
          wiring: values(either(isText, (value) => typeof value === "number")),
          rows: either(isNothing, record({ text: isText, wirings: isStep })),
        }),
      ),
      paused: isFlag,
      recorders: values(record({ paused: isFlag, variables: list(isText) })),
    }),
  ),
};

/** Refuses a header that lacks something, or has something of another type. */
export function checkHeader(header: unknown): asserts header is Header {
  const wrong = isRecord(header) ? Object.keys(fields).find((name) => !record({ [name]: fields[name]! })(header)) : "";
  if (wrong !== undefined) throw refuse(wrong === "" ? "it has no header" : `${wrong} of its header is not what it must be`);
} // prettier-ignore

/** Refuses arrays that an entity, which is as the header says, cannot take. */
export function checkArrays(entity: Entity, saved: Header["entities"][number], arrays: Arrays): void {
  const { name: owner, columns } = entity;
  const wrong = (what: string): NeuroweaveError => refuse(`${what} of ${owner} cannot be`);
  for (const name of columns.names()) {
    const { count, packed } = columns.at(name);
    const given = arrays.get(`${owner}/column/${name}`);
    if (given?.length !== count) throw wrong(name);
    // These become part of a program, which only states and what is written do not.
    if ((packed || saved.forms[name] !== "column") && !given.every(Number.isFinite)) throw wrong(name);
    const base = arrays.get(`${owner}/base/${name}`);
    if (base !== undefined && base.length !== count) throw wrong(name);
  }
  const [steps, ids] = [arrays.get(`${owner}/spikes/steps`), arrays.get(`${owner}/spikes/ids`)];
  const inOrder = steps?.every((step, j) => isStep(step) && (j === 0 || step >= steps[j - 1]!)) === true;
  if (!inOrder || ids?.length !== steps.length || !ids.every((id) => isStep(id) && id < Math.max(entity.n, 1)))
    throw wrong("the spikes");
  for (const [{ name }] of entity.recordings) {
    const moments = arrays.get(`${owner}/samples/${name}/steps`);
    if (moments?.every(isStep) !== true) throw wrong(`what ${name} records`);
    for (const variable of saved.recorders[name]!.variables) {
      const entry = entity.symbols.get(variable);
      const count = entry ? entity.countOf(entry) : entity.n;
      if (arrays.get(`${owner}/samples/${name}/values/${variable}`)?.length !== moments.length * count)
        throw wrong(`what ${name} records`);
    }
  }
}
