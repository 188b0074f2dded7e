import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createNetwork, latestCheckpoint, LIF } from "neuroweave";
import { afterAll, expect, it } from "vitest";
import { keepCheckpoints } from "../../packages/cli/src/running/checkpoints.ts";

const folders: string[] = [];
afterAll(async () => {
  for (const each of folders) await rm(each, { recursive: true, force: true });
});

/** A network of which every step takes so many ms of a clock that only it moves, and each look at the clock as long as is said. */
async function clocked({ step, look = 0, every }: { step: number | ((steps: number) => number); look?: number; every?: number }) {
  const folder = await mkdtemp(join(tmpdir(), "checkpoints-"));
  folders.push(folder);
  const path = join(folder, "resume");
  const net = createNetwork({ dt: 0.1 });
  net.population("cells", 3, LIF);
  let now = 0;
  net.every(0.1, () => void (now += typeof step === "number" ? step : step(net.steps)));
  const told: string[] = [];
  const clock = (): number => (now += look);
  const kept = keepCheckpoints({ network: net, path, every, tell: (line) => void told.push(line), clock });
  const taken: number[] = [];
  net.every(0.1, async () => {
    const latest = (await readdir(path).catch(() => [])).sort().at(-1);
    const at = Number(/\d+/u.exec(latest ?? "")?.[0] ?? 0);
    if (at > (taken.at(-1) ?? 0)) taken.push(at);
  });
  return { net, path, told, taken, kept };
} // prettier-ignore

it("come once a minute, at borders of the run", async () => {
  const { net, path, taken, kept } = await clocked({ step: 1000 });
  await net.step(1000);
  expect(taken).toEqual(Array.from({ length: 16 }, (_, k) => 60 * (k + 1)));
  expect((await latestCheckpoint(path))!.step).toBe(960);
  kept.end();
  await net.step(1000);
  expect((await latestCheckpoint(path))!.step).toBe(960);
});

it("come once a minute, give or take what two stretches between looks take, however fast the steps are and become", async () => {
  // A look follows after twice as many steps as before at most, and after a second at the pace before.
  const pace = (steps: number): number => (steps < 2000 ? 10 : steps < 3500 ? 100 : 20);
  const { net, taken } = await clocked({ step: pace });
  await net.step(12_000);
  let now = 0;
  const times = Array.from({ length: 12_001 }, (_, k) => (now += k === 0 ? 0 : pace(k)));
  const apart = taken.map((each, k) => times[each]! - times[taken[k - 1] ?? 0]!);
  expect(apart.length).toBeGreaterThanOrEqual(5);
  expect(Math.min(...apart)).toBeGreaterThanOrEqual(60_000);
  expect(Math.max(...apart)).toBeLessThanOrEqual(62_000);
});

it("do not come in a run that is over within a minute", async () => {
  const { net, path, taken } = await clocked({ step: 59 });
  await net.step(1000);
  expect([taken, existsSync(path)]).toEqual([[], false]);
});

it("come twenty times as long after one another as one of them takes to be written", async () => {
  // Writing lies between two looks at the clock, 10 s apart: 200 s to the next. A step and the two looks at its border are 23 s.
  const { net, taken } = await clocked({ step: 3000, look: 10_000 });
  await net.step(200);
  const apart = taken.slice(1).map((each, k) => each - taken[k]!);
  expect(apart.length).toBeGreaterThan(5);
  expect(new Set(apart)).toEqual(new Set([9]));
});

it("are tried again where one could not be written, and both are told once", async () => {
  const { net, path, told, taken } = await clocked({ step: 0, every: 1 });
  await writeFile(path, "in the way");
  net.every(5, () => rm(path, { force: true, recursive: true }));
  await net.step(40);
  await net.step(20);
  expect(told).toEqual([
    expect.stringMatching(/^no checkpoint at 1 ms: .*; the run goes on, and tries again$/u),
    "checkpoints are written again",
  ]);
  expect(taken).toEqual([60]);
});

it("are refused off the grid of steps, with the nearest that fit", async () => {
  await expect(clocked({ step: 0, every: 0.25 })).rejects.toMatchObject({
    exitCode: 2,
    reason: { code: "off-grid", remedy: "The nearest that fit are 0.2 ms and 0.3 ms." },
  });
});
