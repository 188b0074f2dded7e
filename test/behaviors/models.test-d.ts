import { describe, expectTypeOf, it } from "vitest";
import { AdEx, AELIF, LIF } from "@neuroweave/behaviors";
import type { AdExIF, ELIF, HodgkinHuxley, Izhikevich, QIF, QIFMeanField } from "@neuroweave/behaviors";
import type { ParameterValue } from "@neuroweave/model";
import type { NamesOf } from "./names-of.ts";

type OfLeak = "tau" | "v_rest" | "v" | "init_v";
type OfInput = "tau" | "R" | "I";
type OfFire = "threshold" | "v_reset" | "strict" | "init_s";
type OfUpstroke = "tau" | "delta" | "theta_rh";
type OfAdaptation = "tau" | "R" | "v_rest" | "alpha" | "beta" | "w_tau" | "omega" | "init_omega" | "dialect";

describe("the names that the editor offers", () => {
  it("are those of the behaviors that a model is woven from", () => {
    expectTypeOf<NamesOf<typeof LIF>>().toEqualTypeOf<OfLeak | OfInput | OfFire>();
    expectTypeOf<NamesOf<typeof ELIF>>().toEqualTypeOf<OfLeak | OfInput | OfFire | OfUpstroke>();
    expectTypeOf<NamesOf<typeof AELIF>>().toEqualTypeOf<OfLeak | OfInput | OfFire | OfUpstroke | OfAdaptation>();
  });

  it("are renamed with them, and lack what is bound", () => {
    expectTypeOf<NamesOf<typeof AdEx>>().toEqualTypeOf<
      | ("C" | "gL" | "E_L" | "v_T" | "delta_T" | "a" | "tau_w" | "b" | "v_r" | "I" | "v_spike")
      | ("v" | "init_v" | "w" | "init_w")
      | ("strict" | "init_s" | "dialect")
    >();
    expectTypeOf<NamesOf<typeof AdExIF>>().toEqualTypeOf<
      | ("V_rest" | "V_reset" | "V_th" | "V_T" | "delta_T" | "a" | "b" | "tau" | "tau_w" | "R" | "I")
      | ("v" | "init_v" | "w" | "init_w")
      | ("strict" | "init_s" | "dialect")
    >();
    expectTypeOf<NamesOf<typeof Izhikevich>>().toEqualTypeOf<
      | ("a" | "b" | "c" | "d" | "tau_ref" | "V_th" | "p1" | "p2" | "p3" | "I")
      | ("v" | "init_v" | "u" | "init_u" | "refractory" | "init_refractory")
      | ("strict" | "init_s" | "recovery" | "sequential" | "hold")
    >();
    expectTypeOf<NamesOf<typeof QIFMeanField>>().toEqualTypeOf<
      | ("tau" | "eta" | "delta" | "J" | "I" | "I_y" | `${"x" | "y"}_ou_${"mean" | "sigma" | "tau"}`)
      | ("r" | "init_r" | "v" | "init_v" | "x_ou" | "init_x_ou" | "y_ou" | "init_y_ou")
    >();
    expectTypeOf<Extract<NamesOf<typeof QIF>, "tau_ref">>().toEqualTypeOf<never>();
    expectTypeOf<"g_Na" | "g_K" | "g_L" | "init_m" | "threshold">().toExtend<NamesOf<typeof HodgkinHuxley>>();
  });

  it("take values, and options their own types", () => {
    type Values = NonNullable<Parameters<typeof AELIF>[0]>;
    expectTypeOf<Values["tau"]>().toEqualTypeOf<ParameterValue | undefined>();
    expectTypeOf<Values["dialect"]>().toEqualTypeOf<"default" | "conex" | undefined>();
    expectTypeOf<Values["strict"]>().toEqualTypeOf<boolean | undefined>();
  });
});

describe("a name or value that a model does not take", () => {
  it("is an error", () => {
    // @ts-expect-error a misspelt parameter
    expectTypeOf(AELIF({ treshold: -50 }));
    // @ts-expect-error a parameter of another model
    expectTypeOf(LIF({ theta_rh: -50 }));
    // @ts-expect-error a parameter that was renamed
    expectTypeOf(AdEx({ theta_rh: -50 }));
    // @ts-expect-error a parameter that was bound to others
    expectTypeOf(AdEx({ tau: 20 }));
    // @ts-expect-error text is no value
    expectTypeOf(LIF({ tau: "10" }));
    // @ts-expect-error a dialect that does not exist
    expectTypeOf(AELIF({ dialect: "conext" }));
    // @ts-expect-error the start of what is no state
    expectTypeOf(LIF({ init_I: 1 }));
    // @ts-expect-error a model has no name of an instance
    expectTypeOf(LIF({ name: "cell" }));
  });
});
