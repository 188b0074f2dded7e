import { describe, expect, it } from "vitest";
import { tally } from "../evidence/tally.ts";
import { corpusOf, fuzz } from "./fuzz.ts";
import { targets } from "./targets/index.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const timeout = 300_000;

describe("whatever goes in, nothing breaks, hangs, or takes more memory than it may:", () => {
  it.each(targets.map(({ name }) => name))(
    "%s",
    async (name) => {
      const known = corpusOf(name).length;
      const { tried, wrong } = await fuzz(name, { seed: 7, inputs: known + 150 });
      tally("inputs tried", tried, wrong.length);
      expect(wrong.map((each) => `${JSON.stringify(new TextDecoder().decode(each.input))}: ${each.wrong}`)).toEqual([]);
      expect(known).toBeGreaterThan(0);
      expect(tried).toBeGreaterThanOrEqual(known + 150);
    },
    timeout,
  );
});

describe("the fuzzer", () => {
  const planted = { seed: 1, within: "/planted" };

  it(
    "finds a defect four blocks deep, by the blocks on the way to it, and the same one from the same seed",
    async () => {
      const found = async (): Promise<string[]> => {
        const { wrong } = await fuzz("planted", { ...planted, inputs: 3000, corpus: [] });
        return wrong.map(({ input, wrong: what }) => `${new TextDecoder().decode(input).slice(0, 4)} ${what.split("\n")[0]}`);
      };
      const first = await found();
      expect(first).toContain("abcd TypeError: four letters");
      expect(await found()).toEqual(first);
    },
    timeout,
  ); // prettier-ignore

  it.each([
    ["hangs", "ah!", "no answer after 3 s"],
    ["changes a prototype", "ap!", "a prototype of JavaScript has been changed"],
    ["takes all memory", "am!", "more than 768 MB are taken"],
  ])(
    "names the input that %s",
    async (what, input, wrong) => {
      const hangsAfter = what === "hangs" ? 3000 : 60_000;
      const report = await fuzz("planted", { ...planted, hangsAfter, inputs: 1, corpus: [bytes("a"), bytes(input)] });
      expect(report.wrong[0]).toMatchObject({ input: bytes(input), wrong });
    },
    timeout,
  );
});
