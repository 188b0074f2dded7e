/** Files of people, as each version of Node finds and loads them; `.ci/run` gives this file to several versions. */
import { describe, expect, it } from "vitest";
import { folderWith, neuroweave } from "./command.ts";

const cell = `
import { defineBehavior, definePlugin } from "neuroweave";
export const Cell = defineBehavior({
  name: "cell", doc: "A leak.", source: "Own design.",
  parameters: { tau: { default: 5, unit: "ms", doc: "time constant" } },
  state: { v: { init: 5, unit: "mV", doc: "potential" } },
  equations: "tau * dv/dt = -v",
});
export const plugin = definePlugin({ name: "cell", version: "1.0.0", neuroweave: "^0.1.0", behaviors: { Cell } });
`;
const experiment = `
import { createNetwork } from "neuroweave";
import { Cell } from "./cell.ts";
const net = createNetwork({ dt: 0.5 });
net.population("cells", 3, [Cell()]);
await Promise.resolve();
export default net;
export const duration = 20;
`;
describe.each([
  ["no package.json", {}],
  ["one that says nothing of modules", { "package.json": "{}" }],
  ["one that says modules", { "package.json": '{ "type": "module" }' }],
])("where there is %s", (_, more) => {
  it("an experiment runs with what it imports, and a plugin by its path is found", async () => {
    const place = { cwd: folderWith({ "cell.ts": cell, "run.ts": experiment, ...more }) };
    const ran = await neuroweave(["run", "run.ts", "--duration", "20", "--json", "-q"], place);
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(ran.out)).toMatchObject({ status: "complete", steps: 40 });
    const listed = await neuroweave(["list", "--plugin", "./cell.ts", "--json"], place);
    expect(listed).toMatchObject({ code: 0, err: "" });
    expect(listed.out).toContain('"Cell"');
  });
});
