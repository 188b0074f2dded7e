import { describe, expect, it } from "vitest";
import {
  createNetwork,
  defineBehavior,
  exponential,
  lognormal,
  lorentzian,
  normal,
  Phase,
  type PortableMath,
} from "neuroweave";

const names = ["exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "exprel", "pow"] as const;

/** The library functions as host code gets them. */
async function hostMath(): Promise<PortableMath> {
  let found: PortableMath | undefined;
  const Look = defineBehavior({
    name: "look",
    priority: Phase.Homeostasis,
    step({ math }) {
      found = math;
    },
  });
  const net = createNetwork({ dt: 1 });
  net.population("cells", 1, Look());
  await net.step();
  return found!;
}

describe("the functions of host code", () => {
  it("give the bits of the same functions in equations", async () => {
    const math = await hostMath();
    const points = Float64Array.from({ length: 200 }, (_, j) => (j - 99.5) / 7);
    const Apply = defineBehavior({
      name: "apply",
      parameters: { x: { default: 0 } },
      state: Object.fromEntries(names.map((name) => [`y_${name}`, { init: 0 }])),
      equations: names
        .map(
          (name) =>
            `y_${name} = ${name === "pow" ? "pow(abs(x), x / 10)" : name === "log" ? "log(abs(x))" : `${name}(x)`}`,
        )
        .join("\n"),
    });
    const net = createNetwork({ dt: 1 });
    const cells = net.population("cells", points.length, Apply({ x: points }));
    await net.step();
    for (const name of names) {
      const own = points.map((x) =>
        name === "pow" ? math.pow(Math.abs(x), x / 10) : name === "log" ? math.log(Math.abs(x)) : math[name](x),
      );
      expect(cells.get(`y_${name}`), name).toEqual(own);
    }
  });

  it("serve the draws of initial values, whose moments are those of their distributions", () => {
    const n = 20_000;
    const State = defineBehavior({ name: "state", state: { x: { init: 0 } } });
    const drawn = (init_x: ReturnType<typeof normal>): Float64Array =>
      createNetwork({ dt: 1, seed: 4 }).population("cells", n, State({ init_x })).get("x");
    const mean = (xs: Float64Array): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;
    const within = (value: number, expected: number, sd: number): void =>
      expect(Math.abs(value - expected)).toBeLessThan((5 * sd) / Math.sqrt(n));
    within(mean(drawn(normal(3, 2))), 3, 2);
    within(mean(drawn(exponential(4))), 4, 4);
    within(mean(drawn(lognormal(0.5, 0.3)).map(Math.log)), 0.5, 0.3);
    within(mean(drawn(lorentzian(1, 2)).map((x) => (x > 1 ? 1 : 0))), 0.5, 0.5);
  });
});
