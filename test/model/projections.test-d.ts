import { describe, expectTypeOf, it } from "vitest";
import { allToAll, fixedInDegree, fixedProbability, fromArrays, lateral } from "@neuroweave/connect";
import { ConductanceReceptor, DeltaReceptor, LIF, TsodyksMarkram } from "@neuroweave/behaviors";
import {
  defineBehavior,
  exponential,
  lognormal,
  normal,
  uniform,
  type Connector,
  type Endpoint,
  type Network,
  type Projection,
  type ProjectionOptions,
  type Region,
} from "@neuroweave/model";

declare const net: Network;

const cells = net.population("cells", 4, [LIF(), ConductanceReceptor({ name: "g_exc" }), DeltaReceptor()]);
const base = { source: cells, target: cells, connect: allToAll() };

describe("a projection", () => {
  it("goes between populations and slices of any behaviors, without an annotation", () => {
    expectTypeOf(net.projection("a", base)).toEqualTypeOf<Projection>();
    expectTypeOf(cells).toExtend<Endpoint>();
    expectTypeOf(cells.slice(0, 2)).toExtend<Endpoint>();
    net.projection("b", { source: cells.slice(0, 2), target: cells, connect: fixedProbability(0.5) });
    net.projection("c", { source: net.find("cells"), target: cells.slice(1, 3), connect: fixedInDegree(1) });
  });

  it("takes weights and delays as a number, a list, a distribution, or a rule", () => {
    const rule = (source: number, target: number, distance: number): number => source + target + distance;
    for (const weight of [1, [1, 2], new Float64Array(2), new Float32Array(2), uniform(0, 1), normal(1, 0.1), lognormal(0, 1)])
      net.projection("p", { ...base, weight });
    for (const delay of [1, [1, 2], new Float64Array(2), exponential(2), normal(1.5, 0.75, { min: 0 })])
      net.projection("p", { ...base, delay });
    net.projection("p", { ...base, weight: rule, delay: rule });
    // The parameters of a rule are numbers without being declared.
    net.projection("p", {
      ...base,
      weight: (s, t, d) => {
        expectTypeOf([s, t, d]).toEqualTypeOf<number[]>();
        return s;
      },
      delay: () => 1,
    });
    expectTypeOf<ProjectionOptions["weights"]>().toEqualTypeOf<"f64" | "f32" | "i16" | undefined>();
    expectTypeOf<ProjectionOptions["receptor"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<ProjectionOptions["connect"]>().toEqualTypeOf<Connector>();
  }); // prettier-ignore

  it("takes nothing else", () => {
    // @ts-expect-error a misspelt option
    expectTypeOf(() => net.projection("p", { ...base, wieght: 1 }));
    // @ts-expect-error a weight in words
    expectTypeOf(() => net.projection("p", { ...base, weight: "1" }));
    // @ts-expect-error no weight
    expectTypeOf(() => net.projection("p", { ...base, weight: null }));
    // @ts-expect-error a rule that gives words
    expectTypeOf(() => net.projection("p", { ...base, weight: () => "1" }));
    // @ts-expect-error a list of words
    expectTypeOf(() => net.projection("p", { ...base, delay: ["1"] }));
    // @ts-expect-error a way of storing that does not exist
    expectTypeOf(() => net.projection("p", { ...base, weights: "f16" }));
    // @ts-expect-error a connector that was not called
    expectTypeOf(() => net.projection("p", { ...base, connect: allToAll }));
    // @ts-expect-error the name of a population instead of it
    expectTypeOf(() => net.projection("p", { ...base, source: "cells" }));
    // @ts-expect-error a projection is no end
    expectTypeOf(() => net.projection("p", { ...base, target: net.findProjection("a") }));
    // @ts-expect-error no connector
    expectTypeOf(() => net.projection("p", { source: cells, target: cells }));
    // @ts-expect-error no target
    expectTypeOf(() => net.projection("p", { source: cells, connect: allToAll() }));
    // @ts-expect-error one behavior instead of a list
    expectTypeOf(() => net.projection("p", { ...base, behaviors: TsodyksMarkram() }));
    // @ts-expect-error what is no behavior
    expectTypeOf(() => net.projection("p", { ...base, behaviors: [{ U: 0.5 }] }));
    // @ts-expect-error a misspelt parameter of a behavior
    expectTypeOf(() => net.projection("p", { ...base, behaviors: [TsodyksMarkram({ tau_reck: 1 })] }));
    // @ts-expect-error a text is no list of tags
    expectTypeOf(() => net.projection("p", { ...base, tags: "loop" }));
  });

  it("gives lists of its synapses, and is changed by what it takes", () => {
    const p = net.projection("p", { ...base, behaviors: [TsodyksMarkram()], tags: ["loop"] });
    expectTypeOf(p.weights()).toEqualTypeOf<{
      readonly sources: Uint32Array;
      readonly targets: Uint32Array;
      readonly values: Float64Array;
    }>();
    expectTypeOf(p.n).toEqualTypeOf<number>();
    expectTypeOf(
      p
        .set({ w: uniform(0, 1) })
        .disable()
        .enable(),
    ).toEqualTypeOf<Projection>();
    expectTypeOf(p.rewire({ connect: lateral({ size: 3 }), weight: 1, delay: () => 1 })).toEqualTypeOf<Projection>();
    // @ts-expect-error the ends of a projection never change
    expectTypeOf(() => p.rewire({ source: cells }));
    // @ts-expect-error nor does the receptor
    expectTypeOf(() => p.rewire({ receptor: "g_exc" }));
    // @ts-expect-error a text is no weight
    expectTypeOf(() => p.set({ w: "1" }));
    // @ts-expect-error the name is not to be assigned
    expectTypeOf(() => (p.name = "q"));
    net.remove(p);
  });

  it("is made by a region with the same options", () => {
    const region = net.region("L4");
    expectTypeOf(region).toEqualTypeOf<Region>();
    const made = region.population("exc", 3, [LIF(), DeltaReceptor()]);
    expectTypeOf<"v" | "I">().toExtend<Parameters<typeof made.recorded>[0]>();
    expectTypeOf(region.projection("p", { source: made, target: cells, connect: allToAll() })).toEqualTypeOf<Projection>();
    // @ts-expect-error a misspelt option
    expectTypeOf(() => region.projection("p", { ...base, wieght: 1 }));
    // @ts-expect-error nobody provides v
    expectTypeOf(() => region.population("exc", 3, [DeltaReceptor()]));
  }); // prettier-ignore
});

describe("a connector", () => {
  it("takes the options that it has", () => {
    expectTypeOf(fixedProbability(0.1, { self: false })).toEqualTypeOf<Connector>();
    expectTypeOf(fromArrays({ sources: [0], targets: new Uint32Array(1), weights: [1], delays: [2] })).toEqualTypeOf<Connector>();
    // @ts-expect-error a misspelt option
    expectTypeOf(() => fixedInDegree(3, { multapse: false }));
    // @ts-expect-error a probability in words
    expectTypeOf(() => fixedProbability("0.1"));
    // @ts-expect-error no targets
    expectTypeOf(() => fromArrays({ sources: [0] }));
  }); // prettier-ignore
});

describe("a behavior of synapses", () => {
  it("may have values per source and per synapse", () => {
    defineBehavior({
      name: "own",
      parameters: { U: { default: 0.5, per: "source" } },
      state: { x: { init: 1, per: "source" }, y: { init: 0 } },
      onPre: "efficacy = U * x",
    });
    expectTypeOf(() =>
      // @ts-expect-error values per row do not exist
      defineBehavior({ name: "other", state: { x: { init: 1, per: "row" } } }),
    );
  });
});
