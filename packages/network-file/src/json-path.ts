/** Places in a file, such as `populations[0].behaviors[2].values.tau`, and errors that name them. */
import { NeuroweaveError, type ErrorPlace } from "@neuroweave/equations";

export type PathPart = string | number;

function pathText(parts: readonly PathPart[]): string {
  return parts
    .map((part, at) =>
      typeof part === "number"
        ? `[${part}]`
        : /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(part)
          ? `${at === 0 ? "" : "."}${part}`
          : `[${JSON.stringify(part)}]`,
    )
    .join("");
}

const placed = new WeakSet<NeuroweaveError>();

/** An error that names its place in the file. */
export function refusalAt(
  path: readonly PathPart[],
  ...[code, what, place, options]: ConstructorParameters<typeof NeuroweaveError>
): NeuroweaveError {
  const where = pathText(path);
  const error = new NeuroweaveError(code, where === "" ? what : `${where}: ${what}`, place, options);
  placed.add(error);
  return error;
}

/** Does what `make` says; a refusal of it names the place, unless it names one already. */
export function within<T>(path: readonly PathPart[], make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw errorAt(path, error);
  }
}

/** The same for what code makes of values that no check has seen: that it stumbles over them is a refusal too. */
export function withinValues<T>(path: readonly PathPart[], what: string, make: () => T): T {
  return within(path, () => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
      throw new NeuroweaveError("invalid-value", `${what} cannot take these values (${error.message})`, {
        remedy: "Look up what it takes: standardCatalog() lists parameters and options.",
      }, { cause: error });
    }
  });
} // prettier-ignore

function errorAt(path: readonly PathPart[], error: unknown): unknown {
  if (!(error instanceof NeuroweaveError) || placed.has(error)) return error;
  const { code, summary, entity, behavior, source, span, remedy, candidates } = error;
  const place = Object.fromEntries(
    Object.entries({ entity, behavior, source, span, remedy, candidates }).filter(([, each]) => each !== undefined),
  ) as ErrorPlace;
  return refusalAt(path, code, summary, place, { cause: error.cause ?? error });
}
