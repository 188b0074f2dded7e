import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommand } from "../../packages/engine/src/native/run-command.ts";
import { emptyFolder, ends, script } from "./native-fakes.ts";

const patient = { timeout: 30_000 };

/** A program that leaves its number and waits; what waits until it has. */
function waiting(): { readonly program: string; readonly pid: () => Promise<number> } {
  const pids = join(emptyFolder(), "pid");
  const program = script(`echo $$ >"${pids}.part"; mv "${pids}.part" "${pids}"; sleep 60`);
  const pid = async (): Promise<number> => {
    while (!existsSync(pids)) await new Promise((done) => setTimeout(done, 10));
    return Number(readFileSync(pids, "utf8"));
  };
  return { program, pid };
}

describe("a command", () => {
  it("gives what it was given back, with its status, and reads no language but C", async () => {
    const text = "é".repeat(300_000);
    const program = script(`cat; echo "$LC_ALL $1" >&2; exit 7`);
    const outcome = await runCommand(program, ["a word"], {
      ...patient,
      input: text,
      environment: { LC_ALL: "de_DE" },
    });
    expect(outcome).toEqual({ status: 7, signal: null, stdout: text, stderr: "de_DE a word\n", timedOut: false });
    expect((await runCommand(program, ["b"], patient)).stderr).toBe("C b\n");
  });

  it("that floods both streams comes to its end, and the rest of what it says is dropped", async () => {
    const flood = "yes 123456789012345 | head -c 9000000";
    const outcome = await runCommand(script(`${flood}; ${flood} >&2; echo "and the end"`), [], patient);
    expect(outcome).toMatchObject({ status: 0, timedOut: false });
    for (const said of [outcome.stdout, outcome.stderr]) {
      expect(said.length).toBeGreaterThanOrEqual(4_000_000);
      // A pipe gives at most 64 KiB at a time.
      expect(said.length).toBeLessThanOrEqual(4_000_000 + 65_536);
      expect(said.startsWith("123456789012345\n123456789012345\n")).toBe(true);
    }
    expect(outcome.stdout).not.toContain("end");
  });

  it("does not outlive this process, and neither does another beside it", async () => {
    const before = process.listeners("exit");
    const commands = [waiting(), waiting()];
    const outcomes = commands.map(({ program }) => runCommand(program, [], patient));
    const pids = await Promise.all(commands.map(({ pid }) => pid()));
    const added = process.listeners("exit").filter((listener) => !before.includes(listener));
    expect(added).toHaveLength(1);
    added[0]!.call(process, 0);
    for (const outcome of await Promise.all(outcomes)) expect(outcome).toMatchObject({ status: null, signal: "SIGKILL", timedOut: false }); // prettier-ignore
    for (const pid of pids) expect(await ends(pid)).toBe(true);
    // Nothing is left to be ended.
    expect(process.listeners("exit")).toEqual(before);
  });

  it("that ends leaves the one beside it alone", async () => {
    const stop = new AbortController();
    const { program, pid } = waiting();
    const long = runCommand(program, [], { ...patient, signal: stop.signal }).catch((reason: unknown) => reason);
    const leader = await pid();
    expect(await runCommand(script("exit 0"), [], patient)).toMatchObject({ status: 0 });
    expect(() => process.kill(leader, 0)).not.toThrow();
    stop.abort(new Error("enough"));
    expect(await long).toMatchObject({ message: "enough" });
    expect(await ends(leader)).toBe(true);
  });

  it("that cannot be started is named, given up or not", async () => {
    const nowhere = join(emptyFolder(), "nothing");
    const stop = new AbortController();
    const started = runCommand(nowhere, [], { ...patient, signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(started).rejects.toMatchObject({ code: "ENOENT" });
    await expect(runCommand(nowhere, [], patient)).rejects.toMatchObject({ code: "ENOENT", path: nowhere });
    await expect(runCommand(nowhere, [], { ...patient, signal: stop.signal })).rejects.toThrow("enough");
  });
});
