/** Names of the pieces of a spilled run: `cells.spikes.000001.step-000000012000.parquet`. */
import { fileNameOf, unfinishedName } from "../folder/file-name.ts";

/** Whose recordings follow one another: the spikes of an entity (recorder null), or the samples of one of its recorders. */
export interface StreamName {
  readonly entity: string;
  readonly recorder: string | null;
}

/** A piece, as its name has it. */
export interface PieceName {
  readonly file: string;
  /** Within its stream, from 1. */
  readonly number: number;
  /** The step border at which it was handed on. */
  readonly until: number;
}

/** The pieces of a stream, by number. */
export interface NamedStream extends StreamName {
  readonly stem: string;
  readonly pieces: PieceName[];
}

/** Dots part the name, so those of entities and recorders are escaped too: different streams have different names. */
const part = (text: string): string => fileNameOf(text, "x").slice(0, -2).replaceAll(".", "%2E");

export const stemOf = ({ entity, recorder }: StreamName): string =>
  recorder === null ? `${part(entity)}.spikes` : `${part(entity)}.samples.${part(recorder)}`;

export const pieceName = (stem: string, number: number, until: number): string =>
  `${stem}.${String(number).padStart(6, "0")}.step-${String(until).padStart(12, "0")}.parquet`;

const pattern = /^(.+)\.(\d{6,16})\.step-(\d{12,16})\.parquet$/u;

/** Streams among the names in a folder, by stem; names that no piece has are passed over. */
export function streamsAmong(names: readonly string[]): NamedStream[] {
  const streams = new Map<string, NamedStream>();
  for (const file of [...names].sort()) {
    const [, stem = "", number, until] = pattern.exec(file) ?? [];
    const name = streamOf(stem);
    if (name === undefined || pieceName(stem, Number(number), Number(until)) !== file) continue;
    const stream = streams.get(stem) ?? { ...name, stem, pieces: [] };
    streams.set(stem, stream);
    stream.pieces.push({ file, number: Number(number), until: Number(until) });
  }
  for (const { pieces } of streams.values()) pieces.sort((a, b) => a.number - b.number || a.until - b.until);
  return [...streams.values()];
}

/** Names of pieces that a run did not come to finish. */
export const unfinishedAmong = (names: readonly string[]): string[] =>
  names.filter((name) => {
    const file = /^\.(.+)\.unfinished$/u.exec(name)?.[1] ?? "";
    return unfinishedName(file) === name && streamsAmong([file]).length > 0;
  });

function streamOf(stem: string): StreamName | undefined {
  const [entity = "", kind, recorder, ...rest] = stem.split(".");
  const name = { entity: unescaped(entity), recorder: recorder === undefined ? null : unescaped(recorder) };
  const known = (kind === "spikes") === (recorder === undefined) && (kind === "spikes" || kind === "samples");
  return known && rest.length === 0 && isStem(name, stem) ? name : undefined;
}

function isStem(name: StreamName, stem: string): boolean {
  try {
    return stemOf(name) === stem;
  } catch {
    return false;
  }
}

/** What `part` escapes are letters below 128, which URIs escape in the same way. */
function unescaped(text: string): string {
  try {
    return text === "%00" ? "" : decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** The first piece that is not where it should be: numbers rise by one from 1, and borders rise. */
export function brokenAt(pieces: readonly PieceName[]): number | undefined {
  const at = pieces.findIndex(
    ({ number, until }, index) => number !== index + 1 || until <= (pieces[index - 1]?.until ?? -1),
  );
  return at < 0 ? undefined : at + 1;
}
