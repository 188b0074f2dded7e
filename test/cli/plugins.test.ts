import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { csvOf, spikeTable } from "@neuroweave/export";
import { catalogOf, createNetwork, formatNetworkFile, LIF, loadNetwork } from "neuroweave";
import { beforeAll, describe, expect, it } from "vitest";
import { plugin as slowCurrents, SlowCell } from "../../examples/plugins/slow-currents/src/index.ts";
import { folderWith, neuroweave } from "./command.ts";

const example = (name: string): string =>
  fileURLToPath(new URL(`../../examples/plugins/${name}`, import.meta.url)).replace(/[\\/]$/u, "");
const counting = join(example("counting-device"), "src", "index.ts");

/** A plugin with a current that stops the run at 30 ms where FAIL is set; that it was imported is written down. */
const push = (name: string, version = "1.0.0", part = "Push", range = "^0.1.0"): string => `
import { appendFileSync } from "node:fs";
import { defineBehavior, definePlugin } from "neuroweave";
appendFileSync("imported.txt", "${name}\\n");
export const ${part} = defineBehavior({
  name: "push",
  doc: "A current.",
  source: "Own design.",
  parameters: { size: { default: 5, doc: "current, in the unit of the input" } },
  state: { on: { init: 1, unit: "1", doc: "whether it flows" } },
  requires: ["I"],
  equations: "I += size * on",
  step({ columns, t }) {
    if (process.env.FAIL && t >= 30) throw new Error("no more");
    columns.on.fill(t % 20 < 15 ? 1 : 0);
  },
});
export const plugin = definePlugin({ name: "${name}", version: "${version}", neuroweave: "${range}", behaviors: { ${part} } });
`;
const experiment = `
import { createNetwork, ConstantCurrent, LIF } from "neuroweave";
export default ({ network }) => {
  const net = createNetwork({ dt: 0.5, ...network });
  net.population("cells", 4, [LIF({ R: 5 }), ConstantCurrent({ amplitude: 8 })]);
  return { network: net, duration: 40 };
};
`;
const slow = (() => {
  const net = createNetwork({ dt: 0.1, seed: 4, plugins: [slowCurrents] });
  net.population("cells", 5, SlowCell({ I: 800 }));
  return { ...net.toJSON(), run: { duration: 60 } };
})();
const pushed = (() => {
  const net = createNetwork({ dt: 0.5 });
  net.population("cells", 3, LIF({ R: 5 }));
  const file = net.toJSON();
  const [cells] = file.populations;
  const behaviors = [...cells!.behaviors, { use: "Push", values: { size: 8 } }];
  return { ...file, populations: [{ ...cells!, behaviors }], run: { duration: 60 } };
})();

const folder = folderWith({
  "slow.json": formatNetworkFile(slow),
  "pushed.json": formatNetworkFile(pushed),
  "listed.json": JSON.stringify({ ...pushed, plugins: ["push"] }),
  "plain.ts": experiment,
  "made.ts": experiment.replace("export default ({ network }) =>", "const make = ({ network }) =>") + "export default make({}).network;\n",
  "push.ts": push("push"),
  "push-again.ts": push("push"),
  "other.ts": push("other"),
  "second.ts": push("second", "0.2.0", "Second"),
  "later.ts": push("later", "1.0.0", "Later", "^99.0.0"),
  "upper.ts": push("upper", "1.0.0", "Upper").replace("const plugin", "const Plugin"),
  "handmade.ts": 'export const plugin = { name: "handmade" };\n',
  "throws.ts": "function make() {\n  throw new RangeError('a trouble of its own');\n}\nexport const plugin = make();\n",
  "needs.ts": 'import "not-there-at-all";\n',
  "torn.ts": "export const plugin = ;\n",
  "notes.txt": "",
}); // prettier-ignore
const place = { cwd: folder };
const text = (...path: string[]): string => readFileSync(join(folder, ...path), "utf8");
const imported = (): string => (existsSync(join(folder, "imported.txt")) ? text("imported.txt") : "");
const manifest = (name: string) =>
  JSON.parse(text(name, "manifest.json")) as { run: Record<string, unknown>; complete: boolean };

// Packages: one of the examples as a workspace installs it, and one in a scope.
mkdirSync(join(folder, "node_modules", "@lab", "push", "dist"), { recursive: true });
symlinkSync(example("slow-currents"), join(folder, "node_modules", "neuroweave-slow-currents"));
writeFileSync(
  join(folder, "node_modules", "@lab", "push", "package.json"),
  JSON.stringify({ name: "@lab/push", type: "module", exports: { import: "./dist/index.js" } }),
);
writeFileSync(join(folder, "node_modules", "@lab", "push", "dist", "index.js"), push("@lab/push"));

describe("a network file that uses plugins", () => {
  it("runs with those that are named, on a device of one of them, as it does in a program; the manifest says which", async () => {
    const named = ["--plugin", "neuroweave-slow-currents", "--plugin", counting];
    const args = ["run", "slow.json", ...named, "--device", "counting", "--out", "slow", "--json"];
    const { code, out } = await neuroweave(args, place);
    expect(code).toBe(0);
    const plugins = ["neuroweave-slow-currents", "neuroweave-counting-device"].map((name) => ({ name, version: "0.1.0" })); // prettier-ignore
    expect(JSON.parse(out)).toMatchObject({ device: "counting", plugins });
    const net = loadNetwork(slow, { plugins: [slowCurrents] });
    await net.run(60);
    const cells = net.find("cells");
    expect(cells.spikes().ids.length).toBeGreaterThan(10);
    expect(text("slow", "spikes.csv")).toBe(csvOf(spikeTable([{ name: "cells", n: 5, ...cells.spikes() }])));
    expect(manifest("slow")).toMatchObject({ complete: true, run: { plugins, device: "counting" } });
    expect(manifest("slow").run["arguments"]).toEqual([]);
  });

  it("imports nothing that the command line does not name, and says how to name it", async () => {
    const [unnamed, listed, device, connector] = await Promise.all([
      neuroweave(["run", "pushed.json"], place),
      neuroweave(["explain", "listed.json"], place),
      neuroweave(["run", "pushed.json", "--plugin", "@lab/push", "--device", "counting"], place),
      neuroweave(["convert", "pushed.json", "never.ts"], place),
    ]);
    expect(unnamed).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/no behavior or\s+model Push[^]*--plugin NAME/u) as string });
    expect(listed).toMatchObject({ code: 1, out: "", err: expect.stringContaining("plugins") as string });
    expect(device).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/no device counting[^]*--plugin NAME/u) as string });
    expect(connector).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/--plugin NAME/u) as string });
    // One of the four has named it: the trace can be left.
    expect(imported()).toBe("@lab/push\n");
  }); // prettier-ignore

  it("becomes TypeScript that imports them, and comes back the same", async () => {
    const args = ["--plugin", "neuroweave-slow-currents"];
    expect(await neuroweave(["convert", "slow.json", "slow.ts", ...args], place)).toMatchObject({ code: 0, err: "" });
    expect(text("slow.ts")).toContain('import { SlowCell, plugin } from "neuroweave-slow-currents";');
    expect(await neuroweave(["convert", "slow.ts", "again.json"], place)).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(text("again.json"))).toEqual(slow);
    mkdirSync(join(folder, "below"));
    const named = ["--plugin", "./push.ts", "--plugin", "./second.ts"];
    expect(await neuroweave(["convert", "pushed.json", "below/pushed.ts", ...named], place)).toMatchObject({ code: 0 });
    expect(text("below", "pushed.ts")).toContain('import { Push, plugin } from "../push.ts";');
    expect(text("below", "pushed.ts")).not.toContain("second");
    expect(await neuroweave(["convert", "below/pushed.ts", "pushed-again.json"], place)).toMatchObject({ code: 0 });
    expect(JSON.parse(text("pushed-again.json"))).toEqual(pushed);
  });
});

describe("an experiment", () => {
  it("runs on the device of a plugin that is named, and is refused where it cannot take one", async () => {
    const [counted, made] = await Promise.all([
      neuroweave(["run", "plain.ts", "--plugin", counting, "--device", "counting", "--json"], place),
      neuroweave(["run", "made.ts", "--plugin", counting], place),
    ]);
    expect(counted.code).toBe(0);
    const there = await neuroweave(["run", "plain.ts", "--json"], place);
    const { populations } = JSON.parse(there.out) as { readonly populations: readonly { readonly spikes: number }[] };
    expect(populations[0]!.spikes).toBeGreaterThan(0);
    expect(JSON.parse(counted.out)).toMatchObject({ device: "counting", populations });
    expect(made).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/--plugin would do\s+nothing/u) as string }); // prettier-ignore
  });
});

describe("neuroweave list", () => {
  it("shows what the plugins bring that are named", async () => {
    const named = ["--plugin", "neuroweave-slow-currents"];
    const [all, one, without] = await Promise.all([
      neuroweave(["list", ...named, "--json"], place),
      neuroweave(["list", "MCurrent", ...named], place),
      neuroweave(["list", "MCurrent"], place),
    ]);
    const catalog = JSON.parse(JSON.stringify(catalogOf([slowCurrents]))) as object;
    const { name, version, doc } = slowCurrents;
    const parts = { behaviors: ["Afterhyperpolarization", "MCurrent"], models: ["SlowCell"], connectors: [], devices: [] }; // prettier-ignore
    expect(JSON.parse(all.out)).toEqual({ command: "list", ...catalog, plugins: [{ name, version, doc, ...parts }] });
    expect(one.out).toContain("Plugin: neuroweave-slow-currents 0.1.0");
    expect(one.out).toContain("steepness of the opening");
    expect(without).toMatchObject({ code: 2, out: "" });
  });
});

describe("a plugin is refused with 2", () => {
  it.each<readonly [what: string, names: readonly string[], told: RegExp]>([
    ["that is not installed", ["neuroweave-slow-curents"], /no such package[^]*Did you mean neuroweave-slow-currents\?/u],
    ["whose path has no dot before it", ["push.ts"], /no such package[^]*Did you mean \.\/push\.ts/u],
    ["that is at no such path", ["./pusj.ts"], /no file \.\/pusj\.ts[^]*Did you mean push\.ts/u],
    ["that is no module", ["./notes.txt"], /is no module[^]*\.mjs/u],
    ["that is an address", ["data:text/javascript,export{}"], /neither\s+the\s+name\s+of\s+a\s+package\s+nor\s+a\s+path/u],
    ["that throws while it is loaded", ["./throws.ts"], /cannot be loaded: a trouble of its\s+own[^]*make \(throws\.ts:2:9\)/u],
    ["that needs what is not there", ["./needs.ts"], /cannot be loaded[^]*not-there-at-all/u],
    ["that cannot be read", ["./torn.ts"], /cannot be read as TypeScript/u],
    ["that is exported by another name", ["./upper.ts"], /exports no `plugin`[^]*It exports one as Plugin/u],
    ["that definePlugin has not made", ["./handmade.ts"], /has not\s+made[^]*definePlugin\(/u],
    ["that was made for other versions", ["./later.ts"], /later: it was made for\s+neuroweave\s+\^99\.0\.0/u],
    ["that is there twice", ["./push.ts", "./push-again.ts"], /both\s+plugin\s+push/u],
    ["that has a name of another", ["./push.ts", "./other.ts"], /push and other both\s+have\s+Push/u],
  ])("%s", async (_, names, told) => {
    const { code, out, err } = await neuroweave(["list", ...names.map((each) => `--plugin=${each}`)], place);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(told);
  }); // prettier-ignore
});

describe("a run with a plugin that is resumed", () => {
  const resume = (...names: string[]) =>
    neuroweave(["run", "pushed.json", "--resume", "parts", ...names.map((each) => `--plugin=${each}`), "-q"], place);

  beforeAll(async () => {
    const args = ["pushed.json", "--plugin", "./push.ts", "--checkpoint", "10", "-q"];
    const [whole, parts] = await Promise.all([
      neuroweave(["run", ...args, "--out", "whole"], place),
      neuroweave(["run", ...args, "--out", "parts"], { cwd: folder, env: { FAIL: "1" } }),
    ]);
    expect([whole.code, parts.code]).toEqual([0, 1]);
    expect(manifest("parts")).toMatchObject({
      complete: false,
      run: { plugins: [{ name: "push", version: "1.0.0" }] },
    });
  });

  it("is refused without the same plugins, and says what differs", async () => {
    writeFileSync(join(folder, "newer.ts"), push("push", "1.1.0"));
    const [none, newer, more] = await Promise.all([resume(), resume("./newer.ts"), resume("./push.ts", "./second.ts")]);
    expect(none).toMatchObject({ code: 2, err: expect.stringMatching(/it had push 1\.0\.0,\s+which\s+is\s+not\s+named/u) as string });
    expect(newer).toMatchObject({ code: 2, err: expect.stringMatching(/it\s+had push 1\.0\.0,\s+and\s+this\s+is\s+push\s+1\.1\.0/u) as string });
    expect(more).toMatchObject({ code: 2, err: expect.stringMatching(/it\s+did\s+not\s+have\s+second\s+0\.2\.0/u) as string });
    for (const { err } of [none, newer, more]) expect(err).toContain("not-resumable");
  }); // prettier-ignore

  it("imports none that a manifest names, and ends with the bytes of a run that was not stopped", async () => {
    const before = text("parts", "manifest.json");
    const forged = JSON.parse(before) as { run: { arguments: string[]; plugins: unknown } };
    forged.run.arguments.push("--plugin=./second.ts");
    writeFileSync(join(folder, "parts", "manifest.json"), JSON.stringify(forged));
    rmSync(join(folder, "imported.txt"));
    expect(await resume()).toMatchObject({ code: 2 });
    expect(imported()).toBe("");
    writeFileSync(join(folder, "parts", "manifest.json"), before);
    expect(await resume("./push.ts")).toMatchObject({ code: 0 });
    expect(imported()).toBe("push\n");
    expect(text("parts", "spikes.csv")).toBe(text("whole", "spikes.csv"));
    expect(text("parts", "spikes.csv").split("\n").length).toBeGreaterThan(10);
    expect(manifest("parts").run["plugins"]).toEqual(manifest("whole").run["plugins"]);
  });
});
