/** The published JSON Schema is that of the release, and says what the reader says. */
import { Ajv } from "ajv";
import fc from "fast-check";
import { NeuroweaveError, parseNetworkFile } from "neuroweave";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { publishedSchema } from "./json-schema.ts";
import { mutated, mutations } from "./mutations.ts";
import { validFiles } from "./valid-files.ts";

const path = fileURLToPath(import.meta.resolve("@neuroweave/network-file/network.schema.json"));
const files = validFiles();

/** What the reader refuses and a schema cannot say: keys that are refused for safety, and what is nested too deep. */
const beyondSchemas: ReadonlySet<string> = new Set(["reserved-name", "too-deep"]);

/** Why the reader refuses the form of a file; undefined where it does not. */
function refusalOf(file: object): NeuroweaveError | undefined {
  try {
    parseNetworkFile(file);
    return undefined;
  } catch (error) {
    if (error instanceof NeuroweaveError) return error;
    throw error;
  }
}

describe("the published schema", () => {
  it("is up to date; vitest -u writes it", async () => {
    await expect(await publishedSchema()).toMatchFileSnapshot(path);
  });

  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(path, "utf8")) as object);

  it("accepts what toJSON writes", () => {
    for (const file of files) expect(validate(file), JSON.stringify(validate.errors)).toBe(true);
  });

  it("accepts and refuses what the reader does, judged by another validator", () => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fc.nat(files.length - 1), mutations, (which, changes) => {
        const file = mutated(files[which]!, changes) as object;
        const refusal = refusalOf(file);
        if (beyondSchemas.has(refusal?.code ?? "")) return;
        seen[refusal === undefined ? "accepted" : "refused"]++;
        expect(validate(file), `${refusal?.message}\n${JSON.stringify(validate.errors)}`).toBe(refusal === undefined);
      }),
      { numRuns: 1500 },
    );
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(100);
  });
});
