/** What a population may be told when it is made. */
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import type { MethodName } from "./method-names.ts";

/** What a population may be told when it is made. */
export interface PopulationOptions {
  /** Integration method, instead of the model's. */
  readonly method?: MethodName;
  /** Further names, under which it can be found. */
  readonly tags?: readonly string[];
  /** Keep only the last so many spikes. */
  readonly keepSpikes?: number;
  /** Coordinates of the neurons, one array of n numbers for each of 1 to 3 dimensions; grid indices unless given. */
  readonly positions?: readonly ArrayLike<number>[];
  /** Names of behaviors that are attached and switched off. */
  readonly disabled?: readonly string[];
}

/** The same with undefined for what is not given. */
export type EntityOptions = {
  readonly [Name in keyof PopulationOptions as Exclude<Name, "disabled">]: PopulationOptions[Name] | undefined;
};

const populationOptions = ["method", "tags", "keepSpikes", "positions", "disabled"];

/** Refuses options that do not exist or make no sense. */
export function checkOptions(entity: string, options: PopulationOptions): void {
  const refuse = (what: string, remedy: string) => new NeuroweaveError("invalid-value", what, { entity, remedy });
  if (typeof options !== "object" || options === null)
    throw refuse(`the options of ${entity} are ${String(options)}`, 'Give an object, such as { method: "rk4" }.');
  const { tags = [], keepSpikes = 1, disabled = [] } = options;
  if (!Array.isArray(disabled) || disabled.some((name) => typeof name !== "string"))
    throw refuse(`what is switched off in ${entity} is no list of names`, 'Give a list, such as ["refractory"].');
  if (!Array.isArray(tags) || tags.some((tag) => typeof tag !== "string"))
    throw refuse(`the tags of ${entity} are no list of texts`, 'Give a list, such as ["exc"].');
  if (!Number.isSafeInteger(keepSpikes) || keepSpikes < 1)
    throw refuse(`${entity} cannot keep ${String(keepSpikes)} spikes`, "Give a whole number ≥ 1.");
  for (const key of Object.keys(options))
    if (!populationOptions.includes(key))
      throw new NeuroweaveError("unknown-name", `a population has no option ${key}`, {
        entity,
        candidates: nearest(key, populationOptions),
        remedy: `The options are ${populationOptions.join(", ")}.`,
      });
}

/** A positive whole number, or a list of them. */
export function checkShape(entity: string, n: unknown): readonly number[] {
  const shape: readonly unknown[] = Array.isArray(n) ? n : [n];
  const bad = shape.find((each) => !Number.isSafeInteger(each) || (each as number) < 1);
  if (shape.length === 0 || bad !== undefined)
    throw new NeuroweaveError(
      "invalid-n",
      `${entity} cannot have ${Array.isArray(n) ? `shape [${n.join(", ")}]` : `${String(n)} neurons`}`,
      {
        entity,
        remedy: "Give a positive whole number, or a list of them.",
      },
    );
  return shape as readonly number[];
}

/** Copies of given coordinates; refuses what is not n finite numbers in 1 to 3 dimensions. */
export function checkPositions(entity: string, n: number, given: unknown): readonly Float64Array[] | null {
  if (given === undefined) return null;
  const refuse = (what: string) =>
    new NeuroweaveError("wrong-length", what, {
      entity,
      remedy: `Give one array of ${n} finite numbers for each of 1 to 3 dimensions.`,
    });
  if (!Array.isArray(given) || given.length < 1 || given.length > 3)
    throw refuse(`the positions of ${entity} are no list of 1 to 3 arrays`);
  return given.map((each: ArrayLike<number>, dimension) => {
    const values = Float64Array.from(each);
    const bad = values.findIndex((x) => !Number.isFinite(x));
    if (values.length !== n || bad >= 0)
      throw refuse(`positions[${dimension}] of ${entity} ${bad >= 0 ? `holds ${values[bad]}` : `has ${values.length} numbers`}`);
    return values;
  });
} // prettier-ignore
