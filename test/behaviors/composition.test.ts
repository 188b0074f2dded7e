import { defineBehavior, defineModel, type BehaviorInstance } from "@neuroweave/model";
import { createNetwork } from "neuroweave";
import { describe, expect, it } from "vitest";
import {
  Adaptation,
  AdEx,
  AELIF,
  CurrentInput,
  ELIF,
  ExponentialUpstroke,
  Fire,
  Leak,
  LIF,
} from "@neuroweave/behaviors";
import { refusal } from "../equations/refusal.ts";
import { membersOf } from "./library.ts";

const valuesOf = (model: { readonly members: readonly BehaviorInstance[] }) =>
  Object.fromEntries(model.members.flatMap((each) => [...each.values]));

describe("models woven from models", () => {
  it("are the lists that one would write by hand", () => {
    expect(membersOf(AELIF.without(Adaptation))).toEqual(membersOf(ELIF));
    expect(membersOf(ELIF.without(ExponentialUpstroke))).toEqual(membersOf(LIF));
    expect(membersOf(LIF.with(ExponentialUpstroke, Adaptation))).toEqual(membersOf(AELIF));
  });

  it("run in the same bits, however they were made", async () => {
    const models = [AELIF, LIF.with(ExponentialUpstroke).with(Adaptation), AELIF.without(Leak).with(Leak)];
    const listed = defineModel("Listed", [Leak, CurrentInput, Fire, ExponentialUpstroke, Adaptation]);
    const runs = [...models.slice(0, 2), listed].map(async (model) => {
      const net = createNetwork({ dt: 0.1 });
      const cells = net.population("cells", 3, model({ I: [16, 20, 30] }));
      await net.run(100);
      return { ids: cells.spikes().ids, steps: cells.spikes().steps, v: cells.get("v"), omega: cells.get("omega") };
    });
    const [first, ...others] = await Promise.all(runs);
    expect(first!.ids.length).toBeGreaterThan(5);
    for (const other of others) expect(other).toEqual(first);
  });

  it("forget a default whose behavior leaves, and refuse one that nobody has", () => {
    const model = AELIF.named("Strong", { defaults: { alpha: 3, tau: 5 } });
    expect(valuesOf(model.without(Adaptation)())).toEqual({ tau: 5 });
    expect(refusal(() => defineModel("X", [Leak], { defaults: { alpha: 1 } as object })).code).toBe("unknown-name");
    expect(refusal(() => LIF.named("X", { defaults: { alpha: 1 } as object })).code).toBe("unknown-name");
  });

  it("refuse what no member takes, and name the nearest", () => {
    const error = refusal(() => AELIF({ treshold: -50 } as object));
    expect(error.code).toBe("unknown-name");
    expect(error.candidates).toContain("threshold");
  });
});

describe("a renamed behavior", () => {
  it("is refused at once when it does not mention the name, or when two names would become one", () => {
    expect(refusal(() => Leak.rename({ nothing: "x" }))).toMatchObject({ code: "unknown-name", behavior: "leak" });
    expect(refusal(() => Leak.rename({ tau: "v_rest" })).code).toBe("duplicate-name");
    expect(refusal(() => Leak.rename({ tau: "x", v_rest: "x" })).code).toBe("duplicate-name");
    expect(refusal(() => Leak.rename({ tau: "exp" })).code).toBe("reserved-name");
  });

  it("may exchange two names", () => {
    const { states, parameters } = Leak.rename({ v: "tau", tau: "v" }).describe();
    expect([...states.keys()]).toEqual(["tau"]);
    expect([...parameters.keys()]).toEqual(["v", "v_rest"]);
  });

  it("carries a name along that only a start value mentions", () => {
    const Late = defineBehavior({ name: "late", state: { x: { init: "2 * x0" } }, equations: "dx/dt = -x" });
    expect(Late.rename({ x0: "start" }).describe().states.get("x")?.init).toBe("2 * start");
  });
});

describe("a bound behavior", () => {
  it("has its parameter no more", () => {
    const bound = Leak.bind({ tau: "C / gL" });
    expect([...bound.describe().parameters.keys()]).toEqual(["v_rest"]);
    expect(refusal(() => bound({ tau: 5 } as object)).code).toBe("unknown-name");
    expect(refusal(() => Leak.bind({ taw: "1" } as object)).code).toBe("unknown-name");
    expect(refusal(() => Leak.bind({ tau: "C /" })).code).toBe("syntax");
  });

  it("gives the model in C and gL the trajectory of the one in tau and R", async () => {
    const common = { v_T: -50, delta_T: 2, a: 2, tau_w: 100, b: 30, v_r: -58, E_L: -70, v_spike: 0 };
    const Other = AELIF.rename({
      v_rest: "E_L",
      theta_rh: "v_T",
      delta: "delta_T",
      alpha: "a",
      w_tau: "tau_w",
      beta: "b",
      v_reset: "v_r",
      threshold: "v_spike",
      omega: "w",
    }).replace(Leak, Leak.rename({ v_rest: "E_L" }).redeclare({ E_L: { doc: "the same" } }));
    const net = createNetwork({ dt: 0.1 });
    const one = net.population("one", 1, AdEx({ ...common, C: 100, gL: 10, I: 500 }));
    const two = net.population("two", 1, Other({ ...common, tau: 10, R: 0.1, I: 500 }));
    await net.run(200);
    expect(one.spikes().ids.length).toBeGreaterThan(3);
    expect(one.spikes().steps).toEqual(two.spikes().steps);
    expect(one.get("w")[0]).toBeCloseTo(two.get("w")[0]!, 9);
  });
});

describe("a redeclared behavior", () => {
  it("has other defaults, units, ranges and documentation, and nothing else changed", () => {
    const changed = Leak.redeclare({ tau: { default: 20, max: 30 }, v: { init: -60, doc: "voltage" } }).describe();
    const plain = Leak.describe();
    expect(changed.parameters.get("tau")).toEqual({ ...plain.parameters.get("tau"), default: 20, max: 30 });
    expect(changed.states.get("v")).toEqual({ init: -60, unit: "mV", doc: "voltage" });
    expect(changed.parameters.get("v_rest")).toBe(plain.parameters.get("v_rest"));
    expect(changed.equations).toEqual(plain.equations);
  });

  it("is refused with names, fields and units that do not exist", () => {
    expect(refusal(() => Leak.redeclare({ taw: { default: 1 } } as object)).code).toBe("unknown-name");
    expect(refusal(() => Leak.redeclare({ v: { default: 1 } })).code).toBe("invalid-value");
    expect(refusal(() => Leak.redeclare({ tau: { unit: "parsec" } })).code).toBe("unknown-unit");
  });
});

describe("a behavior under another name", () => {
  it("can stand twice in a model, each with symbols of its own", async () => {
    const Slow = Adaptation.named("slowAdaptation").rename({ omega: "omega_slow", w_tau: "w_tau_slow", alpha: "alpha_slow", beta: "beta_slow" }); // prettier-ignore
    const model = AELIF.with(Slow);
    expect(membersOf(model).slice(-2)).toEqual(["adaptation", "slowAdaptation"]);
    const net = createNetwork({ dt: 0.1 });
    const cells = net.population("cells", 1, model({ I: 30, w_tau_slow: 1000 }));
    await net.run(100);
    expect(cells.get("omega_slow")[0]).not.toBe(cells.get("omega")[0]);
    expect(refusal(() => AELIF.with(Adaptation)).code).toBe("duplicate-name");
  });
});
