/** What all SONATA files share. */
import { refusal } from "@neuroweave/equations";
import type { File } from "h5wasm";

/** Attributes of the root (SONATA Developer Guide, "Version"). */
const magic = 0x0a7a;
const version = [0, 1];

export function putHead(file: File): void {
  file.create_attribute("magic", new Uint32Array([magic]), []);
  file.create_attribute("version", new Uint32Array(version));
}

/** A name of HDF5 is a path: "/" parts it, and "." is the group itself. Errors: `invalid-name`. */
export function checkGroupName(name: unknown): void {
  const isPlain = typeof name === "string" && name !== "" && !name.includes("/") && !name.includes("\0");
  if (isPlain && name !== "." && name !== ".." && !/\p{Surrogate}/u.test(name)) return;
  throw refusal(
    "invalid-name",
    `a population named ${JSON.stringify(name)} cannot be a group of an HDF5 file`,
    'Give it a name without "/" for the file.',
  );
}
