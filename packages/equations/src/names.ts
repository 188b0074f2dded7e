import { drawMeanings } from "./draws.ts";
import { NeuroweaveError } from "./error.ts";
import type { Span } from "./expression.ts";
import { functionNames } from "./functions.ts";

/** Symbols that every equation may read and no declaration may take, with their meanings. */
const providedNames: ReadonlyMap<string, string> = new Map([
  ["t", "the time in ms"],
  ["dt", "the time step in ms"],
  ["i", "the index of the neuron"],
  ["n", "the number of neurons"],
  ["learning", "1 while the network learns, else 0"],
  ["spike", "1 in the step of a spike, else 0"],
  ["refractory", "whether the neuron is refractory"],
  ["t_last_spike", "the time of the last spike"],
  ["arriving", "what arrives at the receptor in this step"],
  ["efficacy", "the factor of what a synapse transmits"],
]);

const languageNames: ReadonlyMap<string, string> = new Map([
  ["pi", "the number pi"],
  ...drawMeanings,
  ["delayed", "a past value"],
  ["pre", "the source of a synapse, as in pre.x"],
  ["post", "the target of a synapse, as in post.y"],
  ["let", "a keyword"],
  ["and", "an operator"],
  ["or", "an operator"],
  ["not", "an operator"],
  ["true", "kept free"],
  ["false", "kept free"],
  ...functionNames.map((name) => [name, "a function"] as const),
]);

/** Names that every JavaScript object answers to. No name of a user may reach a lookup under one of them. */
const unsafeNames: ReadonlySet<string> = new Set([
  "constructor",
  "prototype",
  "hasOwnProperty",
  "isPrototypeOf",
  "propertyIsEnumerable",
  "toLocaleString",
  "toString",
  "valueOf",
  "__proto__",
  "__defineGetter__",
  "__defineSetter__",
  "__lookupGetter__",
  "__lookupSetter__",
]);

/** Every name that parameters, state and intermediates must not take: provided symbols, functions, keywords. */
export const reservedNames: ReadonlySet<string> = new Set([...providedNames.keys(), ...languageNames.keys()]);

/** Symbols that may be read but never be assigned or integrated. */
const fixedNames: ReadonlySet<string> = new Set(["t", "dt", "arriving", ...languageNames.keys()]);

/** Whether the text is spelled like a name: letters, digits and underscores, not beginning with a digit. */
export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !unsafeNames.has(text);
}

/** As `isName`, for a name that may be dotted (`g_exc.tau`). */
export function isDottedName(text: string): boolean {
  return text.split(".").every(isName);
}

/** Whether a part of a possibly dotted name is refused because JavaScript objects answer to it. */
export function isUnsafeName(text: string): boolean {
  return text.split(".").some((part) => unsafeNames.has(part));
}

/**
 * Checks a name that is about to be declared (a parameter, a state variable, an intermediate, an instance).
 * Refuses with `invalid-name` or `reserved-name`; `what` names the thing in the message, with its article.
 */
export function checkName(name: string, what = "a symbol", place: { source?: string; span?: Span } = {}): void {
  if (isUnsafeName(name)) throw unsafeName(name, place);
  if (!isName(name)) {
    throw new NeuroweaveError("invalid-name", `${JSON.stringify(name)} cannot be the name of ${what}`, {
      ...place,
      remedy: "use letters a-z and A-Z, digits and underscores, and begin with a letter or an underscore",
    });
  }
  if (reservedNames.has(name)) throw reservedName(name, `the name of ${what}`, place);
}

/** Checks a name that is about to be assigned or integrated; refuses with `reserved-name`. */
export function checkTarget(name: string, place: { source?: string; span?: Span } = {}): void {
  if (isUnsafeName(name)) throw unsafeName(name, place);
  if (fixedNames.has(name)) throw reservedName(name, "assigned", place);
}

/** The refusal of a name that JavaScript objects answer to. */
export function unsafeName(name: string, place: { source?: string; span?: Span } = {}): NeuroweaveError {
  return new NeuroweaveError("reserved-name", `the name ${name} is refused, because every JavaScript object has it`, {
    ...place,
    remedy: "choose another name",
  });
}

function reservedName(name: string, use: string, place: { source?: string; span?: Span }): NeuroweaveError {
  const meaning = providedNames.get(name) ?? languageNames.get(name) ?? "reserved";
  return new NeuroweaveError("reserved-name", `${name} cannot be ${use}: it is ${meaning}`, {
    ...place,
    remedy: `choose another name, such as ${name}_`,
  });
}
