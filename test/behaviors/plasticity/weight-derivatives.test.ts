import {
  defineBehavior,
  createNetwork,
  oneToOne,
  PoissonSource,
  Recorder,
  WeightBounds,
  type Projection,
} from "neuroweave";
import { describe, expect, it } from "vitest";

const Sink = defineBehavior({ name: "sink", state: { arrived: { init: 0 } }, onArrival: "arrived = arriving" });

const Grow = defineBehavior({
  name: "grow",
  adaptive: true,
  priority: 500,
  requires: ["efficacy", "w"],
  parameters: { k: { default: 0.01, unit: "1/ms" } },
  equations: "dw/dt = k * (1 - w)",
});
const Add = defineBehavior({
  name: "add",
  adaptive: true,
  priority: 500,
  requires: ["efficacy", "w"],
  equations: "dw/dt += 0.002",
});
const Later = defineBehavior({
  name: "later",
  priority: 510,
  requires: ["efficacy", "w"],
  state: { seen: { init: 0 } },
  equations: "seen = w",
});

async function grown(dt: number, duration: number, ...behaviors: object[]): Promise<Projection> {
  const net = createNetwork({ dt, seed: 1 });
  const source = net.population("source", 1, PoissonSource({ rate: 1 }));
  const target = net.population("target", 1, Sink);
  const projection = net.projection("synapses", { source, target, connect: oneToOne(), weight: 0, behaviors: [Grow(), ...(behaviors as never[])] });
  await net.run(duration);
  return projection;
} // prettier-ignore

describe("equations for the rate of change of weights", () => {
  it("advance by Euler's method, and converge with it", async () => {
    const at = async (dt: number): Promise<number> => (await grown(dt, 100)).weights().values[0]!;
    expect(await at(1)).toBeCloseTo(1 - 0.99 ** 100, 12);
    const exact = 1 - Math.exp(-1);
    const errors = [await at(1), await at(0.5), await at(0.25)].map((w) => Math.abs(w - exact));
    expect(errors[0]! / errors[1]!).toBeCloseTo(2, 1);
    expect(errors[1]! / errors[2]!).toBeCloseTo(2, 1);
  });

  it("sum over behaviors, hold bounds, and are seen by what comes later", async () => {
    const projection = await grown(1, 100, Add(), WeightBounds({ min: 0, max: 0.5 }), Later(), Recorder({ variables: ["seen"] })); // prettier-ignore
    let w = 0;
    const expected = Array.from({ length: 100 }, () => (w = Math.min(0.5, w + 0.01 * (1 - w) + 0.002)));
    const seen = [...projection.recorded("seen").trace(0)];
    seen.forEach((each, k) => expect(each).toBeCloseTo(expected[k]!, 12));
    expect(w).toBe(0.5);
  });

  it("of two owners are refused with both names", async () => {
    const Other = Grow.named("other");
    await expect(grown(1, 1, Other())).rejects.toThrow(/dw\/dt is owned by grow and by other/);
  });
});
