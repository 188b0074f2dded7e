import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findCompiler, type Compiler } from "../../packages/bench/src/bounds/compiler.ts";
import { definitions } from "../../packages/bench/src/bounds/program.ts";
import { boundIn } from "../../packages/bench/src/contest/contender.ts";
import { matchedRate, rateOf } from "../../packages/bench/src/contest/matched.ts";
import {
  adex,
  brunel,
  coba,
  cuba,
  events,
  izhikevich,
  lif,
  stdp,
  type Task,
} from "../../packages/bench/src/contest/task.ts";
import { everybody } from "../../packages/bench/src/devices.ts";

/** One second, or what of it is published. */
const tasks: readonly Task[] = [
  lif(1000),
  adex(1000),
  cuba(4000),
  coba(4000, "euler"),
  coba(4000, "exponentialEuler"),
  izhikevich(),
  stdp(1),
  stdp(100),
  events(100_000),
];

const sourceOf = (name: string): string =>
  readFileSync(new URL(`../../packages/bench/src/bounds/${name}`, import.meta.url), "utf8");

describe("loops by hand in C", () => {
  let folder: string;
  let compiler: Compiler | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "neuroweave-bounds-"));
    compiler = await findCompiler().catch(() => undefined);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(tasks)("$title spikes at the rate of other simulators, in every run alike", async (task) => {
    // Without a compiler the bench says so, and nobody stands for the bound.
    if (!compiler)
      return expect((await everybody(false)).notes).toContainEqual(
        expect.stringMatching(/^C by hand takes no part: there is no C/),
      );
    const player = await boundIn(folder, compiler).start(task);
    try {
      const reading = await player.turn();
      expect(matchedRate("C by hand", task, reading)).toContain("Hz");
      expect((await player.turn()).spikes).toBe(reading.spikes);
      expect(reading.cpu).toBeGreaterThan(0);
    } finally {
      player.close();
    }
  });

  test("Brunel's is near its rate after a tenth of a second", async () => {
    if (!compiler) return expect((await everybody(false)).contenders.every(({ kind }) => kind !== "bound")).toBe(true);
    const task = brunel(12_500, 1000);
    const player = await boundIn(folder, compiler).start(task);
    try {
      const rate = rateOf(task, await player.turn());
      expect(rate).toBeGreaterThan(35);
      expect(rate).toBeLessThan(39);
    } finally {
      player.close();
    }
  });

  test.each([...tasks, brunel()])("$title names every parameter of its task in its source", (task) => {
    const withIncludes = (name: string): string =>
      sourceOf(name).replace(/#include "(.*)"/, (_, header: string) => withIncludes(header));
    const source = withIncludes(`${task.network}.c`);
    for (const name of Object.keys(task.parameters))
      expect(source, name).toMatch(new RegExp(`\\b${name.toUpperCase()}\\b`));
  });

  test("take parameters as constants with a decimal point", () => {
    expect(definitions(cuba(4000))).toContain("-DV_REST=(-49.0)");
    expect(definitions(cuba(4000))).toContain("-DW_EXC=(1.62)");
  });

  test("are left out with a note where the compiler does not run", async () => {
    const env = { ...process.env, CC: join(folder, "no-such-compiler") };
    await expect(findCompiler(env)).rejects.toThrow(/CC is .*no-such-compiler, which does not run/);
    await expect(findCompiler({ PATH: folder })).rejects.toThrow(/there is no C compiler/);
  });
});
