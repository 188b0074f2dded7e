import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exitCodes } from "@neuroweave/cli";
import { readCsv } from "@neuroweave/export";
import { nearest } from "@neuroweave/equations";
import fc from "fast-check";
import { ConstantCurrent, createNetwork, LIF } from "neuroweave";
import { describe, expect, it } from "vitest";
import { commands } from "../../packages/cli/src/command-line/commands.ts";
import { everywhere } from "../../packages/cli/src/command-line/command.ts";
import { parseArguments } from "../../packages/cli/src/command-line/parse.ts";
import { Failure } from "../../packages/cli/src/failure.ts";
import { scaffoldName } from "../../packages/cli/src/scaffold/names.ts";
import { folderWith, bin, neuroweave, start } from "./command.ts";

const cells = `
import { createNetwork, LIF, ConstantCurrent, type ExperimentFileOptions } from "neuroweave";
export default ({ network }: ExperimentFileOptions) => {
  const net = createNetwork({ dt: 0.1, ...network });
  net.population("cells", 40, [LIF({ R: 5 }), ConstantCurrent({ amplitude: 8 })]);
  return { network: net, duration: 200 };
};
`;
const broken = `import { createNetwork, LIF } from "neuroweave";
export default () => make();
function make() {
  throw new RangeError("a trouble of its own");
}
`;
const failing = cells.replace(
  "return {",
  "net.every(50, () => { if (net.t === 100) throw new Error('no more'); });\n  return {",
);
const ours = cells
  .replace("LIF,", "LIF, defineDevice, definePlugin, standardPlugin,")
  .replace("...network", "...network, plugins: [plugin]")
  .replace(
    "export default",
    `const { start } = standardPlugin.devices.get("reference")!;
const device = defineDevice({ name: "ours", doc: "A twin.", source: "Own design.", start });
const plugin = definePlugin({ name: "ours", version: "1.0.0", neuroweave: "^0.1.0", devices: { ours: device } });
export default`,
  );
const data = JSON.stringify(createNetwork({ dt: 0.1 }).toJSON());
const folder = folderWith({
  "ours.ts": ours,
  "network.json": data,
  "cells.ts": cells,
  "broken.ts": broken,
  "failing.ts": failing,
  "never.ts": "export default () => new Promise(() => {});",
  "in-the-way": "",
});
const place = { cwd: folder };

/** The spikes of the experiment, made here. */
async function cellsUntil(t: number) {
  const net = createNetwork({ dt: 0.1 });
  const population = net.population("cells", 40, [LIF({ R: 5 }), ConstantCurrent({ amplitude: 8 })]);
  await net.run(t);
  return population.spikes();
}

function failureOf(action: () => unknown): Failure {
  try {
    action();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("arguments", () => {
  it("are refused where a command does not know an option, with the nearest names", () => {
    const names = fc.stringMatching(/^[a-z][a-z-]{0,11}$/u);
    fc.assert(
      fc.property(fc.constantFrom(...commands), names, (command, name) => {
        const known = [...Object.keys(command.options), ...Object.keys(everywhere)];
        fc.pre(!known.includes(name));
        const { exitCode, message } = failureOf(() => parseArguments(command, ["FILE", `--${name}`]));
        expect(exitCode).toBe(exitCodes.usage);
        for (const each of nearest(name, known)) expect(message).toContain(`--${each}`);
      }),
    );
  });

  it("are read in either spelling and any order, and repeated options are lists", () => {
    const run = commands.find(({ name }) => name === "run")!;
    const text = fc.stringMatching(/^[a-z0-9.=@-]{1,12}$/u).filter((each) => !each.startsWith("-"));
    const one = fc.record({ seed: text, out: text, dt: fc.double({ min: 1e-3, max: 10, noNaN: true }), set: fc.array(text) });
    fc.assert(
      fc.property(one, fc.boolean(), fc.boolean(), ({ seed, out, dt, set }, inline, last) => {
        const pairs = [["seed", seed], ["out", out], ["dt", String(dt)], ...set.map((each) => ["set", each])] as [string, string][];
        const given = pairs.flatMap(([name, value]) => (inline ? [`--${name}=${value}`] : [`--${name}`, value]));
        const { options, operands } = parseArguments(run, last ? [...given, "FILE"] : ["FILE", ...given]);
        expect(operands).toEqual(["FILE"]);
        expect(options).toMatchObject({ seed, out, dt, set, quiet: false, duration: undefined });
      }),
    );
  }); // prettier-ignore

  it.each([
    [["FILE", "--dt", "fast"], "--dt is fast, which is no number"],
    [["FILE", "--seed"], "--seed has no value"],
    [["FILE", "--out", "--json"], "--out has no value"],
    [["FILE", "--seed", "1", "--seed", "2"], "--seed is given twice"],
    [["FILE", "--quiet=yes"], "--quiet takes no value"],
    [["FILE", "OTHER"], "OTHER is more than neuroweave run takes"],
    [[], "neuroweave run needs FILE"],
  ])("%j are refused: %s", (args, what) => {
    const run = commands.find(({ name }) => name === "run")!;
    expect(failureOf(() => parseArguments(run, args))).toMatchObject({ exitCode: 2, message: expect.stringContaining(what) as string }); // prettier-ignore
  });
});

describe("names of scaffolds", () => {
  it.each(["Slow", "slow_potassium", "-slow", "1st", "exp", "class", "../", "a--b", "constructor"])("%s is refused", (name) => {
    expect(failureOf(() => scaffoldName(name)).exitCode).toBe(2);
  }); // prettier-ignore

  it("that are proposed instead are taken", () => {
    const { message } = failureOf(() => scaffoldName("Slow Potassium_2"));
    expect(message).toContain("slow-potassium-2");
    expect(scaffoldName("slow-potassium-2")).toEqual({ kebab: "slow-potassium-2", camel: "slowPotassium2", pascal: "SlowPotassium2" }); // prettier-ignore
  });
});

describe("a process ends", () => {
  it("with 2 and the nearest names for a command or a file that is not there", async () => {
    const [command, file] = await Promise.all([neuroweave(["rnu", "cells.ts"], place), neuroweave(["run", "cell.ts"], place)]); // prettier-ignore
    expect(command).toMatchObject({ code: 2, out: "", err: expect.stringContaining("Did you mean run?") as string });
    expect(file).toMatchObject({ code: 2, out: "", err: expect.stringContaining("Did you mean cells.ts?") as string });
    expect(command.err + file.err).not.toMatch(/\n\s+at /u);
  });

  it("with 2 for a device that neither the library nor a plugin of the file has, and runs on one that it has", async () => {
    const [experiment, data, own] = await Promise.all([
      neuroweave(["run", "cells.ts", "--device", "wsam"], place),
      neuroweave(["run", "network.json", "--device", "ours"], place),
      neuroweave(["run", "ours.ts", "--device", "ours", "--json", "-q"], place),
    ]);
    expect(experiment).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/there is no device wsam[^]*wasm/) as string });
    expect(data).toMatchObject({ code: 2, out: "", err: expect.stringContaining("there is no device ours") as string });
    expect(own).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(own.out)).toMatchObject({ device: "ours" });
  }); // prettier-ignore

  it("with 1 for an error in the file, and shows where it was thrown", async () => {
    const { code, out, err } = await neuroweave(["run", "broken.ts"], place);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err.split("\n")).toEqual([
      "Error [host-threw]: RangeError: a trouble of its own",
      "    at make (broken.ts:4:9)",
      "    at default (broken.ts:2:22)",
      "",
    ]);
    const told = await neuroweave(["run", "broken.ts", "--json"], place);
    expect(JSON.parse(told.out)).toEqual({
      error: { code: "host-threw", what: "RangeError: a trouble of its own", place: {}, stack: ["make (broken.ts:4:9)", "default (broken.ts:2:22)"] },
      exitCode: 1,
    });
  }); // prettier-ignore

  it("with 1 where the run fails, and what there was until then is written", async () => {
    const { code, err } = await neuroweave(["run", "failing.ts", "--out", "failed"], place);
    expect(code).toBe(1);
    expect(err).toMatch(/no more\n +at .*failing\.ts:6:/u);
    const { times } = await cellsUntil(100);
    const read = readCsv(readFileSync(join(folder, "failed", "spikes.csv"))).columns.find(
      ({ name }) => name === "time",
    );
    expect([...(read!.values as Float64Array)]).toEqual([...times]);
    expect(JSON.parse(readFileSync(join(folder, "failed", "manifest.json"), "utf8"))).toMatchObject({
      complete: false,
    });
  });

  it.each([
    ["Infinity", "not-finite", "the duration is Infinity"],
    ["1e300", "out-of-range", "the duration of 1e+300 ms is too many steps"],
  ])("with 1 for an experiment that is to run for %s ms, in whose folder nothing is written", async (duration, code, what) => {
    writeFileSync(join(folder, "long.ts"), cells.replace("duration: 200", `duration: ${duration}`));
    const ended = await neuroweave(["run", "long.ts", "--out", "long", "--json", "-q"], place);
    expect({ code: ended.code, document: JSON.parse(ended.out) as object }).toMatchObject({
      code: 1,
      document: { error: { code, what: expect.stringContaining(what) as string } },
    });
    expect(readdirSync(join(folder, "long"))).toEqual([]);
  }); // prettier-ignore

  it("with 1 where the file waits for something that never comes", async () => {
    const { code, out } = await neuroweave(["run", "never.ts", "--json"], place);
    expect({ code, document: JSON.parse(out) as object }).toMatchObject({
      code: 1,
      document: { error: { what: "the file waits for something that never comes" } },
    });
  });

  it("with 3 before the run where the folder cannot be written", async () => {
    const { code, out, err } = await neuroweave(["run", "broken.ts", "--out", "in-the-way"], place);
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toMatch(/^Error \[cannot-write\]/u);
    expect(err).toContain("in-the-way");
    expect(err).not.toContain("trouble");
  });

  it("with 3 where the disk is full during the run, and what was written stays readable", async () => {
    // A limit of 64 KiB per file: the spikes fit, the voltages do not.
    const command = `ulimit -f 64; exec "$0" "$1" run cells.ts --record cells.v --out full --json`;
    const { code, out } = await start("bash", ["-c", command, process.execPath, bin], place).ended;
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ error: { code: "cannot-write" }, exitCode: 3 });
    expect(readCsv(readFileSync(join(folder, "full", "spikes.csv"))).columns[0]!.values.length).toBeGreaterThan(0);
    expect(existsSync(join(folder, "full", "cells.v.csv"))).toBe(false);
    const manifest = JSON.parse(readFileSync(join(folder, "full", "manifest.json"), "utf8")) as { readonly files: { readonly name: string }[] }; // prettier-ignore
    expect(manifest).toMatchObject({ complete: false, files: [{ name: "spikes.csv" }] });
    const again = await neuroweave(["run", "cells.ts", "--out", "full"], place);
    expect(again).toMatchObject({ code: 3, err: expect.stringContaining("--overwrite") as string });
  });
});
