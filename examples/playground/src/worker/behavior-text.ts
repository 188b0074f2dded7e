/** A behavior as text: what a person edits, and what a file holds of one that was edited. */
import { equalStatements, parseStatements, print, resolveLets, type Equation } from "@neuroweave/equations";
import { isDistribution, type BehaviorInstance, type Distribution, type ParameterValue } from "neuroweave";
import type { BehaviorText, Json } from "../document.ts";
import type { BehaviorTexts, TextPart } from "../protocol.ts";

type Declaration = BehaviorInstance["declaration"];
type Source<T> = { readonly text: string; readonly parsed: T };

/** What the author wrote where it still holds, with its intermediates; else what became of it under other names. */
function statementsText({ text, parsed }: Source<readonly Equation[]>): string {
  try {
    const written = resolveLets(parseStatements(text));
    const same = written.length === parsed.length && written.every((each, i) => equalStatements(each, parsed[i]!));
    if (same) return outdented(text);
  } catch {
    // Texts that need their options to be read are printed.
  }
  return parsed.map((each) => print(each)).join("\n");
}

const outdented = (text: string): string =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim())
    .join("\n");

const joined = (sources: readonly Source<readonly Equation[]>[]): string => sources.map(statementsText).join("\n");

/** The texts of a behavior that are not empty. */
export function textsOf(d: Declaration): BehaviorTexts {
  const all: Record<TextPart, string> = {
    equations: joined(d.equations),
    spike: d.spike === null ? "" : print(d.spike.parsed),
    onSpike: joined(d.onSpike),
    onArrival: joined(d.onArrival),
    onPre: joined(d.onPre),
    onPost: joined(d.onPost),
  };
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== ""));
}

/** Why the texts of a behavior cannot be edited here, or nothing. */
export function whyFixed(d: Declaration): string {
  if (d.step) return "It is code, not equations.";
  if (d.tables.size > 0) return "It plays a table of values.";
  if (d.events) return "It plays a list of spikes.";
  if (d.sample) return "It only records.";
  if (d.competition) return "Its competition is set by its options.";
  return "";
}

export function jsonOf(value: ParameterValue): Json {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (!isDistribution(value)) return Array.from(value);
  const [, name, list] = /^(\w+)\((.*)\)$/u.exec((value as Distribution).text) ?? [];
  return { distribution: name ?? "", arguments: (list ?? "").split(",").map(Number) };
}

const defined = (record: object): Record<string, Json> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Record<string, Json>;

/** The declaration as data, and the expressions that stand in the place of some of its parameters. */
export function declarationAsText(d: Declaration): {
  readonly text: BehaviorText;
  readonly bind: Readonly<Record<string, string>>;
} {
  const bind = Object.fromEntries([...d.bindings].map(([name, { parsed }]) => [name, print(parsed)]));
  const parameters = Object.fromEntries([
    ...[...d.parameters].map(([name, each]) => [name, { ...defined(each), default: jsonOf(each.default) }] as const),
    ...Object.keys(bind).map((name) => [name, { default: 1 }] as const),
  ]);
  const state = Object.fromEntries(
    [...d.states].map(([name, { init, ...rest }]) => [
      name,
      { ...defined(rest), init: typeof init === "string" ? init : jsonOf(init) },
    ]),
  );
  const inputs = Object.fromEntries(
    [...d.inputs].map(([name, { default: constant, ...rest }]) => [
      name,
      { ...defined(rest), ...(constant === undefined ? {} : { default: jsonOf(constant) }) },
    ]),
  );
  const [hold] = d.holds;
  const signals = [...d.signals].map(([name, { of, by, per }]) => [
    name,
    { of: print(of.parsed), by, ...(per === null ? {} : { per }) },
  ]);
  const bounds = [...d.bounds].map(([name, { min, max }]) => [
    name,
    { ...(min ? { min: print(min.parsed) } : {}), ...(max ? { max: print(max.parsed) } : {}) },
  ]);
  const text = {
    doc: d.doc,
    source: d.source,
    priority: d.priority,
    scope: d.scope,
    parameters,
    state,
    inputs,
    ...(d.before.length > 0 ? { before: d.before } : {}),
    ...(d.after.length > 0 ? { after: d.after } : {}),
    ...(d.requires.length > 0 ? { requires: d.requires } : {}),
    ...(d.adaptive ? { adaptive: true } : {}),
    ...(d.method === null ? {} : { method: d.method }),
    ...(d.every === null ? {} : { every: d.every }),
    ...(d.coupling === null ? {} : { coupling: print(d.coupling.parsed) }),
    ...(signals.length > 0 ? { signals: Object.fromEntries(signals) } : {}),
    ...(bounds.length > 0 ? { bounds: Object.fromEntries(bounds) } : {}),
    ...(d.spikeRequires.length > 0
      ? { spikeRequires: d.spikeRequires.map(({ parsed }) => `(${print(parsed)})`).join(" and ") }
      : {}),
    ...(hold ? { hold: { variables: hold.variables, while: print(hold.while) } } : {}),
    ...textsOf(d),
  };
  return { text, bind };
}
