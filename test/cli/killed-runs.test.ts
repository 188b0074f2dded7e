import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { tally } from "../evidence/tally.ts";
import { start, type Ended, type Started } from "./command.ts";
import { contents, killable, type Killable } from "./killable.ts";

let runs: Killable;
const at = (...path: string[]): string => join(runs.folder, ...path);
const checkpoints = (name: string): string[] =>
  existsSync(at(name, "resume")) ? readdirSync(at(name, "resume")).filter((each) => each.endsWith(".snapshot")) : [];

beforeAll(async () => {
  runs = await killable(24_000);
});

/** Times that a process is killed: many where `NEUROWEAVE_LONG` is set. */
const kills = process.env["NEUROWEAVE_LONG"] ? 200 : 10;

/** When a process is killed: so many ms after it was started, has begun to step, was asked to stop, or has taken the last step. */
interface Death {
  readonly after: "start" | "steps" | "Ctrl-C" | "end";
  readonly ms: number;
}
const death: fc.Arbitrary<Death> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ after: fc.constant("start" as const), ms: fc.nat(900) }) },
  { weight: 10, arbitrary: fc.record({ after: fc.constant("steps" as const), ms: fc.nat(200) }) },
  { weight: 2, arbitrary: fc.record({ after: fc.constant("Ctrl-C" as const), ms: fc.nat(40) }) },
  { weight: 2, arbitrary: fc.record({ after: fc.constant("end" as const), ms: fc.nat(40) }) },
);

/** A run that was killed after its last file is found complete. */
const isComplete = ({ code, err }: Ended): boolean => code === 0 || (code === 2 && err.includes("is complete"));

/** Kills a process, and tells whether it had not come to its end. */
async function killed(started: Started, { after, ms }: Death): Promise<boolean> {
  let over = false;
  const ended = started.ended.then((end) => ((over = true), end));
  const said = after === "start" ? Promise.resolve() : started.says(after === "end" ? "running 100 %" : "running ");
  // Whatever ends without having said it has ended before it could be killed.
  await said.catch(() => undefined);
  if (after === "Ctrl-C") started.interrupt();
  await Promise.race([pause(ms), ended]);
  if (!over) started.interrupt("SIGKILL");
  const end = await ended;
  if (end.code !== null && end.code !== 130 && !isComplete(end)) throw new Error(`ended with ${end.code}: ${end.err}`);
  return !isComplete(end);
}

const asked = ["--record", "cells.v@5", "--record", "noise.spike@20", "--format", "csv,parquet,sonata", "--checkpoint", "200"]; // prettier-ignore

/** Resolves once a condition holds. */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 6000) throw new Error("it never came to hold");
    await pause(5);
  }
}

/** Kills a run once it has said so, or once something holds. */
async function kill(started: Started, when: string | (() => boolean)): Promise<void> {
  await (typeof when === "string" ? started.says(when) : until(when));
  started.interrupt("SIGKILL");
  expect((await started.ended).code).toBe(null);
}

describe("a run that is killed", () => {
  it(`ends in the same bytes of every file, after ${kills} kills at any time`, { timeout: 30 * 60_000 }, async () => {
    expect((await runs.run(...asked, "--out", "whole")).code).toBe(0);
    const whole = contents(at("whole"));
    expect(Object.keys(whole)).toHaveLength(10);
    const ends: boolean[] = [];
    let [left, lives, most] = [kills, 0, 0];
    for (const [index, each] of fc.sample(death, { numRuns: kills * 3, seed: 12 }).entries()) {
      const name = `run-${ends.length}`;
      const begun = existsSync(at(name, "manifest.json"));
      const started = runs.begin(...(begun ? ["--resume", name] : [...asked, "--out", name]));
      if (left > 0 && index < kills * 3 - 1 && (await killed(started, each))) {
        left--;
        most = Math.max(most, ++lives);
        continue;
      }
      expect(isComplete(await started.ended)).toBe(true);
      ends.push(JSON.stringify(contents(at(name))) === JSON.stringify(whole));
      lives = 0;
      if (left === 0) break;
    }
    tally("runs killed", kills - left, ends.filter((same) => !same).length);
    expect({ left, same: ends.every(Boolean) }).toEqual({ left: 0, same: true });
    expect(most).toBeGreaterThan(2);
  });

  describe("and resumed", () => {
    const options = ["--format", "parquet", "--checkpoint", "400"];
    let whole: Record<string, string>;
    beforeAll(async () => {
      expect((await runs.run(...options, "--out", "same", "-q")).code).toBe(0);
      whole = contents(at("same"));
    });
    const flip = (path: string): void => {
      const bytes = readFileSync(path);
      bytes[bytes.length >> 1]! ^= 16;
      writeFileSync(path, bytes);
    };
    const begunAndKilled = async (name: string): Promise<void> => {
      await kill(runs.begin(...options, "--out", name), () => checkpoints(name).length === 2);
    };

    it("passes over a damaged checkpoint for the one before, and over all for the beginning, and says so", async () => {
      await begunAndKilled("damaged");
      const [before, latest] = checkpoints("damaged").slice(-2);
      flip(at("damaged", "resume", latest!));
      const step = Number(/\d+/u.exec(before!)![0]);
      const resumed = runs.begin("--resume", "damaged");
      await kill(resumed, "Going on at");
      expect((await resumed.ended).err).toContain(`Warning: damaged/resume/${latest} is damaged and is passed over\nGoing on at ${step * 0.5} ms`); // prettier-ignore
      for (const name of checkpoints("damaged")) writeFileSync(at("damaged", "resume", name), "");
      const anew = await runs.run("--resume", "damaged", "--json", "-q");
      expect(anew).toMatchObject({ code: 0, err: expect.stringContaining("it begins anew") as string });
      expect(JSON.parse(anew.out)).toMatchObject({ status: "complete", resumedAt: 0 });
      expect(contents(at("damaged"))).toEqual(whole);
    });

    it("goes on where Ctrl-C has stopped it and where it was killed after that, whichever came later", async () => {
      const name = "stopped";
      const first = runs.begin(...options, "--out", name);
      await first.says("running");
      first.interrupt();
      expect(await first.ended).toMatchObject({ code: 130, err: expect.stringContaining(`--resume ${name}`) as string });
      const { interrupted } = JSON.parse(readFileSync(at(name, "manifest.json"), "utf8")) as { interrupted: { step: number } };
      expect(checkpoints(name).at(-1)).toContain(String(interrupted.step));
      const second = runs.begin("--resume", name);
      await kill(second, "Going on");
      expect((await second.ended).err).toContain(`Going on at ${interrupted.step * 0.5} ms`);
      const third = runs.begin("--resume", name);
      await kill(third, () => !checkpoints(name).at(-1)!.includes(String(interrupted.step)));
      const last = await runs.run("--resume", name, "--json");
      expect((JSON.parse(last.out) as { resumedAt: number }).resumedAt).toBeGreaterThan(interrupted.step);
      expect(contents(at(name))).toEqual(whole);
    }); // prettier-ignore

    it("is refused with another file, and with other options but for how it is computed and kept", async () => {
      await begunAndKilled("others");
      const seed = await runs.run("--resume", "others", "--seed", "3");
      expect(seed).toMatchObject({ code: 2, err: expect.stringContaining("--seed cannot be given") as string });
      const text = readFileSync(at("network.json"), "utf8");
      writeFileSync(at("network.json"), `${text}\n`);
      const file = await runs.run("--resume", "others");
      writeFileSync(at("network.json"), text);
      expect(file).toMatchObject({ code: 2, err: expect.stringContaining("is not the file that was run") as string });
      const { code } = await runs.run("--resume", "others", "--checkpoint", "0", "--device", "wasm", "-q");
      expect({ code, files: contents(at("others")) }).toEqual({ code: 0, files: whole });
    });

    it("is not taken for one that replaces it, which begins anew when it is killed itself", async () => {
      const name = "replaced";
      await begunAndKilled(name);
      expect(await runs.run("--out", name)).toMatchObject({ code: 3, err: expect.stringContaining(`--resume ${name}`) as string }); // prettier-ignore
      const other = ["--seed", "4", "--format", "parquet"];
      await kill(runs.begin(...other, "--out", name, "--overwrite"), "running");
      expect(checkpoints(name)).toEqual([]);
      const resumed = await runs.run("--resume", name, "-q");
      expect(resumed).toMatchObject({ code: 0, err: expect.stringContaining("has left no checkpoint") as string });
      expect((await runs.run(...other, "--out", "other", "-q")).code).toBe(0);
      expect(contents(at(name))).toEqual(contents(at("other")));
    });

    it("outlives a command that would replace it but cannot begin", async () => {
      const [killed, complete] = ["outlives", "complete"];
      await begunAndKilled(killed);
      expect((await runs.run(...options, "--duration", "200", "--out", complete, "-q")).code).toBe(0);
      const before = [contents(at(killed)), contents(at(complete))];
      const noCompiler = { cwd: runs.folder, env: { CC: "/no/such/compiler" } };
      for (const name of [killed, complete]) {
        const replace = ["--out", name, "--overwrite"];
        expect(await runs.run("--duration", "0.7", ...replace)).toMatchObject({ code: 1, err: expect.stringContaining("off-grid") as string });
        expect(await start(process.execPath, [...runs.command, "--device", "native", ...replace], noCompiler).ended)
          .toMatchObject({ code: 1, err: expect.stringContaining("no-compiler") as string });
        expect(await runs.run("--checkpoint", "0.7", ...replace)).toMatchObject({ code: 2, err: expect.stringContaining("--checkpoint: ") as string });
      }
      expect([contents(at(killed)), contents(at(complete))]).toEqual(before);
      expect((await runs.run("--resume", killed, "-q")).code).toBe(0);
      expect(contents(at(killed))).toEqual(whole);
    }); // prettier-ignore

    it("has done nothing yet before its manifest is there, and before its first checkpoint it may also be run again", async () => {
      mkdirSync(at("early"));
      const none = await runs.run("--resume", "early");
      expect(none).toMatchObject({ code: 2, err: expect.stringContaining("early holds no run") as string });
      expect(none.err).toMatch(/run again\s+with\s+--out early/u);
      await kill(runs.begin("--format", "csv", "--out", "early"), "running");
      expect((await runs.run(...options, "--out", "early", "-q")).code).toBe(0);
      expect(contents(at("early"))).toEqual(whole);
      expect(await runs.run("--resume", "early")).toMatchObject({ code: 2, err: expect.stringContaining("is complete") as string }); // prettier-ignore
    });

    it("loses what it left behind when it was killed after its last file", async () => {
      const name = "ended";
      await begunAndKilled(name);
      const left = checkpoints(name).map((each) => [each, readFileSync(at(name, "resume", each))] as const);
      expect((await runs.run("--resume", name, "-q")).code).toBe(0);
      mkdirSync(at(name, "resume"));
      for (const [each, bytes] of left) writeFileSync(at(name, "resume", each), bytes);
      expect((await runs.run("--resume", name)).code).toBe(2);
      expect(existsSync(at(name, "resume"))).toBe(false);
    });
  });
});

describe("a checkpoint that cannot be written", () => {
  const options = ["--format", "parquet", "--checkpoint", "1000", "--json"];
  const said = (out: string): readonly string[] =>
    (JSON.parse(out) as { readonly warnings: readonly string[] }).warnings;

  it("is told once and does not end the run, which is as if there had been no trouble", async () => {
    mkdirSync(at("in-the-way"));
    writeFileSync(at("in-the-way", "resume"), "mine");
    const [trouble, none] = await Promise.all([
      runs.run(...options, "--out", "in-the-way", "--overwrite"),
      runs.run(...options, "--out", "no-trouble"),
    ]);
    expect([trouble.code, none.code]).toEqual([0, 0]);
    expect(said(trouble.out)).toEqual([
      expect.stringMatching(/^no checkpoint at 1000 ms: .*resume.*; the run goes on/u),
    ]);
    expect(trouble.err.split("Warning: ")).toHaveLength(2);
    expect(said(none.out)).toEqual([]);
    const { resume, ...written } = contents(at("in-the-way"));
    expect(Buffer.from(resume!, "base64").toString()).toBe("mine");
    expect(written).toEqual(contents(at("no-trouble")));
  });

  it("for it is larger than the disk takes leaves those before, from which the run goes on", async () => {
    // 512 KiB for each file: enough for the results, not for what is needed to go on from the last third.
    const limited = (then: string) =>
      start("bash", ["-c", `ulimit -f 512; exec "$0" "$@"`, process.execPath, ...runs.command, ...options, "--out", "full", ...then.split(" ")], { cwd: runs.folder });
    const full = limited("--overwrite");
    await kill(full, "Warning: ");
    expect((await full.ended).err).toMatch(/no checkpoint at \d+ ms: .* larger than is allowed/u);
    expect(checkpoints("full")).toHaveLength(2);
    expect((await runs.run("--resume", "full", "-q")).code).toBe(0);
    expect(contents(at("full"))).toEqual(contents(at("no-trouble")));
  }); // prettier-ignore
});

describe("--checkpoint", () => {
  it.each([
    [["--checkpoint", "0.7", "--out", "x"], "The nearest that fit are 0.5 ms and 1 ms."],
    [["--checkpoint", "-1", "--out", "x"], "--checkpoint is -1"],
    [["--checkpoint", "10"], "Give --out DIR."],
    [["--checkpoint", "often", "--out", "x"], "--checkpoint is often, which is no number"],
    [["--checkpiont", "10", "--out", "x"], "Did you mean --checkpoint?"],
  ])("%j is refused before anything is done: %s", async (args, what) => {
    expect(await runs.run(...args)).toMatchObject({ code: 2, err: expect.stringContaining(what) as string });
    expect(existsSync(at("x", "manifest.json"))).toBe(false);
  });
});
