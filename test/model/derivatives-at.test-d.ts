import { AdEx, createNetwork, phaseField } from "neuroweave";
import { describe, expectTypeOf, it } from "vitest";

const cells = createNetwork({ dt: 0.1 }).population("cells", 1, [AdEx()]);

describe("the types of slopes at given states", () => {
  it("know the variables and parameters of the population, and refuse others", () => {
    expectTypeOf(cells.derivatives({ at: { v: [-70], w: [0], gL: [10] } }).v).toEqualTypeOf<Float64Array>();
    // @ts-expect-error there is no vv
    cells.derivatives({ at: { vv: [-70] } });
    phaseField(cells, { x: { name: "v", from: -80, to: -40 }, y: { name: "w", from: 0, to: 100 } });
    // @ts-expect-error there is no u
    phaseField(cells, { x: { name: "v", from: -80, to: -40 }, y: { name: "u", from: 0, to: 100 } });
  });
});
