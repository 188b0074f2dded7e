/** Spilled pieces that were damaged, lost or mixed up, and what is no piece: refused with the place, and never read as something else. */
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSpilled, spillFolder, type SpilledPiece } from "@neuroweave/export";
import { allOf, samples, spikes } from "./spilled-network.ts";

let root: string;
let foldersMade = 0;
beforeAll(async () => {
  root = await fs.mkdtemp(join(tmpdir(), "neuroweave-spilled-"));
});
afterAll(() => fs.rm(root, { recursive: true, force: true }));
const freshPath = (): string => join(root, `run-${foldersMade++}`);

describe("a damaged folder", () => {
  async function three(): Promise<{ path: string; files: readonly string[] }> {
    const folder = await spillFolder(freshPath());
    for (const border of [10, 20, 30]) await folder.write(spikes(border, [border - 6, border - 6, border - 1]));
    return { path: folder.path, files: (await readSpilled(folder.path)).streams[0]!.files };
  }

  test("never gives other values: whichever bit of a piece is flipped, it is refused with the file, or said what was written", async () => {
    const { path, files } = await three();
    const place = join(path, files[1]!);
    const bytes = await fs.readFile(place);
    const whole = await allOf((await readSpilled(path)).pieces());
    let refused = 0;
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1 << (at % 8);
      await fs.writeFile(place, changed);
      const seen: SpilledPiece[] = [];
      try {
        for await (const piece of (await readSpilled(path)).pieces()) seen.push(piece);
        expect(seen).toEqual(whole);
      } catch (error) {
        expect(error).toMatchObject({ code: "unreadable-file", message: expect.stringContaining(place) });
        // Those before it have been given.
        expect(seen).toEqual(whole.slice(0, 1));
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(bytes.length / 4);
  });

  test("is refused with the number of the piece that is missing, cut off, empty or of another place", async () => {
    const { path, files } = await three();
    const place = join(path, files[1]!);
    const bytes = await fs.readFile(place);
    const read = async (): Promise<unknown> => (await readSpilled(path)).spikes("cells");
    for (const length of [0, 5, bytes.length >> 1, bytes.length - 1]) {
      await fs.writeFile(place, bytes.subarray(0, length));
      await expect(read()).rejects.toMatchObject({ code: "unreadable-file", message: expect.stringContaining(place) });
    }
    await fs.copyFile(join(path, files[0]!), place);
    await expect(read()).rejects.toMatchObject({
      code: "unreadable-file",
      message: expect.stringContaining("number 2, and its content 1"),
    });
    await fs.rm(place);
    await expect(read()).rejects.toMatchObject({
      code: "unreadable-file",
      message: expect.stringContaining("piece 2 of cells.spikes"),
    });
    await expect(spillFolder(path, { from: 30 })).rejects.toMatchObject({
      code: "unreadable-file",
      message: expect.stringContaining("piece 2"),
    });
    // A run from before the gap needs none of it.
    await spillFolder(path, { from: 10 });
    expect(await fs.readdir(path)).toEqual([files[0]]);
  });

  test("is refused where a piece is larger than is accepted", async () => {
    const { path, files } = await three();
    const spilled = await readSpilled(path, { maxBytes: 100 });
    await expect(spilled.spikes("cells")).rejects.toMatchObject({
      code: "unreadable-file",
      message: expect.stringContaining(files[0]!),
    });
  });
});

test.each([
  [{ ...spikes(10, [4]), entity: 3 }, "invalid-value"],
  [spikes(10, []), "invalid-value"],
  [{ ...spikes(10, [4]), ids: null }, "invalid-value"],
  [{ ...spikes(10, [4]), times: new Float64Array(2) }, "wrong-length"],
  [samples(10, [4, 5], { v: new Float64Array(3) }), "wrong-length"],
  [spikes(4, [4]), "out-of-range"],
  [spikes(10, [4], "x".repeat(200)), "invalid-name"],
])("%# is no piece of a network, and refused", async (piece, code) => {
  const folder = await spillFolder(freshPath());
  await expect(folder.write(piece as SpilledPiece)).rejects.toMatchObject({ code });
  expect(await fs.readdir(folder.path)).toEqual([]);
});

test("two populations whose names differ only in capital letters are refused", async () => {
  const folder = await spillFolder(freshPath());
  await folder.write(spikes(10, [4], "exc"));
  await expect(folder.write(spikes(10, [4], "Exc"))).rejects.toMatchObject({ code: "duplicate-name" });
  await expect(spillFolder(folder.path, { from: 0.5 })).rejects.toMatchObject({ code: "out-of-range" });
});
