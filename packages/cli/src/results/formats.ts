/** `--format`: the kinds of files that results are written as. */
import { nearest } from "@neuroweave/equations";
import { usageFailure } from "../failure.ts";

export const formats = ["csv", "parquet", "sonata"] as const;
export type Format = (typeof formats)[number];

/** Reads a list with commas. Refuses what is no format, with the nearest. */
export function readFormats(text: string | undefined): readonly Format[] {
  const names = (text ?? "csv").split(",").map((name) => name.trim());
  const chosen = names.map((name) => {
    const format = formats.find((each) => each === name);
    if (format) return format;
    throw usageFailure("unknown-name", `there is no format ${JSON.stringify(name)}`, {
      candidates: nearest(name, formats),
      remedy: `Give one or several of ${formats.join(",")}.`,
    });
  });
  return [...new Set(chosen)];
}
