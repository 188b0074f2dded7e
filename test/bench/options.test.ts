import { NeuroweaveError } from "neuroweave";
import { describe, expect, test } from "vitest";
import { readOptions, sectionNames, usage } from "../../packages/bench/src/options.ts";

const refusal = (...args: string[]): NeuroweaveError => {
  try {
    readOptions(args);
  } catch (error) {
    if (error instanceof NeuroweaveError) return error;
    throw error;
  }
  throw new Error(`${args.join(" ")} was accepted`);
};

describe("options of the benchmarks", () => {
  test("without any, every section runs in full and nothing is written", () => {
    expect(readOptions([])).toEqual({
      quick: false,
      peers: false,
      only: sectionNames,
      json: undefined,
      markdown: undefined,
      plots: undefined,
      help: false,
    });
  });

  test("files are given after a blank or an equals sign", () => {
    const options = readOptions(["--json", "a.json", "--markdown=b.md", "--quick"]);
    expect(options).toMatchObject({ json: "a.json", markdown: "b.md", quick: true });
  });

  test("sections run in their own order, whatever the order of the options", () => {
    expect(readOptions(["--only", "cold", "--only", "large", "--only=cold"]).only).toEqual(["large", "cold"]);
    const networks = ["build", "silence", "linear", "memory", "brunel", "networks"];
    expect(readOptions(networks.map((name) => `--only=${name}`)).only).toEqual(networks.toReversed());
  });

  test("other simulators take part, and figures are drawn, where that is asked for", () => {
    expect(readOptions(["--peers", "--plots", "figures"])).toMatchObject({ peers: true, plots: "figures" });
    expect(refusal("--peer").candidates).toContain("--peers");
    expect(refusal("--only", "device").candidates).toEqual(["devices"]);
  });

  test("the separator that package managers hand on means nothing", () => {
    expect(readOptions(["--", "--quick"])).toEqual(readOptions(["--quick"]));
  });

  test("a misspelt option is refused with the nearest", () => {
    expect(refusal("--jsno", "a.json")).toMatchObject({ code: "unknown-name", candidates: ["--json"] });
    expect(refusal("--markdwon=a.md").candidates).toContain("--markdown");
  });

  test("a misspelt section is refused with the nearest", () => {
    expect(refusal("--only", "compsed")).toMatchObject({ code: "unknown-name", candidates: ["composed"] });
    expect(refusal("--only", "network")).toMatchObject({ code: "unknown-name", candidates: ["networks"] });
  });

  test.each([
    [["--json"]],
    [["--json", "--quick"]],
    [["--json="]],
    [["--quick=yes"]],
    [["large"]],
    [["--", "--quick", "x"]],
  ])("%j is refused with a remedy", (args) => {
    const error = refusal(...args);
    expect(error.code).toBe("invalid-value");
    expect(error.remedy).toMatch(/--|alone/);
  });

  test("the help names every option that is accepted", () => {
    const named = [...usage.matchAll(/--(\w+)/g)].map(([, name]) => name);
    expect(named).toEqual(["only", "json", "markdown", "plots", "peers", "quick", "help"]);
    expect(readOptions(["--help"]).help).toBe(true);
  });
});
