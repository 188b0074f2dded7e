import {
  AdExAfterpotential,
  createNetwork,
  defineBehavior,
  DeltaReceptor,
  oneToOne,
  SpikeTrain,
  VoltageSTDP,
  VoltageTraces,
  type ProjectionOptions,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../../equations/refusal.ts";
import { ear } from "./spike-pairs.ts";

/** A voltage that stands at its start value. */
const Still = defineBehavior({ name: "still", state: { v: { init: -40, unit: "mV" } }, spike: "v > 100" });

async function atVoltage(
  v: number,
  behaviors: NonNullable<ProjectionOptions["behaviors"]>,
  dt = 0.1,
  seconds = 0.5,
): Promise<number> {
  const net = createNetwork({ dt });
  const source = net.population("source", 1, SpikeTrain({ times: [10, 30, 80], ids: [0, 0, 0] }));
  const target = net.population("target", 1, [Still({ v }), VoltageTraces(), ear()]);
  const projection = net.projection("p", { source, target, connect: oneToOne(), weight: 0, behaviors });
  await net.run(1000 * seconds);
  return projection.get("w")[0]!;
}

describe("learning by a voltage that stands", () => {
  const [A_LTD, A_LTP] = [14e-5, 8e-5];
  const above = (v: number, theta: number): number => Math.max(v - theta, 0);
  const perSpike = (v: number): number => A_LTP * above(v, -45.3) * above(v, -70.6) - A_LTD * above(v, -70.6);

  it.each([-40, -50, -80])(
    "at %d mV changes the weight by each presynaptic spike as the trace's area says",
    async (v) => {
      const dt = 0.1;
      // The trace is taken at the ends of the steps after its spike: its area is 1 but for half a step.
      const area = (dt / 15) * (1 / Math.expm1(dt / 15));
      const expected = 3 * (area * A_LTP * above(v, -45.3) * above(v, -70.6) - A_LTD * above(v, -70.6));
      expect(await atVoltage(v, [VoltageSTDP()], dt)).toBeCloseTo(expected, 12);
    },
  );

  it("converges to it with the step", async () => {
    const errors: number[] = [];
    for (const dt of [0.5, 0.25, 0.125])
      errors.push(Math.abs((await atVoltage(-40, [VoltageSTDP()], dt)) - 3 * perSpike(-40)));
    for (const index of [1, 2]) expect(errors[index - 1]! / errors[index]!).toBeCloseTo(2, 1);
  });

  it("depresses by the square of the mean depolarization, with homeostasis", async () => {
    const rule = [VoltageSTDP({ homeostasis: true, u_ref_squared: 100 })];
    expect(await atVoltage(-50, rule)).toBeCloseTo((-3 * A_LTD * 20.6 * 20.6 ** 2) / 100, 12);
  });
});

describe("learning by spikes that have a width", () => {
  /** Pairs at 20 Hz, of which the last ones differ in the voltage that the first ones left. */
  const paired = async (dt: number): Promise<number> => {
    const net = createNetwork({ dt });
    const times = [20, 70, 120];
    const source = net.population("source", 1, SpikeTrain({ times, ids: times.map(() => 0) }));
    const electrode = net.population(
      "electrode",
      1,
      SpikeTrain({ times: times.map((t) => t + 8), ids: times.map(() => 0) }),
    );
    const target = net.population("target", 1, [AdExAfterpotential(), VoltageTraces(), DeltaReceptor()]);
    const connect = oneToOne();
    net.projection("kicks", { source: electrode, target, connect, weight: 80, delay: 1 });
    const p = net.projection("p", { source, target, connect, weight: 0.5, delay: 1, behaviors: [VoltageSTDP()] });
    await net.run(150);
    return p.get("w")[0]! - 0.5;
  };

  it("converges with the step", async () => {
    const changes: number[] = [];
    for (const dt of [0.2, 0.1, 0.05, 0.025]) changes.push(await paired(dt));
    const steps = changes.slice(1).map((each, index) => Math.abs(each - changes[index]!));
    expect(steps[1]!).toBeLessThan(0.75 * steps[0]!);
    expect(steps[2]!).toBeLessThan(0.75 * steps[1]!);
    expect(steps[2]!).toBeLessThan(0.03 * Math.abs(changes[3]!));
  });

  it("holds v for the width of the spike, then resets", async () => {
    const net = createNetwork({ dt: 0.1 });
    const cells = net.population("cells", 1, [
      AdExAfterpotential({ init_v: -20, t_clamp: 0.5, v_r: -55, tau_v_T: 10 }),
    ]);
    const voltages: number[] = [];
    for (let step = 0; step < 7; step++) {
      await net.step(1);
      voltages.push(cells.get("v")[0]!);
    }
    expect(voltages.slice(0, 6)).toEqual([33, 33, 33, 33, 33, -55]);
    expect(voltages[6]).not.toBe(33);
    // The threshold has returned for 7 steps: exactly by RK4 to its accuracy.
    expect(cells.get("v_T")[0]).toBeCloseTo(-50.4 + 80.8 * Math.exp(-0.6 / 10), 6);
    expect(cells.spikes().times).toEqual(Float64Array.of(0));
  });
});

describe("what voltage-based learning needs", () => {
  it("is refused where the target has no voltage traces, naming who has them", () => {
    const net = createNetwork({ dt: 0.1 });
    const source = net.population("source", 1, SpikeTrain({ times: [1], ids: [0] }));
    const target = net.population("target", 1, [AdExAfterpotential(), DeltaReceptor()]);
    const found = refusal(() =>
      net.projection("p", { source, target, connect: oneToOne(), behaviors: [VoltageSTDP()] }),
    );
    expect(found.code).toBe("unknown-name");
    expect(found.remedy).toContain("voltageTraces");
  });
});
