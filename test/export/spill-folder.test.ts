/** Long runs onto a folder: what is read is what would have been kept, through kills, full disks and damage. */
import { spawn } from "node:child_process";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  readParquet,
  readSpilled,
  spillFolder,
  traceTable,
  type FileSystem,
  type SpilledPiece,
} from "@neuroweave/export";
import type { Network } from "neuroweave";
import { tally } from "../evidence/tally.ts";
import { allOf, keptBy, readWhole, recordedNetwork, samples, spikes, type Recorded } from "./spilled-network.ts";

let root: string;
let foldersMade = 0;
beforeAll(async () => {
  root = await fs.mkdtemp(join(tmpdir(), "neuroweave-spill-"));
});
afterAll(() => fs.rm(root, { recursive: true, force: true }));
const freshPath = (): string => join(root, `run-${foldersMade++}`);

const recorded: fc.Arbitrary<Recorded> = fc.record({
  seed: fc.nat(1000),
  n: fc.integer({ min: 1, max: 9 }),
  every: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 30 })),
});

/** Bytes of all files by name. */
async function filesIn(path: string): Promise<Map<string, string>> {
  const names = (await fs.readdir(path)).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await fs.readFile(join(path, name), "hex")] as const)),
  );
}

async function unbounded(options: Recorded, steps: number): Promise<Network> {
  const net = recordedNetwork(options);
  await net.step(steps);
  return net;
}

describe("a spilled run", () => {
  test("is read as what it would have kept in memory, to the bit, whatever the network, the intervals and the parts of the run", async () => {
    const parts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(recorded, parts, fc.integer({ min: 5, max: 50 }), async (options, runs, every) => {
        const net = recordedNetwork(options);
        const folder = await spillFolder(freshPath());
        const end = net.spill({ every: every * net.dt, to: folder });
        for (const steps of runs) await net.step(steps);
        await end();
        const whole = await unbounded(options, net.steps);
        const spilled = await readSpilled(folder.path);
        expect(await readWhole(spilled)).toEqual(keptBy(whole));
        expect(keptBy(net)).toEqual({});
        let border = 0;
        for await (const piece of spilled.pieces()) {
          expect(piece.until).toBeGreaterThanOrEqual(border);
          border = piece.until;
        }
      }),
      { numRuns: 12, seed: 41 },
    );
  });

  test("has samples that become a table, and spikes that every reader of Parquet finds in columns of their own", async () => {
    const net = recordedNetwork({ seed: 1, n: 4, every: [4, 10, 10] });
    const folder = await spillFolder(freshPath());
    net.spill({ every: 50, to: folder });
    await net.run(100);
    const spilled = await readSpilled(folder.path);
    const voltage = (await spilled.samples("L4:cells"))["v"]!;
    const table = traceTable(voltage, { variable: "v" });
    expect(table.columns.map(({ name }) => name)).toEqual(["time", "v_0", "v_1", "v_2", "v_3"]);
    const [file] = spilled.streams.find(({ recorder }) => recorder === null)!.files;
    expect(file).toBe("L4%3Acells.spikes.000001.step-000000000100.parquet");
    const { columns } = await readParquet(await fs.readFile(join(folder.path, file!)));
    expect(columns.map(({ name, unit }) => [name, unit])).toEqual([
      ["step", undefined],
      ["time", "ms"],
      ["neuron", undefined],
    ]);
    const first = await spilled.pieces({ recorder: null }).next();
    expect(columns.map(({ values }) => values)).toEqual([first.value!.steps, first.value!.times, first.value!.ids]);
  });

  test("is read piece by piece as it was handed on, whatever names and values there are", async () => {
    const odd = [-0, NaN, Infinity, -Infinity, 5e-324, 0.1];
    const pieces = [
      samples(10, [3, 6], { v: Float64Array.from(odd), time: Float64Array.of(1, -0), nothing: new Float64Array(0) }),
      samples(20, [12], { nothing: new Float64Array(0) }),
      ...["con", "a.spikes", "a", "..", "Ä→%2E", "a.samples.b"].map((name) => spikes(30, [25, 25, 29], name)),
      { ...samples(30, [21], { w: Float64Array.of(1) }), entity: "a", recorder: "b.spikes" },
    ];
    const folder = await spillFolder(freshPath());
    for (const piece of pieces) await folder.write(piece);
    const spilled = await readSpilled(folder.path);
    expect(spilled.streams.length).toBe(8);
    const back = await allOf(spilled.pieces());
    const keyed = (all: readonly SpilledPiece[]): unknown =>
      new Map(all.map((each) => [`${each.entity} ${each.recorder} ${each.until}`, each]));
    expect(keyed(back)).toEqual(keyed(pieces));
    await expect(spilled.samples("cells")).rejects.toMatchObject({ code: "wrong-length", entity: "cells" });
  });

  test("says which spikes and samples it has where it is asked for others, and has no spikes of what never spiked", async () => {
    const folder = await spillFolder(freshPath());
    await folder.write(samples(10, [3], { v: Float64Array.of(1) }));
    const spilled = await readSpilled(folder.path);
    expect((await spilled.spikes("cells")).ids).toEqual(new Uint32Array(0));
    await expect(spilled.spikes("cels")).rejects.toMatchObject({
      code: "unknown-name",
      candidates: ["samples of recorder of cells"],
    });
    await expect(spilled.samples("cells", "slow")).rejects.toMatchObject({ code: "unknown-name" });
    await expect(readSpilled(join(folder.path, "none"))).rejects.toMatchObject({ code: "unreadable-file" });
  });
});

/** Times that a process is killed: many where `NEUROWEAVE_LONG` is set. */
const kills = process.env["NEUROWEAVE_LONG"] ? 100 : 4;

/** Lets a run print so many lines and then kills it, unless it ends before. Gives whether it was killed. */
function ran(folder: string, lines: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const program = new URL("spill-run.ts", import.meta.url).pathname;
    const child = spawn(process.execPath, ["--import", "tsx", program, folder, String(500 * kills)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let seen = 0;
    child.stdout.on("data", (more: Buffer) => {
      seen += more.toString().split("\n").length - 1;
      if (seen >= lines) child.kill("SIGKILL");
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0 || signal === "SIGKILL") resolve(signal !== null);
      else reject(new Error(`ended with ${code ?? signal}`));
    });
  });
}

describe("a run that goes on", () => {
  test(
    `leaves the files of one that was never stopped, to the byte, although its process was killed ${kills} times`,
    { timeout: 20 * 60_000 },
    async () => {
      const [whole, path] = [freshPath(), freshPath()];
      expect(await ran(whole, Infinity)).toBe(false);
      const until = fc.sample(fc.integer({ min: 1, max: 10 }), { numRuns: kills, seed: 12 });
      let killed = 0;
      for (const lines of until) {
        if (!(await ran(path, lines))) break;
        killed++;
        // What has been finished is readable, whatever the moment.
        for await (const { steps } of (await readSpilled(join(path, "spilled"))).pieces())
          expect(steps.length).toBeGreaterThan(0);
      }
      while (await ran(path, Infinity));
      const [left, right] = [await filesIn(join(path, "spilled")), await filesIn(join(whole, "spilled"))];
      const same = JSON.stringify([...left]) === JSON.stringify([...right]);
      tally("runs killed", killed, same ? 0 : 1);
      expect([...left.keys()]).toEqual([...right.keys()]);
      expect(same).toBe(true);
      expect(right.size).toBeGreaterThan(300);
      expect(killed).toBeGreaterThan(kills / 2);
    },
  );

  test("from any checkpoint has neither gaps nor doubles, whatever the intervals of the two", async () => {
    const interval = fc.integer({ min: 3, max: 40 });
    await fc.assert(
      fc.asyncProperty(recorded, interval, interval, fc.nat(), async (options, spillEvery, keepEvery, which) => {
        const path = freshPath();
        const checkpoints: Uint8Array[] = [];
        const go = async (net: Network): Promise<void> => {
          const end = net.spill({ every: spillEvery * net.dt, to: await spillFolder(path, { from: net.steps }) });
          const to = {
            write: async (_: number, pieces: Iterable<Uint8Array>) => void checkpoints.push(Buffer.concat([...pieces])),
          };
          net.checkpoint({ every: keepEvery * net.dt, to });
          await net.step(130 - net.steps);
          await end();
        };
        await go(recordedNetwork(options));
        const once = await filesIn(path);
        const again = recordedNetwork(options);
        again.restore(checkpoints[which % checkpoints.length]!);
        await go(again);
        expect(await filesIn(path)).toEqual(once);
        expect(await readWhole(await readSpilled(path))).toEqual(keptBy(await unbounded(options, 130)));
      }),
      { numRuns: 10, seed: 8 },
    );
  });

  test("into a folder that has pieces needs to say from where, and leaves alone what is not its own", async () => {
    const folder = await spillFolder(freshPath());
    await folder.write(spikes(10, [4]));
    await folder.write(spikes(20, [14]));
    await fs.writeFile(join(folder.path, "notes.txt"), "mine");
    await fs.writeFile(join(folder.path, ".cells.spikes.000003.step-000000000030.parquet.unfinished"), "half");
    await expect(spillFolder(folder.path)).rejects.toMatchObject({
      code: "cannot-write",
      message: expect.stringContaining("from: net.steps"),
    });
    const again = await spillFolder(folder.path, { from: 19 });
    expect(await fs.readdir(folder.path)).toEqual(["cells.spikes.000001.step-000000000010.parquet", "notes.txt"]);
    await again.write(spikes(20, [14]));
    expect((await (await readSpilled(folder.path)).spikes("cells")).steps).toEqual(Float64Array.of(4, 14));
    await spillFolder(folder.path, { from: 0 });
    expect(await fs.readdir(folder.path)).toEqual(["notes.txt"]);
  });

  test("is refused where it would record twice, as behind a checkpoint that was taken ahead of the spill, and goes on from a step less", async () => {
    const options = { seed: 2, n: 5, every: [2, 2, 2] } as const;
    const path = freshPath();
    const net = recordedNetwork(options);
    let early: Uint8Array | undefined;
    net.checkpoint({ every: 20, to: { write: async (_, pieces) => void (early ??= Buffer.concat([...pieces])) } });
    net.spill({ every: 20, to: await spillFolder(path) });
    await net.run(40);
    const goOn = async (less: number): Promise<void> => {
      const again = recordedNetwork(options);
      again.restore(early!);
      again.spill({ every: 20, to: await spillFolder(path, { from: again.steps - less }) });
      await again.run(20);
    };
    await expect(goOn(0)).rejects.toMatchObject({
      code: "wrong-moment",
      message: expect.stringContaining("ahead of net.checkpoint"),
    });
    await goOn(1);
    expect(await readWhole(await readSpilled(path))).toEqual(keptBy(await unbounded(options, 80)));
  });
});

/** A disk with so much room: what goes beyond is half written, and refused. */
function small(room: { bytes: number }, code: string, largest = { bytes: 0 }): FileSystem {
  return {
    ...fs,
    open: async (...parameters: Parameters<typeof fs.open>) => {
      const handle = await fs.open(...parameters);
      const writeFile = handle.writeFile.bind(handle);
      handle.writeFile = async (data) => {
        const bytes = data as Uint8Array;
        largest.bytes = Math.max(largest.bytes, bytes.length);
        room.bytes -= bytes.length;
        if (room.bytes >= 0) return writeFile(bytes);
        await writeFile(bytes.subarray(0, bytes.length >> 1));
        throw Object.assign(new Error(`${code}: write`), { code, syscall: "write" });
      };
      return handle;
    },
  };
}

describe("a disk", () => {
  test.each(["ENOSPC", "EDQUOT", "EIO"])(
    "that refuses in the midst of a run (%s) ends it there; nothing is lost, and it goes on when there is room",
    async (code) => {
      const options = { seed: 3, n: 6, every: [2, 7, 5] } as const;
      const whole = await unbounded(options, 200);
      const budgets = fc.integer({ min: 4096, max: 40_000 });
      let [tried, lost] = [0, 0];
      await fc
        .assert(
          fc.asyncProperty(budgets, async (bytes) => {
            const room = { bytes };
            const folder = await spillFolder(freshPath(), { fileSystem: small(room, code) });
            const net = recordedNetwork(options);
            const end = net.spill({ every: 10, to: folder });
            tried++;
            lost++;
            const refused = net.step(200);
            await expect(refused).rejects.toMatchObject({
              code: "cannot-write",
              message: expect.stringContaining(folder.path),
            });
            expect(net.steps % 20).toBe(0);
            expect(net.steps).toBeLessThan(200);
            for (const name of await fs.readdir(folder.path)) expect(name).toMatch(/\.parquet$/u);
            const before = await allOf((await readSpilled(folder.path)).pieces());
            room.bytes = Infinity;
            await net.step(200 - net.steps);
            await end();
            const spilled = await readSpilled(folder.path);
            const after = new Set((await allOf(spilled.pieces())).map((piece) => JSON.stringify(piece)));
            for (const piece of before) expect(after.has(JSON.stringify(piece))).toBe(true);
            expect(await readWhole(spilled)).toEqual(keptBy(whole));
            lost--;
          }),
          { numRuns: 6, seed: 17 },
        )
        .finally(() => tally("faults injected", tried, lost));
    },
  );

  test("without any room is found when the folder is opened, before anything of an earlier run is removed", async () => {
    const folder = await spillFolder(freshPath());
    await folder.write(spikes(10, [4]));
    const fileSystem = small({ bytes: 10 }, "ENOSPC");
    await expect(spillFolder(folder.path, { from: 0, fileSystem })).rejects.toMatchObject({
      code: "cannot-write",
      message: expect.stringContaining("the disk is full"),
    });
    expect((await (await readSpilled(folder.path)).spikes("cells")).steps).toEqual(Float64Array.of(4));
  });

  test("gets a long piece in parts of at most 65,536 rows", async () => {
    const largest = { bytes: 0 };
    const folder = await spillFolder(freshPath(), { fileSystem: small({ bytes: Infinity }, "", largest) });
    const length = 400_000;
    const irregular = Float64Array.from({ length }, (_, k) => Math.sin(k * k));
    await folder.write({
      ...samples(
        1e6,
        Array.from({ length }, (_, k) => k),
        { v: irregular },
      ),
      times: irregular,
    });
    const [name] = await fs.readdir(folder.path);
    expect((await fs.stat(join(folder.path, name!))).size).toBeGreaterThan(6 * 65_536 * 16);
    expect(largest.bytes).toBeLessThan(65_536 * 32);
    expect((await (await readSpilled(folder.path)).samples("cells"))["v"]!.values).toEqual(irregular);
  });
});
