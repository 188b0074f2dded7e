import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAllocator } from "../../packages/engine/src/allocator.ts";

const page = 65536;
const memory = () => new WebAssembly.Memory({ initial: 1, maximum: 16 });

describe("memory that cannot be had", () => {
  it("is refused with the sum of all that is needed, and what there is can be taken still", () => {
    const { take, require } = createAllocator(memory(), 16);
    take(4 * page);
    for (const attempt of [() => take(13 * page), () => require(13 * page)])
      expect(attempt).toThrow(
        expect.objectContaining({ code: "out-of-memory", message: expect.stringContaining("2 MiB in all") as string }),
      );
    require(11 * page);
    for (let k = 0; k < 11; k++) take(page);
  });

  it("is had for what is given back, whatever was refused", () => {
    const { take, give, require } = createAllocator(memory(), 16);
    const first = take(8 * page);
    take(7 * page);
    expect(() => require(2 * page)).toThrow("in all");
    give(first, 8 * page);
    require(8 * page);
    expect(take(8 * page)).toBe(first);
  });

  it("is not taken by asking for it", () => {
    const { take, require } = createAllocator(memory(), 16);
    for (let k = 0; k < 50; k++) require(15 * page);
    take(15 * page);
  });
});

describe("pieces of memory", () => {
  it("never overlap and are zero, whatever is taken and given back", () => {
    const action = fc.record({ take: fc.boolean(), bytes: fc.integer({ min: 0, max: 3000 }), which: fc.nat() });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
        const wasm = memory();
        const { take, give } = createAllocator(wasm, 16);
        const taken: { address: number; bytes: number }[] = [];
        const bytesOf = ({ address, bytes }: (typeof taken)[number]) => new Uint8Array(wasm.buffer, address, bytes);
        for (const each of actions) {
          if (each.take) {
            const piece = { address: take(each.bytes), bytes: each.bytes };
            expect(bytesOf(piece).every((byte) => byte === 0)).toBe(true);
            bytesOf(piece).fill(1);
            taken.push(piece);
          } else if (taken.length > 0) {
            const [piece] = taken.splice(each.which % taken.length, 1);
            bytesOf(piece!).fill(2);
            give(piece!.address, piece!.bytes);
          }
          for (const piece of taken) expect(bytesOf(piece).every((byte) => byte === 1)).toBe(true);
        }
      }),
      { numRuns: 60, seed: 2 },
    );
  });
});
