/**
 * A plugin of typedoc. Modules are called as they are imported. Behaviors and models declare their parameters, variables and equations as data, from which their types are inferred:
 * the reference shows that data as tables, in the place of the inferred types.
 */
import {
  type Application,
  type Context,
  Converter,
  type DeclarationReflection,
  ReflectionKind,
  ReferenceType,
} from "typedoc";
import * as neuroweave from "neuroweave";
import { tablesOf } from "./tables-of.ts";

const definitions = neuroweave as unknown as Readonly<Record<string, unknown>>;

const definitionTypes = new Set(["BehaviorDefinition", "ModelDefinition", "ReceptorDefinition", "StimulusDefinition"]);

/** The type of a definition without what was inferred for it. */
function withoutInferred(context: Context, { type }: DeclarationReflection): ReferenceType {
  const { name, reflection, package: from } = type as ReferenceType;
  context.project.removeTypeReflections(type);
  return reflection
    ? ReferenceType.createResolvedReference(name, reflection, context.project)
    : ReferenceType.createBrokenReference(name, context.project, from);
}

export function load(application: Application): void {
  application.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context: Context) => {
    for (const module of context.project.getReflectionsByKind(ReflectionKind.Module)) {
      const [folder] = module.name.split("/");
      module.name = folder === "neuroweave" ? folder : `@neuroweave/${folder}`;
    }
    for (const reflection of context.project.getReflectionsByKind(ReflectionKind.Variable)) {
      const declared = reflection as DeclarationReflection;
      if (!(declared.type instanceof ReferenceType)) continue;
      if (!definitionTypes.has(declared.type.name)) continue;
      declared.type = withoutInferred(context, declared);
      delete declared.defaultValue;
      declared.comment?.summary.push({ kind: "text", text: `\n\n${tablesOf(definitions[declared.name])}` });
    }
  });
}
