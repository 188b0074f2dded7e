import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createNetwork, defineBehavior, Phase } from "neuroweave";

interface Contest {
  readonly shape: readonly number[];
  readonly k: number;
  readonly dimension: number | undefined;
  readonly ties: boolean;
  /** Few different values, so that there are ties. */
  readonly values: readonly number[];
}

function groups(items: readonly number[], keyOf: (item: number) => number): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const item of items) found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), item]);
  return found;
}

/** Losers by sorting every line: candidates are those above 1. */
function losers({ shape, k, dimension, ties, values }: Contest): number[] {
  const length = dimension === undefined ? values.length : shape[dimension]!;
  const inner = dimension === undefined ? 1 : shape.slice(dimension + 1).reduce((product, each) => product * each, 1);
  const lost = values.map(() => 0);
  const lineOf = (i: number): number => Math.floor(i / (inner * length)) * inner + (i % inner);
  const lines = groups([...values.keys()], (i) => (dimension === undefined ? 0 : lineOf(i)));
  for (const line of lines.values()) {
    const candidates = line.filter((i) => values[i]! > 1).sort((a, b) => values[b]! - values[a]! || a - b);
    const last = values[candidates[k - 1] ?? candidates.at(-1)!]!;
    for (const [place, i] of candidates.entries()) if (place >= k && !(ties && values[i] === last)) lost[i] = 1;
  }
  return lost;
}

const contests: fc.Arbitrary<Contest> = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
    fc.integer({ min: 1, max: 30 }),
    fc.boolean(),
  )
  .chain(([shape, k, ties]) => {
    const n = shape.reduce((product, each) => product * each, 1);
    return fc.record({
      shape: fc.constant(shape),
      k: fc.constant(k),
      ties: fc.constant(ties),
      dimension: fc.option(fc.integer({ min: 0, max: shape.length - 1 }), { nil: undefined }),
      values: fc.array(fc.integer({ min: 0, max: 7 }), { minLength: n, maxLength: n }),
    });
  });

describe("a competition", () => {
  it.each(["wasm", "reference"] as const)("has the losers that sorting every line finds, on %s", async (device) => {
    await fc.assert(
      fc.asyncProperty(contests, async (contest) => {
        const { shape, k, dimension, ties, values } = contest;
        const contend = defineBehavior({
          name: "contend",
          priority: Phase.Competition,
          state: { x: { init: 0 }, lost: { init: 0 } },
          competition: { by: "x", among: "x > 1", k, dimension, ties },
          onLose: "lost = 1",
        });
        const net = createNetwork({ dt: 1, device });
        const cells = net.population("cells", shape, contend({ x: values }));
        await net.step();
        expect([...cells.get("lost")]).toEqual(losers(contest));
      }),
      { numRuns: 60, seed: 9 },
    );
  });
});
