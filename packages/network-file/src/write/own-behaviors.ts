/** The behaviors that a file brings along: declarations as data, under names that nobody else has. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { BehaviorDefinition, BehaviorInstance, FileDeclaration, FileValue, Recipe } from "@neuroweave/model";
import * as v from "valibot";
import { declarationSchema } from "../schema.ts";
import type { Vocabulary } from "../plugin/vocabulary.ts";
import { writeValue } from "./write-value.ts";

/** What a file calls the definition of an instance, and which of the instance's options that name has in it already. */
export interface Used {
  readonly use: string;
  readonly resolved: ReadonlySet<string>;
}

/** The same with keys in the order of the schema, in which a file is read. Refuses what no file may say. */
function inOrder(declaration: FileValue, { behavior }: BehaviorDefinition): FileDeclaration {
  const { success, output, issues } = v.safeParse(declarationSchema, declaration, { abortEarly: true });
  if (success) return output as FileDeclaration;
  throw new NeuroweaveError("not-supported", `${behavior} cannot be written as data: ${v.getDotPath(issues[0]) ?? "it"} is not as a file has it (${issues[0].message})`, {
    behavior,
    remedy: "Declare it as defineBehavior describes.",
  });
} // prettier-ignore

export class OwnBehaviors {
  readonly vocabulary: Vocabulary;
  readonly #declarations = new Map<string, FileDeclaration>();
  readonly #texts = new Map<string, string>();
  /** Behaviors with host code, by name: who reads the file must have them. */
  readonly #hosts = new Map<string, unknown>();

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The declarations by name; undefined where there are none. */
  get declarations(): Readonly<Record<string, FileDeclaration>> | undefined {
    return this.#declarations.size === 0 ? undefined : Object.fromEntries(this.#declarations);
  }

  /** The name of an instance's definition; writes the declaration down where it is no standard one. */
  use(instance: BehaviorInstance, recipe: Recipe, place: string): Used {
    const root = recipe.definition();
    const standard = this.vocabulary.nameOf(root);
    if (standard !== undefined) return { use: standard, resolved: new Set() };
    const declaration = this.#declared(instance, recipe);
    if (declaration === null) return { use: this.#host(root, place), resolved: new Set() };
    return { use: this.#enter(root.behavior, declaration), resolved: new Set(instance.optionNames) };
  }

  /** The declaration with the instance's options decided; null where it has code that is more than that. */
  #declared(
    { optionNames }: BehaviorInstance,
    { specification, bodyFor, given, definition }: Recipe,
  ): FileDeclaration | null {
    if (specification["step"] !== undefined) return null;
    const options = Object.fromEntries(Object.entries(given).filter(([key]) => optionNames.includes(key)));
    const body = Object.entries(bodyFor(options)).filter(([, value]) => value !== undefined);
    const fields = Object.entries({ ...specification, ...Object.fromEntries(body) });
    const kept = fields.filter(
      ([key, value]) => key !== "name" && Object.hasOwn(declarationSchema.entries, key) && value !== undefined,
    );
    let declaration: FileValue;
    try {
      declaration = writeValue(Object.fromEntries(kept), "");
    } catch (error) {
      if (error instanceof NeuroweaveError) return null;
      throw error;
    }
    return inOrder(declaration, definition());
  }

  #host(root: { readonly behavior: string }, place: string): string {
    const name = root.behavior;
    const before = this.#hosts.get(name);
    if (this.vocabulary.factory(name) !== undefined || this.#declarations.has(name) || (before !== undefined && before !== root))
      throw new NeuroweaveError("duplicate-name", `${place} has code of its own, and its name ${name} has another meaning in the file`, {
        behavior: name,
        remedy: "Define it under a name that no other behavior has.",
      });
    this.#hosts.set(name, root);
    return name;
  } // prettier-ignore

  #enter(behavior: string, declaration: FileDeclaration): string {
    const text = JSON.stringify([behavior, declaration]);
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    let key = behavior;
    for (
      let k = 2;
      this.vocabulary.factory(key) !== undefined || this.#declarations.has(key) || this.#hosts.has(key);
      k++
    )
      key = `${behavior}_${k}`;
    this.#texts.set(text, key);
    this.#declarations.set(key, key === behavior ? declaration : { name: behavior, ...declaration });
    return key;
  }
}
