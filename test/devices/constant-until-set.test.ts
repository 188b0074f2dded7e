import { createNetwork, defineBehavior, type Network, type Population } from "neuroweave";
import { describe, expect, it } from "vitest";
import { models, type DeviceModel } from "./models.ts";
import { wasm } from "./places.ts";
import { build, expectSameBits } from "./twins.ts";

/** Parameters and constant terms of inputs that the compiler may fold. */
const constantsOf = (net: Network): readonly string[] =>
  net
    .explain()
    .populations[0]!.parameters.filter(({ form }) => form === "constant")
    .map(({ name }) => name);

type Loose = Population & { set(values: Record<string, unknown>): void; get(name: string): Float64Array };

/** Sets every constant to the value that it has: one for all, or one for each neuron. */
function setAll(net: Network, spread: boolean): void {
  const population = net.populations[0]! as unknown as Loose;
  for (const name of constantsOf(net)) {
    const values = population.get(name);
    population.set({ [name]: spread ? values : values[0]! });
  }
}

const exactZero: DeviceModel = {
  name: "an exact pair whose coupling is zero, from negative zero",
  make: () => {
    const pair = defineBehavior({
      name: "pair",
      parameters: { a: { default: 0 }, k: { default: 1 } },
      state: { x: { init: -0 }, y: { init: 2 }, inverse: { init: 0 } },
      equations: `
        dx/dt = a * y - k * x
        dy/dt = a * x - y
      `,
    });
    const sign = defineBehavior({
      name: "sign",
      priority: 400,
      equations: "inverse = max(-1, min(1, 1 / x))",
    });
    return [pair(), sign({})] as never;
  },
  method: "exact",
};

const noiseWithoutSlope: DeviceModel = {
  name: "noise whose coefficient has no slope",
  make: () => [
    defineBehavior({
      name: "walk",
      parameters: { s: { default: 0 }, m: { default: 0.5 } },
      state: { x: { init: 1 } },
      equations: "dx/dt = -x + (m + s * x) * xi",
    })(),
  ],
  method: "milstein",
};

describe.each([...models, exactZero, noiseWithoutSlope])("$name", (model) => {
  it("has the same bits with its parameters as constants, in a cell, and in a column", async () => {
    for (const precision of ["f64", "f32"] as const) {
      const constant = build(model, wasm, precision, [3]);
      const [cell, column] = [false, true].map((spread) => {
        const twin = build(model, wasm, precision, [3]);
        setAll(twin, spread);
        expect(constantsOf(twin)).toEqual([]);
        return twin;
      });
      for (const steps of [1, 1, 20]) {
        for (const net of [constant, cell!, column!]) await net.step(steps);
        expectSameBits(cell!, constant, ", in a cell");
        expectSameBits(column!, constant, ", in a column");
      }
      setAll(constant, false);
      for (const net of [constant, cell!]) await net.step(10);
      expectSameBits(constant, cell!, ", set on the way");
    }
  });
});

describe("a parameter", () => {
  it("is folded until it is set, and read from memory from then on", () => {
    const leak = defineBehavior({
      name: "leak",
      parameters: { rate: { default: 0.1875 } },
      state: { x: { init: 1 } },
      equations: "dx/dt = -rate * x",
    });
    const net = createNetwork({ dt: 1 });
    const cells = net.population("cells", 2, leak());
    const codes = [net.explain({ code: true }).code!];
    for (const rate of [0.1875, 0.3125]) {
      cells.set({ rate });
      codes.push(net.explain({ code: true }).code!);
    }
    expect(codes[0]).toContain("0.1875");
    expect(codes[1]).not.toContain("0.1875");
    expect(codes[2]).toBe(codes[1]);
  });
});
