/** What a run has spilled onto a folder, piece by piece and whole. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { checkOptions, NeuroweaveError, refusal } from "@neuroweave/equations";
import { readParquet } from "../parquet-read.ts";
import { defaultMaxBytes, tooLarge, unreadable, type ReadOptions } from "../unreadable.ts";
import { pieceOfTable, type SpilledPiece } from "./piece.ts";
import { brokenAt, streamsAmong, type NamedStream } from "./piece-name.ts";

/** Pieces that follow one another: the spikes of an entity, or the samples of one of its recorders. */
export interface SpilledStream {
  /** Population, projection or signal. */
  readonly entity: string;
  /** Name of the recorder; null for spikes. */
  readonly recorder: string | null;
  /** Names of files, in order. */
  readonly files: readonly string[];
  /** The step border at which the last piece was handed on. */
  readonly until: number;
}

/** Which streams are read: all unless given. */
export interface StreamFilter {
  readonly entity?: string;
  /** Name of a recorder; null for spikes. */
  readonly recorder?: string | null;
}

/** All spikes of an entity, in order of step and neuron. */
export interface SpilledSpikes {
  readonly steps: Float64Array;
  /** In ms. */
  readonly times: Float64Array;
  /** Neurons from 0. */
  readonly ids: Uint32Array;
}

/** All samples of a variable, as `traceTable` takes them. */
export interface SpilledSamples {
  readonly steps: Float64Array;
  /** T times in ms. */
  readonly times: Float64Array;
  /** T × n, sample by sample. */
  readonly values: Float64Array;
  /** T and n. */
  readonly shape: readonly [number, number];
}

/** What a run has spilled. */
export interface Spilled {
  /** By name. */
  readonly streams: readonly SpilledStream[];
  /**
   * The pieces as they were handed on, border by border, and by name of the stream at one border; one at a time is in memory. Errors:
   * `unreadable-file` for a damaged piece, with its file; those before have been given. `unknown-name`.
   */
  pieces(of?: StreamFilter): AsyncGenerator<SpilledPiece, void, undefined>;
  /** All spikes of an entity; none if it handed on samples alone. Errors: `unreadable-file`; `unknown-name` for one that handed on nothing. */
  spikes(entity: string): Promise<SpilledSpikes>;
  /**
   * All samples of a recorder by variable. Errors: `unreadable-file`; `unknown-name`; `wrong-length` where the number of values changed in between, as of
   * synapses that grew: read the pieces.
   */
  samples(entity: string, recorder?: string): Promise<Readonly<Record<string, SpilledSamples>>>;
}

/**
 * Opens what a run has spilled onto a folder with `spillFolder`, also of one that was killed or still runs: what has been finished by now. Pieces are
 * held against their hash and their name when they are read; that the last ones of a stream have been removed cannot be seen.
 * `maxBytes` is for each piece. Errors: `unreadable-file` where there is no folder, or pieces are missing in between.
 */
export async function readSpilled(path: string, options: ReadOptions = {}): Promise<Spilled> {
  checkOptions("readSpilled", options, ["maxBytes"]);
  const { maxBytes = defaultMaxBytes } = options;
  const folder = resolve(path);
  const streams = streamsAmong(await namesIn(folder));
  for (const { stem, pieces } of streams) {
    const broken = brokenAt(pieces);
    if (broken !== undefined)
      throw unreadable(folder, `piece ${broken} of ${stem} is missing, or there twice`, "Restore it from a copy.");
  }

  const chosen = (of: StreamFilter): NamedStream[] =>
    streams.filter(
      ({ entity, recorder }) =>
        (of.entity === undefined || of.entity === entity) && (of.recorder === undefined || of.recorder === recorder),
    );
  async function* pieces(of: StreamFilter = {}): AsyncGenerator<SpilledPiece, void, undefined> {
    checkOptions("pieces", of, ["entity", "recorder"]);
    const found = chosen(of);
    if (found.length === 0 && Object.values(of).some((each) => each !== undefined)) throw unknown(folder, of, streams);
    const inOrder = found.flatMap((stream) => stream.pieces.map((piece) => ({ stream, ...piece })));
    inOrder.sort((a, b) => a.until - b.until);
    for (const { stream, file, number, until } of inOrder) {
      const { entity, recorder } = stream;
      yield await readPiece(join(folder, file), { entity, recorder, number, until }, maxBytes);
    }
  }

  return {
    streams: streams.map(({ entity, recorder, pieces: own }) => ({
      entity,
      recorder,
      files: own.map(({ file }) => file),
      until: own.at(-1)!.until,
    })),
    pieces,
    async spikes(entity) {
      if (chosen({ entity }).length === 0) throw unknown(folder, { entity }, streams);
      const all = chosen({ entity, recorder: null }).length === 0 ? [] : await collected(pieces({ entity, recorder: null }));
      return {
        steps: joined(all.map(({ steps }) => steps), Float64Array),
        times: joined(all.map(({ times }) => times), Float64Array),
        ids: joined(all.map(({ ids }) => ids!), Uint32Array),
      };
    },
    async samples(entity, recorder = "recorder") {
      const all = await collected(pieces({ entity, recorder }));
      const steps = joined(all.map((piece) => piece.steps), Float64Array);
      const times = joined(all.map((piece) => piece.times), Float64Array);
      const variables = Object.keys(all[0]!.columns);
      return Object.fromEntries(
        variables.map((name) => {
          const width = all[0]!.columns[name]!.length / all[0]!.steps.length;
          const changed = all.find((piece) => piece.columns[name]?.length !== width * piece.steps.length);
          if (changed) throw anotherWidth(entity, name, width, changed.steps[0]!);
          const values = joined(all.map(({ columns }) => columns[name]!), Float64Array);
          return [name, { steps, times, values, shape: [steps.length, width] as const }];
        }),
      );
    },
  };
} // prettier-ignore

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    throw cannotRead(folder, cause);
  }
}

const cannotRead = (path: string, cause: unknown): NeuroweaveError =>
  unreadable(path, cause instanceof Error ? cause.message : String(cause), "Name a folder of spillFolder.", cause);

async function readPiece(
  place: string,
  expected: Parameters<typeof pieceOfTable>[1],
  maxBytes: number,
): Promise<SpilledPiece> {
  let bytes: Uint8Array;
  try {
    const { size } = await stat(place);
    if (size > maxBytes) throw tooLarge(place, size, maxBytes);
    bytes = await readFile(place);
  } catch (cause) {
    throw cause instanceof NeuroweaveError ? cause : cannotRead(place, cause);
  }
  try {
    return pieceOfTable(await readParquet(bytes, { maxBytes }), expected, place);
  } catch (cause) {
    if (!(cause instanceof NeuroweaveError) || cause.summary.startsWith(place)) throw cause;
    throw unreadable(place, cause.summary, cause.remedy ?? "Restore it from a copy.", cause);
  }
}

async function collected<T>(all: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const each of all) list.push(each);
  return list;
}

function joined<A extends Float64Array | Uint32Array>(parts: readonly A[], Make: new (length: number) => A): A {
  const whole = new Make(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const nameOf = ({ entity, recorder }: StreamFilter): string =>
  [recorder === null ? "spikes" : recorder === undefined ? "anything" : `samples of ${recorder}`]
    .concat(entity === undefined ? [] : `of ${entity}`)
    .join(" ");

function unknown(folder: string, of: StreamFilter, streams: readonly NamedStream[]): NeuroweaveError {
  return new NeuroweaveError("unknown-name", `${folder} does not hold ${nameOf(of)}`, {
    candidates: streams.map(nameOf),
    remedy: "Ask for one of those, or look at streams: what has recorded nothing has handed on nothing.",
  });
}

const anotherWidth = (entity: string, variable: string, width: number, step: number): NeuroweaveError =>
  refusal(
    "wrong-length",
    `${variable} has ${width} values in a sample, and another number from step ${step} on`,
    "Read the samples piece by piece: pieces({ entity, recorder }).",
    entity,
  );
