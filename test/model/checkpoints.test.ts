import fc from "fast-check";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { checkpointFolder, latestCheckpoint, removeCheckpoints } from "neuroweave";
import { bundleProgram } from "../bundled-program.ts";
import { tally } from "../evidence/tally.ts";
import { everything, woven } from "./network-with-projections.ts";
import { refusal } from "./refusals.ts";

const folders: string[] = [];
const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "checkpoints-"));
  folders.push(folder);
  return folder;
};
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

it("hands a store the snapshot of every border that is due, from which a network made anew goes on", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.array(fc.nat(12), { maxLength: 4 }), async (every, parts) => {
      const taken = new Map<number, Uint8Array>();
      const net = woven();
      const told: number[] = [];
      net.on("snapshot", ({ step, bytes }) => void (told.push(step), expect(bytes).toBe(taken.get(step)!.length)));
      net.checkpoint({
        every: every * net.dt,
        to: { write: async (step, pieces) => void taken.set(step, Buffer.concat([...pieces])) },
      });
      let total = 0;
      for (const steps of parts) {
        await net.step(steps);
        total += steps;
      }
      const due = Array.from({ length: Math.floor(total / every) }, (_, k) => (k + 1) * every);
      expect([...taken.keys()]).toEqual(due);
      expect(told).toEqual(due);
      for (const [step, bytes] of taken) {
        const twin = woven();
        twin.restore(new Uint8Array(bytes));
        await twin.step(total - step);
        expect(everything(twin)).toEqual(everything(net));
      }
    }),
    { numRuns: 15, seed: 1 },
  );
});

it("keeps the latest of a folder, each whole, and those of a run that was taken back no longer", async () => {
  const folder = await newFolder();
  const net = woven();
  const stop = net.checkpoint({ every: 5, keep: 3, to: join(folder, "deep", "er") });
  const inside = join(folder, "deep", "er");
  await net.run(40);
  expect(await readdir(inside)).toEqual([60, 70, 80].map((step) => `step-${String(step).padStart(12, "0")}.snapshot`));
  const { step, bytes, damaged } = (await latestCheckpoint(inside))!;
  expect([step, damaged]).toEqual([80, []]);
  expect(new Uint8Array(bytes)).toEqual(net.snapshot());
  net.reset();
  await net.run(35);
  expect(await readdir(inside)).toEqual([50, 60, 70].map((step) => `step-${String(step).padStart(12, "0")}.snapshot`));
  stop();
  await net.run(40);
  expect((await latestCheckpoint(inside))!.step).toBe(70);
});

it("passes over what is damaged, and removes what was left unfinished", async () => {
  const folder = await newFolder();
  const net = woven();
  const end = net.checkpoint({ every: 5, keep: 3, to: folder });
  await net.run(15);
  end();
  const [first, second, third] = (await readdir(folder)).map((name) => join(folder, name));
  const whole = await readFile(third!);
  await writeFile(third!, whole.subarray(0, whole.length - 5));
  const flipped = await readFile(second!);
  flipped[flipped.length >> 1]! ^= 4;
  await writeFile(second!, flipped);
  await writeFile(join(folder, "step-000000000090.snapshot.part"), "half");
  await writeFile(join(folder, "mine.txt"), "not a snapshot");
  const found = (await latestCheckpoint(folder))!;
  expect(found.step).toBe(10);
  expect(found.damaged).toEqual([third, second]);
  const store = await checkpointFolder(folder);
  expect(await readdir(folder)).toContain("mine.txt");
  expect(await readdir(folder)).not.toContain("step-000000000090.snapshot.part");
  await store.write(40, [await readFile(first!)]);
  expect((await latestCheckpoint(folder))!.step).toBe(40);
  expect(await latestCheckpoint(join(folder, "nowhere"))).toBeNull();
});

it("is removed as a folder of snapshots, and stays as one of other files too", async () => {
  const own = join(await newFolder(), "own");
  const shared = await newFolder();
  for (const path of [own, shared]) {
    const store = await checkpointFolder(path);
    for (const step of [1, 2]) await store.write(step, [new Uint8Array([step])]);
    await writeFile(join(path, "step-000000000003.snapshot.part"), "half");
  }
  await writeFile(join(shared, "step-1.snapshot"), "mine");
  for (const path of [own, shared, join(own, "nowhere"), join(shared, "step-1.snapshot")]) await removeCheckpoints(path);
  await expect(readdir(own)).rejects.toMatchObject({ code: "ENOENT" });
  expect(await readdir(shared)).toEqual(["step-1.snapshot"]);
}); // prettier-ignore

it.each([
  [{ every: 0, to: "x" }, "out-of-range"],
  [{ every: 0.3, to: "x" }, "off-grid"],
  [{ every: 1 }, "invalid-value"],
  [{ every: 1, to: "" }, "invalid-value"],
  [{ every: 1, to: "x", keep: 0 }, "out-of-range"],
  [{ every: 1, to: { write: async () => undefined }, keep: 2 }, "invalid-value"],
  [{ every: 1, to: "x", evry: 1 }, "unknown-name"],
])("refuses %j before the run", async (options, code) => {
  expect(await refusal(() => woven().checkpoint(options as never))).toMatchObject({ code });
});

it("ends the run at the border where a checkpoint cannot be written, with the network as it is there", async () => {
  const folder = await newFolder();
  const file = join(folder, "file");
  await writeFile(file, "in the way");
  const net = woven();
  net.checkpoint({ every: 5, to: join(file, "folder") });
  expect(await refusal(() => net.run(20))).toMatchObject({ code: "cannot-write" });
  expect(net.t).toBe(5);
  const twin = woven();
  await twin.run(5);
  expect(everything(net)).toEqual(everything(twin));
  // The system makes no folder there, and says that the one above is there.
  const nowhere = woven();
  nowhere.checkpoint({ every: 5, to: "/proc/self/nothing/below" });
  expect(await refusal(() => nowhere.run(20))).toMatchObject({ code: "cannot-write" });
  expect(nowhere.t).toBe(5);
  // A disk that is full takes no byte.
  const full = woven();
  full.checkpoint({ every: 5, to: { write: async (_, pieces) => void (await writeFile("/dev/full", Buffer.concat([...pieces]))) } });
  await expect(full.run(20)).rejects.toMatchObject({ code: "ENOSPC" });
  expect(full.t).toBe(5);
}); // prettier-ignore

/** Runs, and how often the process of each is killed: many where `NEUROWEAVE_LONG` is set. */
const [runs, kills] = process.env["NEUROWEAVE_LONG"] ? [15, 20] : [1, 10];

/** Runs the program; kills it so many ms after its first steps, unless it is done before. Gives what it printed. */
function ran(program: string, folder: string, killAfter: number): Promise<{ killed: boolean; printed: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, folder, String(1200 * kills)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.on("data", (more: Buffer) => {
      if (printed === "") setTimeout(() => child.kill("SIGKILL"), killAfter);
      printed += more.toString();
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0 || signal === "SIGKILL") resolve({ killed: signal !== null, printed });
      else reject(new Error(`ended with ${code ?? signal}`));
    });
  });
}

it(`ends in the same bits although its process was killed ${kills} times, ${runs} times over`, { timeout: 20 * 60_000 }, async () => {
  const program = join(await newFolder(), "program.mjs");
  await bundleProgram(new URL("checkpoint-run.ts", import.meta.url).pathname, program);
  const whole = await ran(program, "", 1e9);
  expect(whole.printed.length).toBeGreaterThan(10_000);
  for (let seed = 0; seed < runs; seed++) {
    const folder = await newFolder();
    const reached: number[] = [];
    for (const delay of fc.sample(fc.integer({ min: 0, max: 150 }), { numRuns: kills, seed })) {
      const { killed } = await ran(program, folder, delay);
      expect(killed).toBe(true);
      reached.push((await latestCheckpoint(folder))?.step ?? 0);
    }
    expect(reached).toEqual(reached.toSorted((a, b) => a - b));
    expect(reached.at(-1)).toBeGreaterThan(0);
    const resumed = await ran(program, folder, 1e9);
    expect(resumed.killed).toBe(false);
    const same = digest(resumed.printed) === digest(whole.printed);
    tally("runs killed", kills, same ? 0 : 1);
    expect(same).toBe(true);
  }
}); // prettier-ignore

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
