/** Whether everything says what it is. */
import { recipeOf } from "@neuroweave/model";
import { vocabularyOf } from "@neuroweave/network-file";
import { some } from "../bits.ts";
import { pluginsOf, type Scene } from "../scene.ts";
import type { Finding } from "./finding.ts";

/** A sentence for the whole, a source, and words for every parameter, state, input and option. */
export function checkDocumentation({ definition, members, options }: Scene): Finding {
  const missing: string[] = [];
  const isSentence = (text: string | undefined): boolean => /^\P{Ll}.{5,}\.$/su.test(text ?? "");
  if (definition.kind === "model definition") {
    if (!isSentence(definition.options.doc)) missing.push("the model's doc is no sentence");
    if ((definition.options.source ?? "").trim().length < 5) missing.push("the model has no source");
  }
  const vocabulary = vocabularyOf(pluginsOf(options));
  let symbols = 0;
  for (const instance of members) {
    const { behavior, doc, source, parameters, states, inputs } = instance.declaration;
    if (!isSentence(doc)) missing.push(`the doc of ${behavior} is no sentence`);
    if (source.trim().length < 5) missing.push(`${behavior} has no source`);
    for (const table of [parameters, states, inputs])
      for (const [name, each] of table) {
        symbols++;
        if ((each.doc ?? "").trim().length < 4) missing.push(`${behavior}.${name} has no doc`);
      }
    for (const option of instance.optionNames)
      if (vocabulary.optionWords(recipeOf(instance)!.definition(), option).doc === "")
        missing.push(`option ${option} of ${behavior} has no words in the plugin's options`);
  }
  return missing.length === 0 ? { ok: true, detail: `${members.length} behaviors, ${symbols} symbols` } : { ok: false, detail: some(missing) }; // prettier-ignore
}
