import { createNetwork, defineBehavior, Recorder } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal, refusedWithoutTrace } from "./refusals.ts";
import { Cell, Decay } from "./tiny-behaviors.ts";

const Clock = defineBehavior({ name: "clock", state: { seen: { init: -1 } }, equations: "seen = t" });

describe("the clock", () => {
  it("computes t = step · dt and never accumulates it", async () => {
    const net = createNetwork({ dt: 0.1 });
    const { entity } = net.population("p", 1, [Clock()]);
    let accumulated = 0;
    for (let k = 0; k < 300; k++) {
      expect(net.steps).toBe(k);
      expect(net.t).toBe(k * 0.1);
      await net.step();
      expect(entity.columns.view("seen")[0]).toBe(k * 0.1);
      accumulated += 0.1;
    }
    expect(net.t).not.toBe(accumulated);
  });

  it("gives everything that happens in step k the time k · dt: t in equations, spikes and samples", async () => {
    const net = createNetwork({ dt: 0.3 });
    const cells = net.population("cells", 1, [
      Cell({ tau_m: 1, theta: 0.5, I: 2 }),
      Clock(),
      Recorder({ variables: ["seen"] }),
    ]);
    await net.step(50);
    const { times, steps } = cells.spikes();
    expect(steps.length).toBeGreaterThan(5);
    expect([...times]).toEqual([...steps].map((k) => k * 0.3));
    const seen = cells.recorded("seen");
    expect([...seen.trace(0)]).toEqual(Array.from({ length: 50 }, (_, k) => k * 0.3));
    expect([...seen.times]).toEqual([...seen.trace(0)]);
  });

  it.each([
    [0.1, 0.3, 3],
    [0.1, 1000.1, 10001],
    [0.025, 0.7, 28],
    [1 / 3, 7, 21],
    [0.1, 0, 0],
    [0.1, 0.3 + 0.9e-7, 3],
  ])("makes whole steps of dt %d out of a duration of %d ms: %d", async (dt, duration, steps) => {
    const net = createNetwork({ dt });
    net.population("p", 1, [Decay()]);
    await net.run(duration);
    expect(net.steps).toBe(steps);
  });

  it("accepts every multiple of dt, however it was computed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 1e-3, max: 10, noNaN: true }),
        fc.integer({ min: 0, max: 40 }),
        async (dt, steps) => {
          const net = createNetwork({ dt });
          await net.run(steps * dt);
          await net.run(Array.from({ length: steps }, () => dt).reduce((a, b) => a + b, 0));
          expect(net.steps).toBe(2 * steps);
        },
      ),
    );
  });

  it.each([
    [0.1, 0.25, ["0.2", "0.3"]],
    [0.5, 1.2, ["1 ", "1.5"]],
    [1, 0.3, ["0 ", "1 "]],
    [0.1, 0.3 + 1.1e-6, ["0.3", "0.4"]],
  ])(
    "with dt %d refuses %d ms, which is off the grid, and names the two nearest that fit",
    async (dt, duration, near) => {
      const net = createNetwork({ dt });
      net.population("p", 1, [Decay()]);
      const error = await refusedWithoutTrace(net, () => net.run(duration));
      expect(error.code).toBe("off-grid");
      for (const each of near) expect(error.remedy).toContain(each);
    },
  );

  it.each([
    [-1, "negative-duration"],
    [Number.NaN, "not-finite"],
    [Number.POSITIVE_INFINITY, "not-finite"],
  ])("refuses a duration of %d", async (duration, code) => {
    const net = createNetwork({ dt: 0.1 });
    net.population("p", 1, [Decay()]);
    expect((await refusedWithoutTrace(net, () => net.run(duration))).code).toBe(code);
    expect((await refusedWithoutTrace(net, () => net.runUntil(() => false, { max: duration }))).code).toBe(code);
  });

  it.each([0, -0.1, Number.NaN, Number.POSITIVE_INFINITY, "0.1", undefined, null])("refuses dt = %j", async (dt) => {
    const error = await refusal(() => createNetwork({ dt } as never));
    expect(error.code).toBe("invalid-dt");
    expect(error.remedy).toBeTruthy();
  });

  it("rounds delays and recording intervals to the grid, and refuses those that lie off it", async () => {
    const net = createNetwork({ dt: 0.5 });
    net.population("kept", 1, [Decay()]);
    const Late = defineBehavior({
      name: "late",
      state: { y: { init: 0 }, z: { init: 0 } },
      equations: "dy/dt = 1\n z = delayed(y, 0.75)",
    });
    const late = await refusedWithoutTrace(net, () => net.population("late", 1, [Late()]));
    expect(late).toMatchObject({ code: "off-grid", entity: "late", behavior: "late" });
    const recorded = await refusedWithoutTrace(net, () =>
      net.population("recorded", 1, [Decay(), Recorder({ variables: ["x"], every: 0.75 })]),
    );
    expect(recorded).toMatchObject({ code: "off-grid", entity: "recorded", behavior: "recorder" });
    const Pause = defineBehavior({ name: "pause", parameters: { rest: { default: 2, onGrid: true } } });
    const pause = await refusedWithoutTrace(net, () => net.population("paused", 1, [Pause({ rest: 0.6 })]));
    expect(pause).toMatchObject({ code: "off-grid", entity: "paused", behavior: "pause" });
    expect(pause.remedy).toMatch(/0\.5.*1/);
  });
});
