import { describe, expectTypeOf, it } from "vitest";
import { Adaptation, AdEx, AELIF, ExponentialUpstroke, Fire, Leak, LIF, Refractory } from "@neuroweave/behaviors";
import type { ELIF } from "@neuroweave/behaviors";
import { defineBehavior, defineModel, type ModelDefinition } from "@neuroweave/model";

import type { NamesOf } from "./names-of.ts";

describe("with and without", () => {
  it("add names and take them away", () => {
    expectTypeOf<NamesOf<ReturnType<typeof LIF.with<[typeof ExponentialUpstroke]>>>>().toEqualTypeOf<
      NamesOf<typeof ELIF>
    >();
    const plain = AELIF.without(Adaptation);
    expectTypeOf<NamesOf<typeof plain>>().toEqualTypeOf<NamesOf<typeof ELIF>>();
    const plainer = plain.without(ExponentialUpstroke);
    expectTypeOf<NamesOf<typeof plainer>>().toEqualTypeOf<NamesOf<typeof LIF>>();
  });

  it("know a behavior again after it was renamed within the model", () => {
    const plain = AdEx.without(Adaptation);
    expectTypeOf<Extract<NamesOf<typeof plain>, "w" | "a" | "b" | "tau_w">>().toEqualTypeOf<never>();
    expectTypeOf<"v_T" | "C">().toExtend<NamesOf<typeof plain>>();
  });
});

describe("replace", () => {
  it("exchanges names", () => {
    const Soft = defineBehavior({
      name: "soft",
      parameters: { v_low: { default: -60 } },
      requires: ["v"],
      spike: "v > v_low",
    });
    const replaced = LIF.replace(Fire, Soft);
    expectTypeOf<"v_low">().toExtend<NamesOf<typeof replaced>>();
    expectTypeOf<Extract<NamesOf<typeof replaced>, "threshold" | "v_reset">>().toEqualTypeOf<never>();
  });
});

describe("rename", () => {
  it("changes parameters, states and start values together, and leaves options", () => {
    const renamed = AELIF.rename({ omega: "omega_slow", alpha: "a" });
    expectTypeOf<"omega_slow" | "init_omega_slow" | "a" | "dialect">().toExtend<NamesOf<typeof renamed>>();
    expectTypeOf<Extract<NamesOf<typeof renamed>, "omega" | "init_omega" | "alpha">>().toEqualTypeOf<never>();
    const back = renamed.without(Adaptation);
    expectTypeOf<NamesOf<typeof back>>().toEqualTypeOf<NamesOf<typeof ELIF>>();
  });
});

describe("bind and redeclare", () => {
  it("take names of the behavior only", () => {
    // @ts-expect-error v is a state and cannot be bound
    expectTypeOf(() => Leak.bind({ v: "1" }));
    // @ts-expect-error one name right and one misspelt
    expectTypeOf(() => Leak.bind({ tau: "C / gL", v_rset: "1" }));
    // @ts-expect-error there is no such symbol
    expectTypeOf(() => Leak.redeclare({ taw: { default: 1 } }));
    // @ts-expect-error a model has no such default
    expectTypeOf(() => defineModel("X", [Leak], { defaults: { taw: 1 } }));
  });
});

describe("instances with values of their own", () => {
  it("stand in models as behaviors do", () => {
    const model = defineModel("X", [Leak, Fire, Refractory({ tau_ref: 3, hold: "all" })]);
    expectTypeOf<"tau_ref" | "tau" | "threshold">().toExtend<NamesOf<typeof model>>();
    const without = model.without(Refractory);
    expectTypeOf<Extract<NamesOf<typeof without>, "tau_ref">>().toEqualTypeOf<never>();
  });
});

/** One behavior with a symbol of its own. */
const part = <const Name extends string>(name: Name) =>
  defineBehavior({ name, parameters: { [name]: { default: 0 } } as { readonly [K in Name]: { readonly default: 0 } } });

describe("a chain of forty behaviors", () => {
  it("is a union of names, whatever its length", () => {
    const chain = LIF.with(part("p1"))
      .with(part("p2"))
      .with(part("p3"))
      .with(part("p4"))
      .with(part("p5"))
      .with(part("p6"))
      .with(part("p7"))
      .with(part("p8"))
      .with(part("p9"))
      .with(part("p10"))
      .with(part("p11"))
      .with(part("p12"))
      .with(part("p13"))
      .with(part("p14"))
      .with(part("p15"))
      .with(part("p16"))
      .with(part("p17"))
      .with(part("p18"))
      .with(part("p19"))
      .with(part("p20"))
      .with(part("p21"))
      .with(part("p22"))
      .with(part("p23"))
      .with(part("p24"))
      .with(part("p25"))
      .with(part("p26"))
      .with(part("p27"))
      .with(part("p28"))
      .with(part("p29"))
      .with(part("p30"))
      .with(part("p31"))
      .with(part("p32"))
      .with(part("p33"))
      .with(part("p34"))
      .with(part("p35"))
      .with(part("p36"))
      .with(part("p37"))
      .with(part("p38"))
      .with(part("p39"))
      .with(part("p40"));
    expectTypeOf<"p1" | "p20" | "p40" | "tau">().toExtend<NamesOf<typeof chain>>();
    expectTypeOf<Extract<NamesOf<typeof chain>, "p41">>().toEqualTypeOf<never>();
    // @ts-expect-error a misspelt parameter at the end of the chain
    expectTypeOf(() => chain({ p401: 1 }));
    expectTypeOf(chain).toExtend<(values?: never) => unknown>();
    expectTypeOf<ModelDefinition>().toBeObject();
  });
});
