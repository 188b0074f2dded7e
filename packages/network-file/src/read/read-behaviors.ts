/** Behaviors and models from what a file says of them. */
import { nearest, NeuroweaveError } from "@neuroweave/equations";
import {
  defineFromFile,
  recipeOf,
  type BehaviorDefinition,
  type BehaviorInstance,
  type FileBehavior,
  type FileChange,
  type FileDeclaration,
  type ModelDefinition,
  type ModelInstance,
} from "@neuroweave/model";
import { refusalAt, within, withinValues, type PathPart } from "../json-path.ts";
import type { Factory, Vocabulary } from "../plugin/vocabulary.ts";
import { readValue, readValues } from "./read-value.ts";

type Path = readonly PathPart[];
type Definition = BehaviorDefinition | ModelDefinition;

/** Makes behaviors by the names that the file, whoever reads it and the packages give them. */
export class BehaviorReader {
  readonly #own = new Map<string, BehaviorDefinition>();
  readonly #given: ReadonlyMap<string, Definition>;
  readonly #vocabulary: Vocabulary;

  constructor(
    vocabulary: Vocabulary,
    declarations: Readonly<Record<string, FileDeclaration>> = {},
    given: Readonly<Record<string, Definition>> = {},
  ) {
    this.#vocabulary = vocabulary;
    this.#given = new Map(Object.entries(given));
    for (const [name, each] of this.#given)
      if (typeof each !== "function" || vocabulary.factory(name) !== undefined)
        throw new NeuroweaveError("invalid-value", `the behavior ${name} of the options is ${typeof each === "function" ? "there already" : "no definition"}`, {
          remedy: "Give what defineBehavior or defineModel returns, under a name that no standard behavior and no plugin has.",
        });
    for (const [key, declaration] of Object.entries(declarations)) {
      const path = ["behaviors", key];
      if (vocabulary.factory(key) !== undefined || this.#given.has(key))
        throw refusalAt(path, "duplicate-name", `${key} is the name of a behavior that is there already`, {
          remedy: "Call it something else.",
        });
      const { name = key, ...rest } = readValues(declaration, path);
      this.#own.set(key, within(path, () => defineFromFile({ ...rest, name: name as string })));
    }
  } // prettier-ignore

  #factory(name: string, path: Path): Factory {
    const found = this.#own.get(name) ?? this.#given.get(name) ?? this.#vocabulary.factory(name);
    if (found !== undefined) return found;
    const known = [...this.#own.keys(), ...this.#given.keys(), ...this.#vocabulary.names()];
    throw refusalAt([...path, "use"], "unknown-name", `there is no behavior or model ${name}`, {
      candidates: nearest(name, known),
      remedy: `Declare it under "behaviors", or, if it has code of its own, give it, or the plugin that has it, to whoever reads the file: loadNetwork(file, { behaviors: { ${name} } }).`,
    });
  }

  /** An instance with its values. */
  read(entry: FileBehavior, path: Path): BehaviorInstance | ModelInstance {
    const { use, as, changes = [], rename, bind, redeclare, named, enabled, disabled = [] } = entry;
    const inOrder: (readonly [FileChange, Path])[] = [
      ...[{ rename }, { bind }, { redeclare }, { named }]
        .filter((change) => Object.values(change)[0] !== undefined)
        .map((change) => [change as FileChange, path] as const),
      ...changes.map((change, at) => [change, [...path, "changes", at]] as const),
    ];
    if (changes.length > 0 && inOrder.length > changes.length)
      throw refusalAt(path, "invalid-value", "there are changes beside those of the list", {
        remedy: "Put all of them into `changes`.",
      });
    const factory = this.#factory(use, path);
    const changed = inOrder.reduce((each, [change, where]) => changedBy(each, use, change, where, this.#vocabulary), factory);
    const values = readValues(entry.values, [...path, "values"]);
    if (Object.hasOwn(values, "name"))
      throw refusalAt([...path, "values", "name"], "unknown-name", "an instance is named by `as`", { remedy: 'Write "as".' });
    if (as !== undefined && isModel(changed))
      throw refusalAt([...path, "as"], "invalid-value", `${use} is a model, and its behaviors have names of their own`, {
        remedy: "Leave `as` out.",
      });
    const given = as === undefined ? values : { ...values, name: as };
    const made = withinValues(path, use, () => (changed as (values: object) => BehaviorInstance | ModelInstance)(given));
    checkWords(made, path, this.#vocabulary);
    if (made.kind === "model" ? enabled !== undefined : disabled.length > 0)
      throw refusalAt(path, "invalid-value", made.kind === "model" ? "a model cannot be switched off as a whole" : "a behavior is switched off by enabled: false", {
        remedy: made.kind === "model" ? 'List its behaviors: "disabled": ["fire"].' : 'Write "enabled": false.',
      });
    return made;
  } // prettier-ignore
}

/**
 * Refuses a word or switch that an option of the library or a plugin does not take. Behaviors check their words themselves, but take for a switch whatever
 * JavaScript takes for one, the text "false" among it.
 */
function checkWords(made: BehaviorInstance | ModelInstance, path: Path, vocabulary: Vocabulary): void {
  for (const instance of made.kind === "model" ? made.members : [made]) {
    const { given, definition } = recipeOf(instance)!;
    for (const option of instance.optionNames) {
      const { values } = vocabulary.optionWords(definition(), option);
      const value = given[option];
      if (value === undefined || values === undefined || values.includes(value as never)) continue;
      throw refusalAt([...path, "values", option], "invalid-value", `${option} is ${JSON.stringify(value)}`, {
        candidates: nearest(String(value), values.map(String)),
        remedy: `It takes ${values.map((each) => JSON.stringify(each)).join(", ")}.`,
      });
    }
  }
} // prettier-ignore

const isModel = (factory: Factory): boolean => "kind" in factory && factory.kind === "model definition";

function changedBy(
  factory: Factory,
  use: string,
  { rename, bind, redeclare, named }: FileChange,
  path: Path,
  vocabulary: Vocabulary,
): Factory {
  // `Recorder` checks more than its definition does, and only that can be changed.
  const definition = "kind" in factory ? factory : vocabulary.behaviors.get(use)!;
  if (definition.kind === "model definition")
    throw refusalAt(path, "invalid-value", `${use} is a model, and only single behaviors are changed in a file`, {
      remedy: "List its behaviors one by one.",
    });
  return withinValues(path, use, () => {
    if (rename) return definition.rename(rename);
    if (bind) return definition.bind(bind as never);
    if (redeclare) return definition.redeclare(readValue(redeclare, [...path, "redeclare"]) as never);
    return definition.named(named!);
  }) as BehaviorDefinition;
}

/** Names of the behaviors that an entry, which has been made, says are switched off. */
export function switchedOff(
  { enabled, disabled = [] }: FileBehavior,
  made: BehaviorInstance | ModelInstance,
): string[] {
  return made.kind === "model" ? [...disabled] : enabled === false ? [made.name] : [];
}
