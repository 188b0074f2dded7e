import {
  AlphaConductance,
  CouplingReceptor,
  CurrentReceptor,
  DoubleExponentialCurrent,
  GapJunction,
  Leak,
  LIF,
  NMDAReceptor,
  QIFMeanField,
  StochasticRelease,
  TsodyksMarkram,
} from "@neuroweave/behaviors";
import type { Network } from "@neuroweave/model";
import { Recorder } from "@neuroweave/record";
import { describe, expectTypeOf, it } from "vitest";

declare const net: Network;

describe("a receptor", () => {
  it("is known by its parameters, its variables and its name", () => {
    const cells = net.population("cells", 2, [
      LIF(),
      NMDAReceptor({ name: "nmda", Mg: 1.2 }),
      Recorder({ variables: ["nmda.g", "v"] }),
    ]);
    type Settable = keyof Parameters<typeof cells.set>[0];
    expectTypeOf<"nmda.Mg" | "Mg" | "tau_rise" | "E">().toExtend<Settable>();
    // @ts-expect-error a misspelt parameter
    expectTypeOf(() => DoubleExponentialCurrent({ tau_rse: 1 }));
    // @ts-expect-error an alpha function has one time constant
    expectTypeOf(() => AlphaConductance({ tau_rise: 1 }));
    // @ts-expect-error a misspelt variable
    expectTypeOf(() => net.population("c", 1, [LIF(), CurrentReceptor(), Recorder({ variables: ["curent"] })]));
  });

  it("needs the input that it adds to, and a voltage where its current has one", () => {
    net.population("a", 1, [QIFMeanField(), CouplingReceptor({ into: "I_y" })]);
    // @ts-expect-error nobody provides I
    expectTypeOf(() => net.population("a", 1, [Leak, CurrentReceptor()]));
    // @ts-expect-error LIF has no such input
    expectTypeOf(() => net.population("a", 1, [LIF(), CurrentReceptor({ into: "I_y" })]));
    // @ts-expect-error nobody provides v and I
    expectTypeOf(() => net.population("a", 1, [AlphaConductance()]));
    // @ts-expect-error nobody provides v and J
    expectTypeOf(() => net.population("a", 1, [AlphaConductance({ into: "J" })]));
  });
});

describe("what synapses do", () => {
  it("has no place in the list of a population, whatever else is there", () => {
    // @ts-expect-error a behavior of a projection
    expectTypeOf(() => net.population("a", 1, [LIF(), TsodyksMarkram()]));
    // @ts-expect-error a behavior of a projection
    expectTypeOf(() => net.population("a", 1, [LIF(), StochasticRelease({ p: 0.5 })]));
    // @ts-expect-error a behavior of a projection
    expectTypeOf(() => net.population("a", 1, [LIF(), GapJunction]));
  });

  it("has the options that it has", () => {
    TsodyksMarkram({ convention: "inactivation", tau_psc: [1, 2] });
    // @ts-expect-error no such convention
    expectTypeOf(() => TsodyksMarkram({ convention: "update" }));
    // @ts-expect-error a misspelt parameter
    expectTypeOf(() => TsodyksMarkram({ tau_fac: 3 }));
    // @ts-expect-error a number of sites
    expectTypeOf(() => StochasticRelease({ n: "2" }));
  });
});
