/** What has no meaning in a plan, or is no number, is refused with its place before or at the border of a step. */
import { createNetwork, defineBehavior, Phase, type Network } from "neuroweave";
import { describe, expect, it } from "vitest";
import { canRun, places, reference } from "../devices/places.ts";
import { expectSameBits, timeout } from "../devices/twins.ts";
import { expectCure, refusal, refusedWithoutTrace, underlined } from "../model/refusals.ts";

const Ramp = defineBehavior({ name: "ramp", state: { x: { init: "i + 1" } }, equations: "dx/dt = 1" });

function ramps(options: object = {}): Network {
  const net = createNetwork({ dt: 0.5, seed: 1, ...options });
  net.population("p", 3, Ramp());
  return net;
}

describe("a delay", () => {
  it.each(["tau", "2 * 3", "tau + 1", "x", "-0"])(
    "that is %s and no number is refused with its place",
    async (delay) => {
      const net = ramps();
      await net.step(2);
      const Late = defineBehavior({
        name: "late",
        parameters: { tau: { default: 2 } },
        state: { y: { init: 0 } },
        equations: `y = delayed(x, ${delay})`,
      });
      const error = await refusedWithoutTrace(net, () => net.find("p").attach(Late() as never));
      expect(error).toMatchObject({ code: "structure", entity: "p", behavior: "late" });
      expect(error.message).toContain("delayed(x, …) needs a number of ms");
      expect([undefined, `delayed(x, ${delay})`]).toContain(underlined(error));
      expectCure(error);
    },
  );

  it("of a variable of one behavior under its full name is remembered while who reads it is off", async () => {
    const Own = defineBehavior({ name: "own", scope: "instance", state: { z: { init: "i" } }, equations: "z = z + 1" });
    const make = (): Network => {
      const net = createNetwork({ dt: 0.5, seed: 1 });
      const Late = defineBehavior({ name: "late", state: { y: { init: -1 } }, equations: "y = delayed(own.z, 2)" });
      net.population("p", 3, [Own(), Late()] as never);
      return net;
    };
    const [net, twin] = [make(), make()];
    net.find("p").disable("late" as never);
    for (const each of [net, twin]) await each.step(9);
    net.find("p").enable("late" as never);
    for (const each of [net, twin]) await each.step(1);
    expect([...net.find("p").get("y" as never)]).toEqual([...twin.find("p").get("y" as never)]);
    // z of neuron i at the start of step 5, four steps before the last one.
    expect([...net.find("p").get("y" as never)]).toEqual([5, 6, 7]);
  });

  it("of zero ms is the state asked for, where derivatives are asked for at other states", () => {
    const Now = defineBehavior({
      name: "now",
      state: { x: { init: 3 }, y: { init: 1 } },
      equations: "dx/dt = 2 * delayed(x, 0) - y\n dy/dt = delayed(y, 0) * x",
    });
    const net = createNetwork({ dt: 0.5, seed: 1 });
    const p = net.population("p", 2, Now());
    const rates = p.derivatives({ at: { x: [1, -2, 0.5], y: [4, 0.25, 8] } } as never) as unknown as Record<string, Float64Array>; // prettier-ignore
    expect([...rates["x"]!]).toEqual([-2, -4.25, -7]);
    expect([...rates["y"]!]).toEqual([4, -0.5, 4]);
  });
});

describe("a table", () => {
  it.each<[string, unknown, number, string, RegExp]>([
    ["without rows", [], 1, "wrong-length", /needs rows of one value, or rows of 3 values/],
    ["with rows for more neurons", [[1, 2, 3, 4]], 1, "wrong-length", /rows of 3 values/],
    ["with rows of either kind", [[1, 2, 3], 4], 1, "wrong-length", /rows of 3 values/],
    ["with NaN for all", [1, NaN], 1, "not-finite", /has a value that is not finite/],
    ["with a word for one", [[1, 2, "three"]], 1, "not-finite", /has a value that is not finite/],
    ["whose rows last no time", [1, 2], 0, "out-of-range", /the interval of .*level is zero/],
  ])("%s is refused with its place", async (_, values, every, code, message) => {
    for (const scope of ["shared", "instance"] as const) {
      const net = ramps();
      await net.step();
      const Steps = defineBehavior({
        name: "steps",
        scope,
        tables: { level: { values: values as number[], every } },
        state: { y: { init: 0 } },
        equations: "y = level",
      });
      const error = await refusedWithoutTrace(net, () => net.find("p").attach(Steps() as never));
      expect(error).toMatchObject({ code, entity: "p", behavior: "steps" });
      expect(error.message).toMatch(message);
      expectCure(error);
    }
  });
});

describe("a signal", () => {
  it.each([NaN, Infinity, -Infinity, "5", undefined])("to which host code gives %s keeps what it had, and the step is undone", async (given) => {
    for (const place of [reference, ...places]) {
      let broken = true;
      const make = (options: object, spoil: () => boolean): Network => {
        const net = ramps(options);
        net.signal("reward", { baseline: 1 } as never);
        const Host = defineBehavior({
          name: "host",
          priority: Phase.Record - 1,
          step({ network, step }) {
            const reward = network.signals["reward"]!;
            if (step === 3 && spoil()) {
              if (typeof given === "string") reward.value = given as never;
              else reward.add(given as never);
            } else reward.value = reward.value + step;
          },
        });
        net.find("p").attach(Host() as never);
        return net;
      };
      const net = make(place.options, () => broken);
      if (!(await canRun(place, net))) continue;
      const error = await refusal(() => net.step(6));
      expect(error).toMatchObject({ code: "host-threw", entity: "p", behavior: "host", cause: { code: "not-finite" } });
      expect(error.message).toContain("is written to the signal reward");
      expect(net.steps).toBe(3);
      broken = false;
      await net.step(4);
      const twin = make(reference.options, () => false);
      await twin.step(7);
      expectSameBits(net, twin);
      expect(net.signals["reward"]!.value).toBeGreaterThan(10);
    }
  }, timeout); // prettier-ignore
});
