import {
  AdEx,
  createNetwork,
  defineBehavior,
  Izhikevich,
  NoisyCurrent,
  Phase,
  QIFMeanField,
  TimedCurrent,
} from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectCure, refusal, visible } from "./refusals.ts";
import { Drive } from "./tiny-behaviors.ts";

const Membrane = defineBehavior({
  name: "membrane",
  parameters: { C: { default: 200 }, gL: { default: 10, min: 0 }, E: { default: -70 } },
  state: { v: { init: -70 }, w: { init: 0 } },
  inputs: { I: { default: 3 } },
  equations: `
    let leak = gL * (E - v)
    C * dv/dt = leak + 2 * exp((v + 50) / 2) + I - w + i
    dw/dt = (4 * (v - E) - w) / 150 + 0.001 * delayed(v, 2) + n
  `,
});
const Conductance = defineBehavior({
  name: "conductance",
  scope: "instance",
  state: { g: { init: 0.5 } },
  equations: "5 * dg/dt = -g\n I += g * (0 - v)\n dv/dt += 0.25 * xi",
});
const Shaky = defineBehavior({
  name: "shaky",
  parameters: { omega: { default: 1 } },
  priority: Phase.Input,
  equations: "I += 5 * normal(0, 1) + poisson(3) + sin(omega * t) + 2 * uniform(0, 1)",
});

const woven = (precision: "f64" | "f32" = "f64") => {
  const net = createNetwork({ dt: 0.5, seed: 3, precision });
  const table = { values: Array.from({ length: 9 }, (_, k) => [k, 2 * k, 3 * k, 4 * k, 5 * k]), every: 1 };
  const p = net.population(
    "p",
    5,
    [Membrane(), Conductance(), Drive({ amplitude: [1, 2, 3, 4, 5] }), Shaky(), TimedCurrent(table)],
    { method: "eulerMaruyama" },
  );
  return { net, p };
};
const numbers = (min: number, max: number, length: number) =>
  fc.array(fc.double({ min, max, noNaN: true }), { minLength: length, maxLength: length });

describe("derivatives({ at })", () => {
  it.each(["f64", "f32"] as const)(
    "has the bits of derivatives() after that state has been set, with draws, tables, inputs and the past, in %s",
    async (precision) => {
      for (const steps of [0, 1, 7]) {
        const { net, p } = woven(precision);
        await net.step(steps);
        fc.assert(
          fc.property(
            fc
              .integer({ min: 1, max: 9 })
              .chain((m) => fc.tuple(numbers(-90, -30, m), numbers(-9, 9, m), numbers(0, 9, m))),
            fc.nat(4),
            fc.boolean(),
            ([v, g, I], neuron, withInput) => {
              const before = visible(net);
              const at = { v, "conductance.g": g, ...(withInput ? { I } : {}) };
              const asked = p.derivatives({ at, neuron }) as Record<string, Float64Array>;
              expect(visible(net)).toEqual(before);
              const twin = net.fork();
              const q = twin.find("p");
              v.forEach((_, j) => {
                q.set({ v: v[j]!, "conductance.g": g[j]!, ...(withInput ? { I: I[j]! } : {}) } as never);
                const one = q.derivatives() as Record<string, Float64Array>;
                for (const name of ["v", "w", "conductance.g"]) expect(asked[name]![j]).toBe(one[name]![neuron]);
              });
            },
          ),
          { numRuns: 12 },
        );
      }
    },
  );

  it("takes parameters, folded into the program or not", () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 2, [AdEx({ I: [100, 200] })]);
    const at = { v: [-60, -60, -60], gL: [10, 20, 30], E_L: [-70, -65, -50] };
    const { v } = p.derivatives({ at, neuron: 1 });
    at.gL.forEach((gL, j) => {
      const one = createNetwork({ dt: 0.1 }).population("p", 1, [
        AdEx({ I: 200, gL, E_L: at.E_L[j]!, init_v: -60, init_w: p.get("w")[1]! }),
      ]);
      expect(v[j]).toBe(one.derivatives().v[0]);
    });
  });

  it("is the closed form of the mean field, of Izhikevich's neuron and of one with noise in its input", () => {
    const net = createNetwork({ dt: 0.1 });
    const field = net.population("field", 1, [QIFMeanField({ eta: -5, J: 15 })]);
    const [r, v] = [
      [0.1, 0.5],
      [-1, -2],
    ];
    const slopes = field.derivatives({ at: { r, v } });
    r.forEach((_, j) => {
      expect(slopes.r[j]).toBeCloseTo(1 / Math.PI + 2 * r[j]! * v[j]!, 12);
      expect(slopes.v[j]).toBeCloseTo(v[j]! ** 2 - 5 + 15 * r[j]! - (Math.PI * r[j]!) ** 2, 12);
    });
    const cell = net.population("cell", 3, [Izhikevich({ I: [1, 2, 3] }), NoisyCurrent({ sigma: 0, mean: 1 })]);
    const { v: dv, u: du } = cell.derivatives({ at: { v: [-60], u: [-10] }, neuron: 2 });
    const I = 3 + cell.get("noisyCurrent.current" as never)[2]!;
    expect(dv[0]).toBeCloseTo(0.04 * 3600 - 300 + 140 + 10 + I, 10);
    expect(du[0]).toBeCloseTo(0.02 * (0.2 * -60 + 10), 12);
  });

  it("refuses what is no such state, and says what would be", async () => {
    const { p } = woven();
    const ask = p.derivatives.bind(p) as (options: unknown) => unknown;
    const refused: [unknown, string, string][] = [
      [{ at: { vv: [1] } }, "unknown-name", "vv"],
      [{ at: { v: [1, 2], w: [1] } }, "wrong-length", "w has 1 values, and v 2"],
      [{ at: { v: [] } }, "wrong-length", "v has no values"],
      [{ at: { v: [1, Number.NaN] } }, "not-finite", "v[1]"],
      [{ at: { gL: [-1] } }, "out-of-range", "gL[0]"],
      [{ at: { v: 1 } }, "invalid-value", "v is the number 1"],
      [{ at: { v: ["a"] } }, "invalid-value", "v[0]"],
      [{ at: {} }, "invalid-value", "at names no variable"],
      [{}, "invalid-value", "at is undefined"],
      [null, "invalid-value", "null"],
      [{ at: { v: [1] }, neuron: 5 }, "out-of-range", "neuron is 5"],
      [{ at: { v: [1] }, neuron: 0.5 }, "out-of-range", "neuron is 0.5"],
      [{ at: { v: [1] }, neurons: 1 }, "unknown-name", "neurons"],
      [{ at: { g: [1], "conductance.g": [1] } }, "duplicate-name", "one and the same"],
      [{ at: { "timedCurrent.values": [1] } }, "structure", "table"],
    ];
    for (const [options, code, text] of refused) {
      const error = await refusal(() => ask(options));
      expect([options, error.code]).toEqual([options, code]);
      expect(error.message).toContain(text);
      expect(error.message).toContain("p");
      expectCure(error);
    }
  });
});
