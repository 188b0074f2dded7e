/** The JSON Schema of network files, from the schema that files are checked with when they are read. */
import { networkFileSchema, schemaParts } from "@neuroweave/network-file";
import { toJsonSchema } from "@valibot/to-json-schema";
import { format } from "prettier";

/** The published text. Numbers of JSON are finite: a schema cannot say it, and need not. */
export async function publishedSchema(): Promise<string> {
  const schema = toJsonSchema(networkFileSchema, { definitions: schemaParts, ignoreActions: ["finite"] });
  const { $schema, ...rest } = schema;
  const described = {
    $schema,
    title: "Network of Neuroweave",
    description: "A spiking neural network as data: what net.toJSON() writes and loadNetwork() reads.",
    ...rest,
  };
  return format(JSON.stringify(described), { parser: "json", printWidth: 120 });
}
