import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differences } from "../../tools/api/differences.ts";

const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });

/** The largest number of lines that two lists share in order, by trying. */
function shared(a: readonly string[], b: readonly string[]): number {
  const [first, ...rest] = a;
  if (first === undefined) return 0;
  const at = b.indexOf(first);
  const without = shared(rest, b);
  return at < 0 ? without : Math.max(without, 1 + shared(rest, b.slice(at + 1)));
}

describe("the lines in which two texts differ", () => {
  it("are as few as can be, and turn the one's lines into the other's", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const changes = differences(before.join("\n"), after.join("\n"));
        const of = (sign: string) => changes.filter((line) => line.startsWith(sign)).map((line) => line.slice(2));
        const [a, b] = [before.join("\n").split("\n"), after.join("\n").split("\n")];
        const common = shared(a, b);
        expect(of("-")).toHaveLength(a.length - common);
        expect(of("+")).toHaveLength(b.length - common);
        expect([...of("-"), ...b].sort()).toEqual([...of("+"), ...a].sort());
      }),
    );
  });

  it("are none between a text and itself", () => {
    expect(differences("a\nb", "a\nb")).toEqual([]);
  });
});
