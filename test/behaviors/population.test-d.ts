import { describe, expectTypeOf, it } from "vitest";
import {
  AELIF,
  ConstantCurrent,
  CurrentInput,
  Fire,
  Leak,
  LIF,
  NoisyCurrent,
  PoissonSource,
  QIFMeanField,
} from "@neuroweave/behaviors";
import { defineBehavior, type Network } from "@neuroweave/model";
import { Recorder } from "@neuroweave/record";

declare const net: Network;

describe("a population", () => {
  it("knows its variables and parameters", () => {
    const cells = net.population("cells", 4, [AELIF({ tau: 5 }), ConstantCurrent({ amplitude: 1 })]);
    type Readable = Parameters<typeof cells.recorded>[0];
    expectTypeOf<"v" | "omega" | "I" | "spike" | "refractory" | "t_last_spike">().toExtend<Readable>();
    expectTypeOf<keyof Parameters<typeof cells.set>[0]>().toExtend<string>();
    expectTypeOf<"amplitude" | "tau" | "constantCurrent.amplitude" | "v">().toExtend<
      keyof Parameters<typeof cells.set>[0]
    >();
    // @ts-expect-error a misspelt variable
    expectTypeOf(() => cells.recorded("omga"));
    // @ts-expect-error a parameter is no variable
    expectTypeOf(() => cells.column("tau"));
    // @ts-expect-error a misspelt parameter
    expectTypeOf(() => cells.set({ amplitud: 1 }));
  });

  it("may be one model, a definition without values, or a list", () => {
    expectTypeOf(net.population("a", 1, LIF({ tau: 5 })).name).toEqualTypeOf<string>();
    expectTypeOf(net.population("b", 1, LIF).name).toEqualTypeOf<string>();
    expectTypeOf(net.population("c", 1, [Leak, CurrentInput, Fire]).name).toEqualTypeOf<string>();
    expectTypeOf(net.population("d", 1, PoissonSource({ rate: 5 })).name).toEqualTypeOf<string>();
  });

  it("may share its list with others", () => {
    const list = [LIF({ tau: 5 }), NoisyCurrent({ sigma: 1 })];
    const [one, two] = [net.population("a", 10, list), net.population("b", [2, 3], list)];
    expectTypeOf(one).toEqualTypeOf(two);
    expectTypeOf<"v" | "current">().toExtend<Parameters<typeof one.recorded>[0]>();
    const lacking = [Fire(), NoisyCurrent({ sigma: 1 })];
    // @ts-expect-error nobody provides v and I
    expectTypeOf(() => net.population("c", 1, lacking));
  });

  it("needs the companions of its behaviors", () => {
    // @ts-expect-error nobody provides v
    expectTypeOf(() => net.population("a", 1, [CurrentInput, Fire]));
    // @ts-expect-error nobody provides I
    expectTypeOf(() => net.population("a", 1, [Leak, ConstantCurrent({ amplitude: 1 })]));
    // @ts-expect-error a single behavior whose companion is missing
    expectTypeOf(() => net.population("a", 1, Fire));
  });

  it("keeps what attach adds", () => {
    const cells = net.population("cells", 1, LIF()).attach(NoisyCurrent({ sigma: 1 }));
    expectTypeOf<"current" | "v">().toExtend<Parameters<typeof cells.recorded>[0]>();
    // @ts-expect-error nobody provides omega
    expectTypeOf(() => cells.attach(Recorder({ variables: ["omega"] })));
  });
});

describe("a recorder", () => {
  it("takes variables that the population has, special columns, and full names", () => {
    net.population("cells", 1, [LIF(), Recorder({ variables: ["v", "I", "spike", "t_last_spike", "tau"] })]);
    net.population("noisy", 1, [LIF(), NoisyCurrent({ name: "noise" }), Recorder({ variables: ["noise.current"] })]);
    // @ts-expect-error a misspelt variable
    expectTypeOf(() => net.population("cells", 1, [AELIF(), Recorder({ variables: ["v", "omga"] })]));
    // @ts-expect-error the variable of a behavior that is not there
    expectTypeOf(() => net.population("cells", 1, [LIF(), Recorder({ variables: ["omega"] })]));
    // @ts-expect-error a full name that ends in no variable
    expectTypeOf(() => net.population("cells", 1, [LIF(), Recorder({ variables: ["noise.current"] })]));
    // @ts-expect-error a misspelt option
    expectTypeOf(() => Recorder({ variables: ["v"], evry: 1 }));
  });
});

describe("a stimulus", () => {
  it("needs the input that it is directed into", () => {
    net.population("field", 1, [QIFMeanField(), ConstantCurrent({ amplitude: 1, into: "I_y" })]);
    // @ts-expect-error LIF has no input I_y
    expectTypeOf(() => net.population("cells", 1, [LIF(), ConstantCurrent({ amplitude: 1, into: "I_y" })]));
    // @ts-expect-error a misspelt parameter
    expectTypeOf(() => ConstantCurrent({ amplitde: 1 }));
    // @ts-expect-error a misspelt parameter beside into
    expectTypeOf(() => ConstantCurrent({ amplitde: 1, into: "I_y" }));
  });
});

describe("a behavior of one's own", () => {
  it("gives its host code the names that it declares", () => {
    defineBehavior({
      name: "keepRate",
      parameters: { target: { default: 5 } },
      state: { gain: { init: 1 } },
      step({ parameters, columns, spikes }) {
        expectTypeOf(parameters.target).not.toBeAny();
        expectTypeOf(columns.gain).not.toBeAny();
        expectTypeOf(spikes).toEqualTypeOf<Uint32Array>();
        // @ts-expect-error a misspelt parameter
        expectTypeOf(parameters.taget);
      },
    });
  });
});
