import { describe, expect, it } from "vitest";
import { createNetwork, defineBehavior } from "neuroweave";

const priority = 400;
const TakesY = defineBehavior({
  name: "takesY",
  priority,
  state: { x: { init: 1 } },
  step({ columns }) {
    columns.x.set(columns["y"]!);
  },
});
const TakesX = defineBehavior({
  name: "takesX",
  priority,
  state: { y: { init: 2 } },
  step({ columns }) {
    columns.y.set(columns["x"]!);
  },
});
const Sums = defineBehavior({ name: "sums", priority, state: { z: { init: 5 } }, equations: "z = x + y" });
const TakesZ = defineBehavior({
  name: "takesZ",
  priority,
  state: { q: { init: 0 } },
  step({ columns }) {
    columns.q.set(columns["z"]!);
  },
});

describe("host code and equations at one priority", () => {
  for (const device of ["reference", "wasm"] as const)
    it(`all read what was before the group, in whatever order they are listed (${device})`, async () => {
      for (const list of [
        [TakesY(), TakesX(), Sums(), TakesZ()],
        [TakesZ(), Sums(), TakesX(), TakesY()],
      ]) {
        const net = createNetwork({ dt: 1, seed: 1, device });
        const cells = net.population("cells", 3, list);
        const now = (): number[] => ["x", "y", "z", "q"].map((name) => cells.get(name as "x")[2]!);
        await net.step();
        expect(now()).toEqual([2, 1, 3, 5]);
        await net.step();
        expect(now()).toEqual([1, 2, 3, 3]);
      }
    });
});
