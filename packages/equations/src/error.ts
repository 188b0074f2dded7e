import { drawCaret } from "./caret.ts";
import type { ErrorCode } from "./error-codes.ts";
import type { Span } from "./expression.ts";

/** Where something went wrong, and what would cure it. Every field is optional; `withPlace` fills in missing ones. */
export interface ErrorPlace {
  /** Name of the population, projection or other entity. */
  readonly entity?: string;
  /** Name of the behavior. */
  readonly behavior?: string;
  /** The whole source text that `span` points into. */
  readonly source?: string;
  /** Where in `source`. */
  readonly span?: Span;
  /** A sentence that says what to do. */
  readonly remedy?: string;
  /** Names that may have been meant, or that conflict. */
  readonly candidates?: readonly string[];
}

/**
 * Every refusal of the framework. `code` is stable and meant for programs; `message` is for people: what is wrong, in
 * which behavior and entity, the source line with carets, the remedy and the candidates, as far as they are known.
 */
export class NeuroweaveError extends Error {
  /** Tells these errors from others. */
  override readonly name = "NeuroweaveError";
  /** What kind of refusal it is, for programs: a key of {@link errorCodes}. */
  readonly code: ErrorCode;
  /** What is wrong, in one sentence, without place and remedy. */
  readonly summary: string;
  /** Population, projection or signal that it is about. */
  readonly entity: string | undefined;
  /** Behavior that it is about. */
  readonly behavior: string | undefined;
  /** The text that was refused. */
  readonly source: string | undefined;
  /** Where in the text. */
  readonly span: Span | undefined;
  /** What would cure it. */
  readonly remedy: string | undefined;
  /** Names that may have been meant. */
  readonly candidates: readonly string[] | undefined;

  constructor(code: ErrorCode, message: string, place: ErrorPlace = {}, options: { readonly cause?: unknown } = {}) {
    super(fullMessage(message, place), options);
    this.code = code;
    this.summary = message;
    this.entity = place.entity;
    this.behavior = place.behavior;
    this.source = place.source;
    this.span = place.span;
    this.remedy = place.remedy;
    this.candidates = place.candidates;
  }
}

/**
 * The same error with the fields of `place` that it lacks, its message rebuilt and its stack kept. A span belongs to
 * its source: an error that already has a source takes no span of another one. Anything that is no `NeuroweaveError`
 * is returned as it is, so that `catch (error) { throw withPlace(error, …) }` is always right.
 */
export function withPlace<E>(error: E, place: ErrorPlace): E {
  if (!(error instanceof NeuroweaveError)) return error;
  const sameSource = error.source === undefined || place.source === undefined || error.source === place.source;
  const merged = definedFields({
    entity: error.entity ?? place.entity,
    behavior: error.behavior ?? place.behavior,
    source: error.source ?? place.source,
    span: error.span ?? (sameSource ? place.span : undefined),
    remedy: error.remedy ?? place.remedy,
    candidates: error.candidates ?? place.candidates,
  });
  const options = error.cause === undefined ? {} : { cause: error.cause };
  const placed = new NeuroweaveError(error.code, error.summary, merged, options);
  const frames = error.stack?.indexOf("\n    at ") ?? -1;
  if (frames >= 0) placed.stack = `${placed.name}: ${placed.message}${error.stack?.slice(frames)}`;
  return placed as E & NeuroweaveError;
}

/** `exactOptionalPropertyTypes` tells a missing field from an undefined one; this drops the undefined ones. */
function definedFields(place: { readonly [Field in keyof ErrorPlace]: ErrorPlace[Field] | undefined }): ErrorPlace {
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
}

function fullMessage(summary: string, place: ErrorPlace): string {
  const lines = [summary];
  const where = whereabouts(place);
  if (where !== "") lines.push(`  ${where}`);
  if (place.source !== undefined && place.span !== undefined) lines.push(drawCaret(place.source, place.span));
  if (place.remedy !== undefined) lines.push(`  Remedy: ${place.remedy}`);
  if (place.candidates !== undefined && place.candidates.length > 0) {
    lines.push(`  Candidates: ${place.candidates.join(", ")}`);
  }
  return lines.join("\n");
}

/** Populations and projections are told by their names. */
function whereabouts({ behavior, entity }: ErrorPlace): string {
  if (behavior !== undefined && entity !== undefined) return `in behavior ${behavior} of ${entity}`;
  if (behavior !== undefined) return `in behavior ${behavior}`;
  return entity === undefined ? "" : `in ${entity}`;
}
