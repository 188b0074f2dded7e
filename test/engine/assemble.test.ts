import { assemble } from "@neuroweave/engine";
import { describe, expect, it } from "vitest";

describe("text of WebAssembly", () => {
  it("becomes a module, as often as it is asked for", async () => {
    const text = '(module (func (export "half") (param f64) (result f64) (f64.mul (local.get 0) (f64.const 0.5))))';
    const [one, other] = [await assemble(text), await assemble(text)];
    expect(one).toEqual(other);
    const { instance } = await WebAssembly.instantiate(one);
    expect((instance.exports["half"] as (x: number) => number)(3)).toBe(1.5);
  });

  it.each([
    ["is cut off", "(module (func"],
    ["is none", "int x;"],
    ["calls what there is not", "(module (func (call $missing)))"],
    ["reads what there is not", "(module (func (drop (local.get 3))))"],
    ["adds what are no numbers of one type", "(module (func (drop (f64.add (i32.const 1) (f64.const 2)))))"],
  ])("that %s is a defect of ours, and the next text is not affected", async (_, text) => {
    await expect(assemble(text).then((bytes) => WebAssembly.compile(bytes))).rejects.toSatisfy(
      (error) => error instanceof WebAssembly.CompileError || (error as { code?: string }).code === "internal",
    );
    expect(WebAssembly.validate(await assemble("(module)"))).toBe(true);
  });

  it("that cannot be parsed has the parser's words for a cause", async () => {
    await expect(assemble("(module (func")).rejects.toMatchObject({
      code: "internal",
      message: expect.stringContaining("does not assemble"),
      cause: { message: expect.stringContaining("neuroweave.wat:1") },
    });
    await expect(assemble("(module (func (call $missing)))")).rejects.toMatchObject({
      code: "internal",
      cause: { message: expect.stringContaining("$missing") },
    });
  });
});
