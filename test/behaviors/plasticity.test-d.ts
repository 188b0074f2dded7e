import { LIF, PairSTDP, PostTrace, PreTrace, WeightBounds, type Pairing, type Tie, type WeightDependence } from "@neuroweave/behaviors"; // prettier-ignore
import type { NetworkSignal, Network } from "@neuroweave/model";
import { describe, expectTypeOf, it } from "vitest";

declare const net: Network;

describe("bounds of weights", () => {
  it("are numbers, one for each synapse, or left open", () => {
    WeightBounds();
    WeightBounds({ min: -1, max: [1, 2, 3] });
    WeightBounds({ min: null, max: new Float64Array(3) });
    // @ts-expect-error a text
    expectTypeOf(() => WeightBounds({ min: "0" }));
    // @ts-expect-error true is no bound
    expectTypeOf(() => WeightBounds({ max: true }));
    // @ts-expect-error a misspelt bound
    expectTypeOf(() => WeightBounds({ mx: 1 }));
  });
});

describe("rules of pairs of spikes", () => {
  it("know their parameters and options", () => {
    PairSTDP({ A_plus: 0.1, A_minus: [0.1, 0.2], tau_plus: 15, tau_minus: 30, mu: 0.5, pairing: "nearest", tie: "both", dependence: "power" }); // prettier-ignore
    PreTrace({ tau_plus: 10, pairing: "reduced" });
    // @ts-expect-error a misspelt parameter
    expectTypeOf(() => PairSTDP({ Aplus: 0.1 }));
    // @ts-expect-error a trace has no amplitude
    expectTypeOf(() => PostTrace({ A_minus: 0.1 }));
    // @ts-expect-error the other end's time constant
    expectTypeOf(() => PreTrace({ tau_minus: 10 }));
    // @ts-expect-error no such pairing
    expectTypeOf(() => PairSTDP({ pairing: "some" }));
    // @ts-expect-error no such tie rule
    expectTypeOf(() => PairSTDP({ tie: true }));
    // @ts-expect-error no such dependence
    expectTypeOf(() => PairSTDP({ dependence: "linear" }));
    expectTypeOf<Pairing>().toEqualTypeOf<"all" | "nearest" | "reduced">();
    expectTypeOf<Tie>().toEqualTypeOf<"none" | "potentiation" | "depression" | "both">();
    expectTypeOf<WeightDependence>().toEqualTypeOf<"additive" | "multiplicative" | "power">();
  });

  it("belong to projections", () => {
    // @ts-expect-error nobody in a population provides a weight
    expectTypeOf(() => net.population("cells", 1, [LIF(), PairSTDP()]));
    // @ts-expect-error the same of bounds
    expectTypeOf(() => net.population("cells", 1, [LIF(), WeightBounds()]));
  });
});

it("a signal is one number under its name", () => {
  expectTypeOf(net.signal("dopamine", { tau: 200 })).toEqualTypeOf<NetworkSignal>();
  expectTypeOf(net.signal("reward").value).toEqualTypeOf<number>();
  expectTypeOf(net.signal("reward").get("baseline")).toEqualTypeOf<number>();
  // @ts-expect-error a misspelt option
  expectTypeOf(() => net.signal("reward", { tua: 200 }));
  // @ts-expect-error one value, no list
  expectTypeOf(() => net.signal("reward", { init: [1, 2] }));
});
