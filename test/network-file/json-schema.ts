/** The JSON Schema of network files, from the schema that files are checked with when they are read. */
import { networkFileSchema, schemaParts } from "@neuroweave/network-file";
import { toJsonSchema } from "@valibot/to-json-schema";
import { format } from "prettier";
import { keyDescriptions } from "./key-descriptions.ts";

/** The published text. Numbers of JSON are finite: a schema cannot say it, and need not. */
export async function publishedSchema(): Promise<string> {
  const schema = toJsonSchema(networkFileSchema, { definitions: schemaParts, ignoreActions: ["finite"] });
  const { $schema, ...rest } = withDescriptions(schema as Schema);
  const described = {
    $schema,
    title: "Network of Neuroweave",
    description: "A spiking neural network as data: what net.toJSON() writes and loadNetwork() reads.",
    ...rest,
  };
  return format(JSON.stringify(described), { parser: "json", printWidth: 120 });
}

interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** Adds to every key what it means. Throws where a description is missing, or is of a key that is not there. */
function withDescriptions(schema: Schema): Schema {
  const unused = new Set(Object.keys(keyDescriptions));
  const describe = (given: Schema, at: string): Schema => {
    const { properties, $defs } = given;
    const parts = Object.entries(given).map(([keyword, each]) => [
      keyword,
      keyword === "properties" || keyword === "$defs" ? each : inside(each, at),
    ]);
    const described = Object.entries(properties ?? {}).map(([key, each]) => {
      const path = at === "" ? key : `${at}.${key}`;
      const description = keyDescriptions[path];
      if (description === undefined) throw new Error(`the key ${path} has no description`);
      unused.delete(path);
      return [key, { description, ...describe(each, path) }];
    });
    const named = Object.entries($defs ?? {}).map(([name, each]) => [name, describe(each, name)]);
    return {
      ...Object.fromEntries(parts),
      ...(properties && { properties: Object.fromEntries(described) }),
      ...($defs && { $defs: Object.fromEntries(named) }),
    };
  };
  /** Items, alternatives and values of any name are described as what holds them. */
  const inside = (value: unknown, at: string): unknown => {
    if (Array.isArray(value)) return value.map((each: unknown) => inside(each, at));
    return typeof value === "object" && value !== null ? describe(value as Schema, at) : value;
  };
  const described = describe(schema, "");
  if (unused.size > 0) throw new Error(`there is no key ${[...unused].join(", ")}`);
  return described;
}
