import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it, vi } from "vitest";
import { presets } from "../../examples/playground/src/presets/index.ts";
import { networkAsCode } from "../../examples/playground/src/worker/network-as-code.ts";
import { openSession } from "../../examples/playground/src/worker/session.ts";
import { opened } from "./sessions.ts";

// Within the workspace, so that what it imports is found.
const folder = mkdtempSync(join(import.meta.dirname, "programs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program for so many ms and gives what it says: population and spikes. */
async function outputOf(program: string, name: string, ms: number): Promise<string[]> {
  const path = join(folder, `${name}.ts`);
  writeFileSync(path, program.replace(/net\.run\([\d.]+\)/u, `net.run(${ms})`));
  const said: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...words) => void said.push(words.join(" ")));
  try {
    await import(/* @vite-ignore */ pathToFileURL(path).href);
  } finally {
    log.mockRestore();
  }
  return said;
}

const shown = presets.filter(({ id }) => !id.startsWith("coba-") || id === "coba-1000");

describe("a network as a program", () => {
  it.each(shown.map(({ id, file }) => [id, file] as const))(
    "%s: the program spikes as the page does",
    async (id, file) => {
      const ms = 20;
      const session = await openSession(file);
      await session.step(Math.round(ms / file.network.dt));
      const expected = file.populations.map(({ name }) => `${name} ${session.counts(name)!.counts.reduce((a, b) => a + b, 0)} spikes`); // prettier-ignore
      expect(await outputOf(networkAsCode(file), id, ms)).toEqual(expected);
    },
  );

  it("has the changes of the page in it: other equations, switches, values", async () => {
    const session = await opened("lif-family");
    const AELIF = { in: "AELIF" } as const;
    await session.change({ do: "switch", ...AELIF, behavior: "adaptation", enabled: false });
    await session.change({ do: "rewrite", in: "ELIF", behavior: "leak", texts: { equations: "tau * dv/dt += 2 * (v_rest - v)" }, declared: [] }); // prettier-ignore
    await session.change({ do: "set", in: "LIF", behavior: "constantCurrent", parameter: "amplitude", value: 7 });
    await session.change({ do: "clock", seed: 3 });
    await session.step(2000);
    const expected = session.file.populations.map(({ name }) => `${name} ${session.counts(name)!.counts.reduce((a, b) => a + b, 0)} spikes`); // prettier-ignore
    expect(await outputOf(networkAsCode(session.file), "changed", 200)).toEqual(expected);
  });

  it("keeps names that are no names of variables, and says nothing of its own", () => {
    const text = networkAsCode({
      format: "neuroweave network",
      version: 1,
      name: "*/ process.exit()\n//",
      network: { dt: 0.1, seed: '"); process.exit("' },
      populations: [{ name: "1 `${process}` → class", n: 1, behaviors: [{ use: "LIF" }] }],
    });
    expect(text.split("\n")[0]).toBe("// */ process.exit() //");
    expect(text).toContain('seed: "\\"); process.exit(\\""');
    expect(text).toContain('const p1ProcessClass = net.population("1 `${process}` → class", 1, [');
  });
});
