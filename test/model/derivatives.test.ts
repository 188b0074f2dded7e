import { createNetwork, defineBehavior, Phase } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "./refusals.ts";
import { Drive } from "./tiny-behaviors.ts";

const Membrane = defineBehavior({
  name: "membrane",
  parameters: { C: { default: 200 }, gL: { default: 10 }, E: { default: -70 } },
  state: { v: { init: -70 }, w: { init: 0 } },
  inputs: { I: { default: 3 } },
  equations: `
    let leak = gL * (E - v)
    C * dv/dt = leak + 2 * exp((v + 50) / 2) + I - w
    dw/dt = (4 * (v - E) - w) / 150
  `,
});
const Conductance = defineBehavior({
  name: "conductance",
  scope: "instance",
  state: { g: { init: 0.5 } },
  equations: "5 * dg/dt = -g\n I += g * (0 - v)\n dv/dt += 0.25",
});
const Wave = defineBehavior({
  name: "wave",
  priority: Phase.Input,
  parameters: { omega: { default: 1 } },
  equations: "I += sin(omega * t)",
});

describe("derivatives()", () => {
  it("equal the right-hand sides written by hand, at any state, without changing it", async () => {
    const net = createNetwork({ dt: 0.5 });
    const p = net.population("p", 2, [Membrane(), Conductance(), Drive({ amplitude: [1, 2] }), Wave()], {
      method: "rk4",
    });
    await net.step(4);
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(number(-90, -30), number(-200, 200), number(0, 20), (v, w, g) => {
        p.set({ v, w, g });
        const state = net.state();
        const { v: dv, w: dw, "conductance.g": dg } = p.derivatives() as Record<string, Float64Array>;
        expect(net.state()).toEqual(state);
        [1, 2].forEach((amplitude, i) => {
          const I = 3 + amplitude + g * (0 - v) + Math.sin(2);
          const right = (10 * (-70 - v) + 2 * Math.exp((v + 50) / 2) + I - w) / 200 + 0.25;
          expect(Math.abs(dv![i]! - right)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(right)));
          expect(dw![i]).toBe((4 * (v - -70) - w) / 150);
          expect(dg![i]).toBe(-g / 5);
        });
      }),
    );
  });

  it("are zero for what is held, and only for that", () => {
    const Hold = defineBehavior({
      name: "hold",
      parameters: { on: { default: 1 } },
      hold: { variables: "v", while: "on > 0" },
    });
    const net = createNetwork({ dt: 0.5 });
    const p = net.population("p", 2, [Membrane({ init_w: 20 }), Hold({ on: [1, 0] })]);
    expect([...p.derivatives().v].map((x) => x === 0)).toEqual([true, false]);
    expect([...p.derivatives().w]).toEqual([-20 / 150, -20 / 150]);
  });

  it("are empty without differential equations, and refused where the population could not run", async () => {
    const net = createNetwork({ dt: 0.5 });
    expect(net.population("drive", 1, [Membrane(), Drive()]).detach("membrane")).toBeDefined();
    expect((await refusal(() => net.find("drive").derivatives())).code).toBe("missing-companion");
    const Still = defineBehavior({ name: "still", state: { y: { init: 0 } } });
    const other = createNetwork({ dt: 0.5 });
    expect(other.population("still", 1, [Still()]).derivatives()).toEqual({});
  });

  it("do not change what a run gives", async () => {
    const Late = defineBehavior({ name: "late", state: { y: { init: 1 } }, equations: "dy/dt = -delayed(y, 2)" });
    const runs = [false, true].map(async (asks) => {
      const net = createNetwork({ dt: 0.5 });
      const p = net.population("p", 1, [Late()]);
      if (asks) p.derivatives();
      p.set({ y: 3 });
      for (let k = 0; k < 10; k++) {
        await net.step();
        if (asks) p.derivatives();
      }
      return p.get("y");
    });
    const [plain, asked] = await Promise.all(runs);
    expect(asked).toEqual(plain);
  });
});
