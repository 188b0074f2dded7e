import { NeuroweaveError } from "neuroweave";
import { afterEach, describe, expect, test } from "vitest";
import { readReading, readReady, type Reading } from "../../packages/bench/src/contest/answers.ts";
import { inOneLine } from "../../packages/bench/src/contest/children.ts";
import type { Contender } from "../../packages/bench/src/contest/contender.ts";
import { bestPeer, boundOf, contest, ratio } from "../../packages/bench/src/contest/contest.ts";
import { matchedRate, rateOf, sameParameters } from "../../packages/bench/src/contest/matched.ts";
import { startPlayer, type Player } from "../../packages/bench/src/contest/player.ts";
import { goalsOf, standingsOf } from "../../packages/bench/src/contest/tables.ts";
import { adex, brunel, coba, cuba, events, lif, perSecond } from "../../packages/bench/src/contest/task.ts";

describe("answers of contenders", () => {
  test("are what a network was built with, and times and spikes of a run", () => {
    expect(readReady("x", '{"ready": 1, "build_seconds": 2.5, "version": "X 1", "parameters": {"tau": 20}}')).toEqual({
      buildSeconds: 2.5,
      version: "X 1",
      parameters: { tau: 20 },
    });
    expect(readReady("x", '{"ready": 1}')).toEqual({});
    expect(readReading("x", '{"seconds": 0.5, "cpu": 0.4, "spikes": 7}')).toEqual({
      seconds: 0.5,
      cpu: 0.4,
      spikes: 7,
    });
    expect(readReading("x", '{"seconds": 0.5, "spikes": 0}')).toEqual({ seconds: 0.5, spikes: 0 });
  });

  test.each(["", "{", "[]", "null", '{"spikes": 3}', '{"seconds": "1", "spikes": 3}', '{"seconds": 0, "spikes": 3}'])(
    "%j is refused as a reading",
    (line) => {
      expect(() => readReading("x", line)).toThrow(/x answers/);
    },
  );

  test("without a word that the network stands, or with parameters that are no numbers, are refused", () => {
    expect(() => readReady("x", '{"seconds": 1, "spikes": 2}')).toThrow(/x answers/);
    expect(() => readReady("x", '{"ready": 1, "parameters": {"tau": "20"}}')).toThrow(/x answers/);
  });

  test("that refuse are refusals, in their own words", () => {
    expect(() => readReady("x", '{"refused": "one thread only"}')).toThrow(/^one thread only/);
  });
});

describe("what contenders do is the same before a time counts", () => {
  const task = cuba(4000);

  test("a parameter that is left out or differs is refused by name", () => {
    expect(() => sameParameters("x", task, task.parameters)).not.toThrow();
    expect(() => sameParameters("x", task, { ...task.parameters, more: 1 })).not.toThrow();
    expect(() => sameParameters("x", task, { ...task.parameters, tau: 21 })).toThrow(/tau 21 \(20\)/);
    const { w_inh: _, ...rest } = task.parameters;
    expect(() => sameParameters("x", task, rest)).toThrow(/w_inh not at all \(-9\)/);
  });

  test("a rate outside of what is published is refused, and silence", () => {
    const spikes = (hertz: number): Reading => ({ seconds: 1, spikes: hertz * 4000 });
    expect(rateOf(task, spikes(5.5))).toBe(5.5);
    expect(matchedRate("x", task, spikes(5.5))).toBe("CUBA 4,000, x: 5.5 Hz (expected: 5.3 to 5.9 Hz)");
    expect(() => matchedRate("x", task, spikes(5.2))).toThrow(/fires at 5.20 Hz/);
    expect(() => matchedRate("x", task, spikes(0))).toThrow(/silent/);
  });

  test("where no rate is published, all must have that of the first", () => {
    const small = brunel(1250);
    const first = { seconds: 1, spikes: 1000 };
    expect(() => matchedRate("x", small, { seconds: 1, spikes: 1015 }, first)).not.toThrow();
    expect(() => matchedRate("x", small, { seconds: 1, spikes: 1025 }, first)).toThrow(/fires at/);
  });

  test("a second is told in the unit of the task", () => {
    expect(perSecond(cuba(4000))).toBe(1000);
    expect(perSecond(coba(4000, "euler", 5000))).toBe(2000);
    expect(perSecond(lif(1000, 1000))).toBe(1000);
    expect(perSecond(adex(1000))).toBe(1000);
    expect(perSecond(events(100_000))).toBeCloseTo(1e9 / (267 * 375));
  });
});

/** A contender in a script of Node that gives the same answers for ever. */
const scripted = (name: string, kind: Contender["kind"], lines: string, threads = 1): Contender => ({
  name,
  kind,
  threads,
  start: () =>
    startPlayer({ name, file: process.execPath, args: ["-e", lines], patience: { build: 20_000, turn: 20_000 } }),
});

const answering = (seconds: number, spikes: number): string => `
  console.log("chatter of a library");
  console.log(JSON.stringify({ ready: 1, build_seconds: 3, version: "X 1" }));
  process.stdin.on("data", () => console.log(JSON.stringify({ seconds: ${seconds}, cpu: ${seconds / 2}, spikes: ${spikes} })));
`;

describe("contests", () => {
  const course = { turns: 3, report: () => {} };
  const task = cuba(4000);

  test("tell medians, and ratios turn by turn to the best peer and to the bound", async () => {
    const result = await contest(
      task,
      [
        scripted("native", "ours", answering(0.02, 22_000)),
        scripted("C by hand", "bound", answering(0.01, 22_100)),
        scripted("slow", "peer", answering(0.1, 22_200)),
        scripted("fast", "peer", answering(0.06, 22_300)),
      ],
      course,
    );
    expect(result.absent).toEqual([]);
    expect(result.checks).toHaveLength(4);
    const [native] = result.standings;
    expect(native).toMatchObject({ rate: 5.5, buildSeconds: 3, version: "X 1" });
    expect(native!.time.median).toBeCloseTo(10);
    expect(native!.clock.values).toHaveLength(3);
    expect(bestPeer(result)?.name).toBe("fast");
    expect(ratio(bestPeer(result)!, native!).median).toBeCloseTo(3);
    expect(ratio(boundOf(result)!, native!).median).toBeCloseTo(0.5);
    const { rows } = goalsOf([result]);
    expect(rows.map(({ name, against }) => [name, against])).toEqual([
      ["CUBA 4,000, native", "fast: 30.0"],
      ["CUBA 4,000, native", "C by hand: 5.00"],
    ]);
    expect(standingsOf(result)).toMatchObject({ reference: "fast", title: "CUBA 4,000" });
  });

  test("are on the clock for those with several threads", async () => {
    const contenders = [
      scripted("one", "peer", answering(0.06, 22_000)),
      scripted("two", "ours", answering(0.03, 22_000), 2),
    ];
    const { standings } = await contest(task, contenders, course);
    expect(standings.map(({ time }) => Math.round(time.median))).toEqual([30, 30]);
    expect(ratio(standings[0]!, standings[1]!).median).toBeCloseTo(2);
  });

  test("go on without those that cannot take part, and say why", async () => {
    const failing = `${answering(0.1, 22_000)}; let turns = 0; process.stdin.on("data", () => ++turns > 30 && process.exit(3));`;
    const result = await contest(
      task,
      [
        scripted("refuses", "ours", 'console.log(JSON.stringify({ refused: "one thread only" }))'),
        scripted("breaks", "peer", 'console.error("no module named x"); process.exit(1)'),
        scripted("wrong", "peer", answering(0.1, 40_000)),
        scripted("fails", "peer", failing),
        {
          ...scripted("missing", "peer", ""),
          start: () => Promise.reject(new NeuroweaveError("not-supported", "no pip")),
        },
        { ...scripted("not meant", "peer", ""), takes: () => false },
        scripted("stays", "ours", answering(0.1, 22_000)),
      ],
      { turns: 5, report: () => {} },
    );
    expect(result.standings.map(({ name }) => name)).toEqual(["stays"]);
    const reasons = Object.fromEntries(result.absent.map(({ name, reason }) => [name, reason]));
    expect(Object.keys(reasons).toSorted()).toEqual(["breaks", "fails", "missing", "refuses", "wrong"]);
    expect(reasons["refuses"]).toBe("one thread only");
    expect(reasons["breaks"]).toBe("breaks ended with 1 · no module named x");
    expect(reasons["wrong"]).toMatch(/fires at 10.00 Hz/);
    expect(reasons["missing"]).toBe("no pip");
    expect(standingsOf(result).notes).toContain("missing takes no part: no pip");
  });

  test("with nobody leave nothing to compare", async () => {
    const result = await contest(task, [], course);
    expect(goalsOf([result]).rows).toEqual([]);
    expect(standingsOf(result)).toMatchObject({ rows: [], notes: [] });
  });
});

describe("players", () => {
  let player: Player | undefined;
  afterEach(() => player?.close());

  test("that take too long are ended", async () => {
    const patience = { build: 300, turn: 300 };
    const silent = { name: "silent", file: process.execPath, args: ["-e", "setInterval(() => {}, 1000)"], patience };
    await expect(startPlayer(silent)).rejects.toThrow(/longer than 0.3 s to build/);
    const args = ["-e", 'console.log(JSON.stringify({ ready: 1 })); process.stdin.on("data", () => {})'];
    player = await startPlayer({ ...silent, args, patience: { build: 20_000, turn: 300 } });
    await expect(player.turn()).rejects.toThrow(/longer than 0.3 s to run/);
  });

  test("that do not exist say so", async () => {
    const patience = { build: 20_000, turn: 300 };
    await expect(startPlayer({ name: "x", file: "/nowhere/x", args: [], patience })).rejects.toThrow(
      /x does not start/,
    );
  });

  test("are quoted without addresses, in one line", () => {
    expect(inOneLine(["a  b", "see https://example.org/x for c"])).toBe("a b · see … for c");
  });
});
