/** The published JSON Schema is that of the release, and says what the reader says. */
import Ajv from "ajv/dist/2020.js";
import AjvDraft7 from "ajv";
import { createNetwork, NeuroweaveError, parseNetworkFile } from "neuroweave";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { networks } from "../devices/networks.ts";
import { publishedSchema } from "./json-schema.ts";

const path = new URL("../../packages/network-file/network.schema.json", import.meta.url);

describe("the published schema", () => {
  it("is up to date; vitest -u writes it", async () => {
    await expect(await publishedSchema()).toMatchFileSnapshot(path.pathname);
  });
});
