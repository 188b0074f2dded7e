import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { adex, brunel, coba, cuba, izhikevich, lif, stdp } from "../../packages/bench/src/contest/task.ts";
import { environmentOf, peersFolder } from "../../packages/bench/src/peers/install.ts";
import { peers, takes } from "../../packages/bench/src/peers/peers.ts";
import { findPython } from "../../packages/bench/src/peers/python.ts";

const source = (path: string): string =>
  readFileSync(new URL(`../../packages/bench/src/peers/${path}`, import.meta.url), "utf8");

describe("an environment of a peer", () => {
  let home: string;
  let env: Record<string, string>;
  const brian2 = { name: "brian2", pythons: ["3.12", "3.11"] };
  const quiet = (): void => {};

  /** An interpreter that says that it is 3.12.9, makes environments out of itself, and does as told for pip. */
  const fakePython = (pip: string): void => {
    const file = join(home, "bin", "python3");
    mkdirSync(dirname(file), { recursive: true });
    const lines = [
      "#!/bin/sh",
      `case "$*" in`,
      `*platform*) echo 3.12.9 ;;`,
      `*venv*) /bin/mkdir -p "$3/bin" && /bin/cp "$0" "$3/bin/python" ;;`,
      `*pip*) ${pip} ;;`,
      "esac",
    ];
    writeFileSync(file, `${lines.join("\n")}\n`);
    chmodSync(file, 0o755);
  };

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "neuroweave-peers-"));
    env = { PATH: join(home, "bin"), HOME: home, XDG_CACHE_HOME: join(home, "cache") };
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  test("is made once, in the cache folder of the user", async () => {
    fakePython(`echo "$*" >> ${join(home, "calls")}`);
    const said: string[] = [];
    const python = await environmentOf(brian2, env, (line) => void said.push(line));
    expect(python.startsWith(peersFolder(env))).toBe(true);
    expect(peersFolder(env)).toBe(join(home, "cache", "neuroweave", "peers"));
    expect(await environmentOf(brian2, env, (line) => void said.push(line))).toBe(python);
    expect(said).toEqual(["installing brian2 for Python 3.12.9; this takes minutes, once"]);
    expect(readFileSync(join(home, "calls"), "utf8").trim().split("\n")).toHaveLength(1);
    expect(readFileSync(join(home, "calls"), "utf8")).toContain(join("requirements", "brian2.txt"));
  });

  test("that pip cannot fill is removed, and the reason told without addresses", async () => {
    fakePython('echo "ERROR: No matching distribution found for brian2 at https://example.org/simple" >&2; exit 1');
    await expect(environmentOf(brian2, env, quiet)).rejects.toThrow(
      /brian2 cannot be installed: .*No matching distribution found for brian2 at …/,
    );
    expect(readdirSync(peersFolder(env))).toEqual([]);
  });

  test("that was left half made is made again", async () => {
    fakePython(":");
    const python = await environmentOf(brian2, env, quiet);
    const folder = dirname(dirname(python));
    rmSync(join(folder, "complete"));
    writeFileSync(join(folder, "rest"), "");
    expect(await environmentOf(brian2, env, quiet)).toBe(python);
    expect(existsSync(join(folder, "rest"))).toBe(false);
  });

  test("needs Python", async () => {
    await expect(findPython(["3.12"], { PATH: join(home, "bin"), HOME: home })).rejects.toThrow(/there is no python3/);
  });

  test("takes the version that is wanted most, and any where that is not there", async () => {
    fakePython(":");
    expect(await findPython(["3.13", "3.12"], env)).toEqual({ command: "python3", version: "3.12.9" });
    expect(await findPython(["3.9"], env)).toEqual({ command: "python3", version: "3.12.9" });
    const kept = join(home, ".pyenv", "versions", "3.13.1", "bin", "python3");
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, "#!/bin/sh\necho 3.13.1\n");
    chmodSync(kept, 0o755);
    expect(await findPython(["3.13", "3.12"], env)).toEqual({ command: kept, version: "3.13.1" });
  });
});

describe("peers", () => {
  test("have a list of pinned versions and a script that names their networks", () => {
    for (const { requirements, script, networks } of peers) {
      const lines = source(`requirements/${requirements.name}.txt`).trim().split("\n");
      for (const line of lines) expect(line).toMatch(/^[\w-]+==[\w.]+(; .+)?$/);
      for (const network of networks) expect(source(script)).toContain(`"${network}": ${network}`);
    }
  });

  test("read in their scripts every parameter of the networks that they take", () => {
    const all = [
      lif(1000),
      adex(1000),
      cuba(4000),
      coba(4000, "euler"),
      coba(4000, "exponentialEuler"),
      brunel(),
      izhikevich(),
      stdp(1),
    ];
    for (const peer of peers)
      for (const task of all.filter((each) => takes(peer, each)))
        for (const name of Object.keys(task.parameters))
          expect(source(peer.script) + source("stage.py"), `${peer.name}, ${task.id}`).toMatch(
            new RegExp(`\\.${name}\\b`),
          );
  });

  test("take networks that they have a script for, with the method that it has", () => {
    const names = (task: Parameters<typeof takes>[1]): readonly string[] =>
      peers.filter((peer) => takes(peer, task)).map(({ name }) => name);
    expect(names(izhikevich())).not.toContain("CoNeX");
    expect(names(lif(1000))).toContain("CoNeX");
    expect(names(lif(1_000_000))).not.toContain("CoNeX");
    expect(names(coba(4000, "euler"))).toContain("ANNarchy");
    expect(names(coba(4000, "exponentialEuler"))).not.toContain("ANNarchy");
  });
});
