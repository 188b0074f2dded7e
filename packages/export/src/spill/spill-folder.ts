/** A folder onto which a run spills what it records. */
import { join, resolve } from "node:path";
import { checkOptions, checkWhole, NeuroweaveError, refusal } from "@neuroweave/equations";
import { checkFileName, unfinishedName } from "../folder/file-name.ts";
import { fileError, flushFolder, systemFiles, type FileSystem } from "../folder/file-system.ts";
import { makeFolder } from "../folder/make-folder.ts";
import { isOfSystem, unfinishedPath, writeWhole } from "../folder/write-whole.ts";
import { parquetChunks } from "../parquet-write.ts";
import { checkPiece, tableOfPiece, type SpilledPiece } from "./piece.ts";
import { brokenAt, pieceName, stemOf, streamsAmong, unfinishedAmong, type PieceName } from "./piece-name.ts";

/** How a folder is opened. */
export interface SpillFolderOptions {
  /**
   * The step from which a run goes on into a folder that has pieces: `net.steps`, behind `net.restore`. Pieces that were handed on later are
   * removed, as the run hands them on again; from 0 all are.
   */
  readonly from?: number;
  /** What stands in for the file system. */
  readonly fileSystem?: FileSystem;
}

/** Takes what a network spills: `net.spill({ every: 1000, to: folder })`. */
export interface SpillFolder {
  /** The whole path. */
  readonly path: string;
  /**
   * Writes a piece. When the promise is kept, the disk has it. Errors: `cannot-write` with place, reason (disk full, quota, …) and cure, upon
   * which the run ends at its border, the pieces before stay readable, and the network keeps what was not taken: it is handed on by the
   * next run, or by the function that `net.spill` gave. `wrong-moment` for what begins before the end of what the folder has.
   */
  write(piece: SpilledPiece): Promise<void>;
}

/** Where a stream goes on. */
interface End {
  readonly stem: string;
  readonly number: number;
  readonly until: number;
}

/**
 * Opens a folder for what a long run spills, made where it is missing and tried. What others have put there stays.
 *
 * Every piece is a Parquet file of its own, `cells.spikes.000001.step-000000012000.parquet`: number and step border are in the name, and the
 * file has columns that pandas, polars, DuckDB and Spark read, all pieces of a stream by one pattern (`cells.spikes.*.parquet`). A growing
 * file would have to be repaired when its process is killed, and Parquet has its index at the end; a piece is written under another name,
 * forced onto the disk and renamed before the run goes on, so a kill at any moment leaves every piece before it whole, and nothing
 * half. It holds a hash of its values, so `readSpilled` tells what has changed since.
 *
 * A run that is restored from a checkpoint opens the folder with `from`, and ends with the files of one that was never stopped, to the byte.
 * For that, call `net.spill` ahead of `net.checkpoint`. One run at a time may write to a folder. Errors: `cannot-write`, also for a folder
 * that has pieces, unless `from` is given; `unreadable-file` where a piece that would stay is missing.
 */
export async function spillFolder(path: string, options: SpillFolderOptions = {}): Promise<SpillFolder> {
  checkOptions("spillFolder", options, ["from", "fileSystem"]);
  const { from, fileSystem: files = systemFiles } = options;
  if (from !== undefined) checkWhole("spillFolder: from", from, 0);
  const folder = resolve(path);
  await makeFolder(folder, files);
  const ends = new Map((await prepare(folder, from, files)).map((end) => [end.stem, end]));
  return {
    path: folder,
    async write(piece) {
      checkPiece("spillFolder", piece);
      const { number, until, stem } = ends.get(stemOf(piece)) ?? { number: 0, until: 0, stem: newStem(piece, ends) };
      if (piece.steps[0]! < until) throw overlapping(folder, piece, until);
      const next = { stem, number: number + 1, until: piece.until };
      const place = join(folder, pieceName(stem, next.number, next.until));
      try {
        await writeWhole(unfinishedPath(place), place, parquetChunks(tableOfPiece(piece, next.number)), files);
      } catch (cause) {
        throw isOfSystem(cause) ? fileError("cannot write", place, cause) : cause;
      }
      ends.set(stem, next);
    },
  };
}

/** Removes what a run from there hands on again; gives where the streams end. */
async function prepare(folder: string, from: number | undefined, files: FileSystem): Promise<End[]> {
  try {
    const names = await files.readdir(folder);
    const streams = streamsAmong(names);
    if (streams.length > 0 && from === undefined) throw notEmpty(folder, streams[0]!.pieces[0]!.file);
    const isKept = ({ until }: PieceName): boolean => until <= from!;
    for (const stream of streams) {
      const broken = brokenAt(stream.pieces.filter(isKept));
      if (broken !== undefined) throw missing(folder, stream.stem, broken);
    }
    for (const name of unfinishedAmong(names)) await files.rm(join(folder, name), { force: true });
    await writeWhole(join(folder, unfinishedName("probe")), undefined, new Uint8Array(4096), files);
    // From the last one on, so that what a kill leaves in the midst of it has no gap.
    for (const { pieces } of streams)
      for (const piece of pieces.toReversed())
        if (!isKept(piece)) await files.rm(join(folder, piece.file), { force: true });
    await flushFolder(folder, files);
    return streams.flatMap(({ stem, pieces }) => {
      const last = pieces.findLast(isKept);
      return last === undefined ? [] : [{ stem, number: last.number, until: last.until }];
    });
  } catch (cause) {
    throw fileError("cannot write to the folder", folder, cause);
  }
}

/** A stream that begins. Some systems take "Exc" and "exc" for one name. */
function newStem(piece: SpilledPiece, ends: ReadonlyMap<string, End>): string {
  const stem = stemOf(piece);
  checkFileName(pieceName(stem, 1, Number.MAX_SAFE_INTEGER));
  for (const other of ends.keys())
    if (other.toLowerCase() === stem.toLowerCase())
      throw new NeuroweaveError("duplicate-name", `${stem} differs from ${other} only in capital letters`, {
        remedy: "Give populations and recorders names that every system tells apart.",
      });
  return stem;
}

const notEmpty = (folder: string, name: string): NeuroweaveError =>
  new NeuroweaveError("cannot-write", `${folder} holds what an earlier run has spilled (${name}, …)`, {
    remedy: "Choose another folder, or go on with that run: from: net.steps removes what it hands on again.",
  });

const missing = (folder: string, stem: string, number: number): NeuroweaveError =>
  new NeuroweaveError("unreadable-file", `piece ${number} of ${stem} in ${folder} is missing, or there twice`, {
    remedy: "Restore it from a copy, or go on from a checkpoint before it.",
  });

const overlapping = (folder: string, { entity, recorder, steps }: SpilledPiece, until: number): NeuroweaveError =>
  refusal(
    "wrong-moment",
    `${recorder === null ? "spikes" : `samples of ${recorder}`} begin at step ${String(steps[0])}, and ${folder} has them up to step ${until}`,
    "Open it with from: net.steps behind restore or reset, and call net.spill ahead of net.checkpoint.",
    entity,
  );
