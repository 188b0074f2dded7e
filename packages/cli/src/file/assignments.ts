/** `--set`: values by name. */
import { nearest, NeuroweaveError } from "@neuroweave/equations";
import type { ExperimentParameter, ExperimentParameters, Network } from "neuroweave";
import { Failure, usageFailure } from "../failure.ts";
import { exitCodes } from "../exit-codes.ts";

export interface Assignment {
  /** As it was written. */
  readonly text: string;
  readonly name: string;
  /** A number, a list of numbers, or the text itself. */
  readonly value: number | readonly number[] | string;
}

/** Reads `NAME=VALUE`: numbers, lists of numbers such as [1,2,3], or texts. Refuses names that are given twice. */
export function readAssignments(texts: readonly string[]): Assignment[] {
  const assignments = texts.map((text) => {
    const at = text.indexOf("=");
    if (at < 1 || at === text.length - 1)
      throw usageFailure("invalid-value", `--set ${text} sets nothing`, { remedy: "Write --set population.parameter=value." });
    return { text, name: text.slice(0, at).trim(), value: valueOf(text.slice(at + 1).trim()) };
  }); // prettier-ignore
  const twice = assignments.find(({ name }, index) => assignments.findIndex((each) => each.name === name) < index);
  if (twice) throw usageFailure("duplicate-name", `${twice.name} is set twice`, { remedy: "Set it once." });
  return assignments;
}

function valueOf(text: string): Assignment["value"] {
  if (/^\[.*\]$/u.test(text)) {
    const list = text.slice(1, -1).split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
    if (list.every((each) => !Number.isNaN(each))) return list;
  }
  const number = Number(text);
  return text !== "" && !Number.isNaN(number) ? number : text;
} // prettier-ignore

/** Whether it names a member of a network: `population.parameter`. Parameters of experiments have no dot. */
export const isDotted = ({ name }: Assignment): boolean => name.includes(".");

/** Parameters of an experiment with what was set in the place of defaults. Refuses names that it does not have, and other types. */
export function withAssigned(defaults: ExperimentParameters, assignments: readonly Assignment[]): ExperimentParameters {
  const own = assignments.filter((each) => !isDotted(each));
  return { ...defaults, ...Object.fromEntries(own.map((each) => [each.name, assigned(defaults, each)])) };
}

function assigned(defaults: ExperimentParameters, { name, value, text }: Assignment): ExperimentParameter {
  const names = Object.keys(defaults);
  if (!Object.hasOwn(defaults, name))
    throw usageFailure("unknown-name", `the experiment has no parameter ${name}`, {
      candidates: nearest(name, names),
      remedy:
        names.length > 0
          ? `It has ${names.join(", ")}; parameters of populations are written population.parameter.`
          : "It exports no `parameters`; parameters of populations are written population.parameter.",
    });
  const usual = defaults[name]!;
  const given = typeof usual === "boolean" && (value === "true" || value === "false") ? value === "true" : value;
  const fits = typeof given === typeof usual || typeof usual === "string";
  if (fits) return typeof usual === "string" ? text.slice(text.indexOf("=") + 1).trim() : (given as ExperimentParameter);
  throw usageFailure("invalid-value", `--set ${text}: ${name} is a ${typeof usual}`, {
    remedy: `Give a value like its default, ${String(usual)}.`,
  });
} // prettier-ignore

/** Sets parameters of populations, projections and signals. Refuses names that nobody has, with the nearest. */
export function assignTo(network: Network, assignments: readonly Assignment[]): void {
  for (const each of assignments.filter(isDotted)) assignOne(network, each);
}

function assignOne(network: Network, { text, name, value }: Assignment): void {
  if (typeof value === "string")
    throw usageFailure("invalid-value", `--set ${text}: ${value} is no number`, {
      remedy: "Give a number, or a list of them: [1,2,3].",
    });
  const { member, rest } = memberOf(network, name);
  const parameter = rest === "weight" && network.projections.some((each) => each.name === member.name) ? "w" : rest;
  try {
    member.set({ [parameter]: typeof value === "number" ? value : Float64Array.from(value) });
  } catch (error) {
    throw error instanceof NeuroweaveError && ["unknown-name", "ambiguous-name"].includes(error.code)
      ? new Failure(exitCodes.usage, error)
      : error;
  }
}

/** What can be set, recorded and attached to. */
export interface Member {
  readonly name: string;
  set(values: Readonly<Record<string, number | Float64Array>>): unknown;
  attach(behavior: object): unknown;
  readonly entity: { readonly recordings: ReadonlyMap<{ readonly name: string }, unknown>; readonly place: { readonly dt: number } };
} // prettier-ignore

/** The value of a parameter of a network file, which is one number. */
export function numberOf({ text, value }: Assignment): number {
  if (typeof value === "number") return value;
  throw usageFailure("invalid-value", `--set ${text} gives no number`, { remedy: "Give one number; lists stand in the file itself." });
} // prettier-ignore

/** The member that a dotted name begins with, the longest where several do, and the rest of the name. */
export function memberOf(network: Network, dotted: string): { readonly member: Member; readonly rest: string } {
  const members = [...network.populations, ...network.projections, ...Object.values(network.signals)] as unknown as Member[];
  const found = members
    .filter(({ name }) => dotted.startsWith(`${name}.`) && dotted.length > name.length + 1)
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (found) return { member: found, rest: dotted.slice(found.name.length + 1) };
  const names = members.map(({ name }) => name);
  const asked = dotted.slice(0, dotted.includes(".") ? dotted.indexOf(".") : undefined);
  throw usageFailure("unknown-name", `the network has nothing named ${asked}`, {
    candidates: nearest(asked, names),
    remedy: `There are ${names.join(", ") || "no populations"}.`,
  });
} // prettier-ignore
