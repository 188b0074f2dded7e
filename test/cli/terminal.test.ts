import { describe, expect, it } from "vitest";
import { bin, folderWith, neuroweave, start } from "./command.ts";

const network = `
import { ConstantCurrent, createNetwork, LIF, Recorder } from "neuroweave";
export default ({ network }) => {
  const net = createNetwork({ dt: 0.1, ...network });
  for (const name of ["a population with a rather long name that goes on and on and on and on", "b"])
    net.population(name, 20, [LIF({ R: 5 }), ConstantCurrent({ amplitude: [...Array(20).keys()] }), Recorder({ variables: ["v"] })]);
  net.every(20, () => new Promise((resolve) => setTimeout(resolve, 60)));
  return { network: net, duration: 100, measure: () => ({ "the answer to everything that can be measured in a network of two populations": 42 }) };
};
`;
const folder = folderWith({ "network.ts": network });

/** Begins what moves the cursor and colors. */
const escape = "\u001B";
const controls = new RegExp(`${escape}\\[[\\d;?]*[A-Za-z]`, "gu");

/** What a terminal of so many columns is sent, the lines of standard error among it. */
async function onTerminal(columns: number, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const typed = `stty cols ${columns}; '${process.execPath}' '${bin}' run network.ts`;
  const place = { cwd: folder, env: { TERM: "xterm", LC_ALL: "C.UTF-8", ...env } };
  const { code, out } = await start("script", ["-qec", typed, "/dev/null"], place).ended;
  expect(code).toBe(0);
  return out;
}

describe("what a run shows", () => {
  it.each([60, 120])("fits a terminal of %i columns, where a bar is rewritten in one line", async (columns) => {
    const shown = await onTerminal(columns);
    const lines = shown.replaceAll(controls, "").split(/\r?\n|\r/u);
    for (const line of lines) expect([...line].length, line).toBeLessThanOrEqual(columns);
    expect(Math.max(...lines.map((line) => [...line].length))).toBeGreaterThan(columns - 12);
    expect(shown).toContain(`\r${escape}[2K`);
    expect(shown).toMatch(/× real time, \d+.* left/u);
    expect(shown).toContain("█");
    expect(shown).toMatch(/[⠀-⣿]/u);
  });

  it("has no colors where NO_COLOR is set, and the bar still", async () => {
    const shown = await onTerminal(80, { NO_COLOR: "1" });
    expect(shown).not.toMatch(new RegExp(`${escape}\\[[\\d;]*m`, "u"));
    expect(shown).toContain(`${escape}[2K`);
  });

  it("is plain lines without a terminal: few for the progress, and results alone on standard output", async () => {
    const env = { COLUMNS: "60", LC_ALL: "C" };
    const { code, out, err } = await neuroweave(["run", "network.ts"], { cwd: folder, env });
    expect(code).toBe(0);
    expect(out).toMatch(/^[\n -~]*$/u);
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
    expect(out).not.toContain("running");
    const progress = err.trimEnd().split("\n");
    expect(progress.length).toBeLessThanOrEqual(2);
    expect(progress.at(-1)).toMatch(/^running 100 % 100 ms in /u);
    expect(err).not.toMatch(new RegExp(`[\\r${escape}]`, "u"));
  });
});
