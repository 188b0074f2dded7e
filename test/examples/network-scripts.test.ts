import { describe, expect, it } from "vitest";
import { createNetwork, LIF } from "neuroweave";
import { showNetwork, type NetworkScript } from "../../examples/networks/network-script.ts";
import { common, readOptions } from "../../examples/networks/script-options.ts";

const options = {
  ...common,
  scale: { default: 1, min: 0.1, max: 10, doc: "size" },
} as const;

describe("the numbers that a network's script takes", () => {
  it("are read with their defaults", () => {
    expect(readOptions([], options)).toEqual({ seed: 1, scale: 1 });
    expect(readOptions(["--scale", "0.5", "--seed=7"], options)).toEqual({ seed: 7, scale: 0.5 });
  });

  it.each([
    [["--scal", "3"], "scal"],
    [["--scale", "x"], "--scale is x"],
    [["--scale", ""], "--scale is"],
    [["--scale", "0.01"], "--scale is 0.01"],
    [["--scale", "11"], "--scale is 11"],
    [["--seed", "1.5"], "--seed is 1.5"],
    [["--seed", "Infinity"], "--seed is Infinity"],
    [["3"], "3"],
  ])("%j are refused, with a cure", (args, text) => {
    expect(() => readOptions(args, options)).toThrow(text);
    expect(() => readOptions(args, options)).toThrow(/Give a|--help/);
  });

  it("are listed on demand, and nothing runs", () => {
    expect(readOptions(["--help"], options)).toBeNull();
    expect(readOptions(["-h", "--seed", "2"], options)).toBeNull();
  });
});

/** What a script writes to a stream of so many columns. */
async function written(
  columns: number,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  isTTY = false,
): Promise<string> {
  let text = "";
  const stream = { columns, isTTY, write: (piece: string) => ((text += piece), true) };
  const script: NetworkScript<typeof options> = {
    name: "some",
    about: "Some network.",
    options,
    async show({ scale }, screen) {
      const net = createNetwork({ dt: 1 });
      const cells = net.population("cells", 4, LIF({ I: 20, R: 1 }));
      screen.heading("Some network");
      screen.say("A sentence that is longer than a narrow terminal has columns, and is broken into lines.");
      await screen.run(net, 100 * scale);
      screen.raster({ ...cells.spikes(), n: 4 }, { title: "all", from: 0, to: 100 });
      screen.curve("rate", [1, 2, 3, 2]);
      screen.table([
        {
          what: "rate",
          measured: "71.2 Hz",
          expected: "70 Hz, says somebody in a paper with a long title and many authors",
        },
        { what: "size", measured: "4" },
      ]);
    },
  };
  await showNetwork(script, args, stream as never, env);
  return text;
}

describe("what a network's script shows", () => {
  const utf8 = { LANG: "en_US.UTF-8" };

  it.each([40, 60, 80, 200])("fits into %d columns", async (columns) => {
    const text = await written(columns, [], utf8);
    for (const line of text.split("\n")) expect([...line].length).toBeLessThanOrEqual(columns);
    expect(text.replace(/\s+/g, " ")).toContain("70 Hz, says somebody in a paper with a long title");
    expect(text).toContain("71.2 Hz");
  });

  it("is colored on terminals only, and not where NO_COLOR is set", async () => {
    expect(await written(80, [], utf8, true)).toContain("\u001B[");
    expect(await written(80, [], { ...utf8, NO_COLOR: "1" }, true)).not.toContain("\u001B[3");
    expect(await written(80, [], utf8)).not.toContain("\u001B");
  });

  it("is ASCII where nothing else can be shown", async () => {
    expect(await written(80, [], { LANG: "C" })).toMatch(/^[\n -~]*$/);
  });

  it("is the usage, where that is asked for", async () => {
    const text = await written(80, ["--help"], utf8);
    expect(text).toContain("npx tsx examples/networks/some.ts");
    expect(text).toContain("--scale NUMBER");
    expect(text).not.toContain("71.2 Hz");
  });
});
