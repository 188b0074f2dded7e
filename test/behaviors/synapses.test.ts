import { print } from "@neuroweave/equations";
import {
  allToAll,
  ConductanceReceptor,
  CouplingReceptor,
  createNetwork,
  CurrentReceptor,
  GapJunction,
  LIF,
  oneToOne,
  QIFMeanField,
  RateCoupling,
  StochasticRelease,
  TsodyksMarkram,
  type BehaviorInstance,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

function ends() {
  const net = createNetwork({ dt: 0.1 });
  const cells = net.population("cells", 2, [LIF(), CurrentReceptor({ name: "g" }), CouplingReceptor({ name: "gap" })]);
  return { net, cells };
}

const ofSynapses = [GapJunction(), RateCoupling(), StochasticRelease(), TsodyksMarkram()] as const;

describe("behaviors of synapses", () => {
  it.each(ofSynapses.map((each) => [each.name, each] as const))("%s is refused by a population", (name, behavior) => {
    const { net, cells } = ends();
    const remedy = "Attach it to a projection.";
    const made = refusal(() => net.population("others", 1, [LIF(), behavior] as never));
    expect(made).toMatchObject({ code: "structure", entity: "others", behavior: name, remedy });
    const attached = refusal(() => cells.attach(behavior as never));
    expect(attached).toMatchObject({ code: "structure", entity: "cells", behavior: name, remedy });
  });

  it.each([
    ["a receptor", CurrentReceptor()],
    ["a conductance", ConductanceReceptor()],
    ["a cell", LIF()],
  ])("are not what %s is: a projection refuses it", (_, behavior) => {
    const { net, cells } = ends();
    const error = refusal(() =>
      net.projection("p", {
        source: cells,
        target: cells,
        receptor: "g",
        connect: oneToOne(),
        behaviors: [behavior as BehaviorInstance],
      }),
    );
    expect(error).toMatchObject({ code: "structure", entity: "p", remedy: "Attach it to a population." });
  });

  it("act on spikes or couple in every step, not both", () => {
    const { net, cells } = ends();
    const error = refusal(() =>
      net.projection("p", {
        source: cells,
        target: cells,
        receptor: "gap",
        connect: oneToOne(),
        behaviors: [GapJunction(), TsodyksMarkram()],
      }),
    );
    expect(error).toMatchObject({ code: "two-owners", candidates: ["gapJunction", "tsodyksMarkram"] });
  });

  it("need a receptor to end in", () => {
    const net = createNetwork({ dt: 0.1 });
    const cells = net.population("cells", 2, LIF());
    const error = refusal(() => net.projection("p", { source: cells, target: cells, connect: allToAll() }));
    expect(error).toMatchObject({ code: "missing-companion", entity: "p" });
    expect(error.remedy).toContain("ConductanceReceptor");
  });

  it("may be attached, switched and detached between steps", async () => {
    const net = createNetwork({ dt: 1 });
    const source = net.population("source", 1, LIF({ I: 1e3, threshold: -64, v_reset: -65 }));
    const cells = net.population("cells", 1, [LIF({ threshold: 1e9 }), CouplingReceptor({ name: "r" })]);
    const made = net.projection("p", { source, target: cells, connect: allToAll(), weight: 8 });
    const arrived = async (): Promise<number> => {
      await net.step(2);
      return cells.get("r.current")[0]!;
    };
    expect(await arrived()).toBe(8);
    made.attach(TsodyksMarkram({ U: 0.25, tau_rec: 0 }));
    expect(await arrived()).toBe(2);
    made.disable("tsodyksMarkram");
    expect(await arrived()).toBe(8);
    made.detach("tsodyksMarkram").attach(StochasticRelease({ p: 0 }));
    expect(await arrived()).toBe(0);
  });
});

describe("TsodyksMarkram", () => {
  it("refuses conventions that do not exist, with those that do", () => {
    for (const convention of ["", "use", "toString", 3]) {
      const error = refusal(() => TsodyksMarkram({ convention: convention as "inactivation" }));
      expect(error).toMatchObject({ code: "invalid-value", behavior: "tsodyksMarkram" });
      expect(error.remedy).toBe("The conventions are update-then-use, use-then-update, inactivation.");
    }
  });

  it("takes one value, or one for each source", () => {
    const { net, cells } = ends();
    const make = (values: Parameters<typeof TsodyksMarkram>[0]) => () =>
      net.projection("p", {
        source: cells.slice(0, 1),
        target: cells,
        receptor: "g",
        connect: allToAll(),
        behaviors: [TsodyksMarkram(values)],
      });
    expect(refusal(make({ U: [0.1, 0.2] })).code).toBe("wrong-length");
    expect(refusal(make({ U: 1.5 }))).toMatchObject({ code: "out-of-range", behavior: "tsodyksMarkram" });
    expect(refusal(make({ tau_psc: 0 })).code).toBe("out-of-range");
    const made = make({ U: [0.1], tau_rec: 50 })();
    expect([...made.get("U"), ...made.get("tsodyksMarkram.tau_rec")]).toEqual([0.1, 50]);
  });
});

describe("StochasticRelease", () => {
  it("refuses numbers of sites that it cannot draw, and probabilities that are none", () => {
    for (const n of [0, -1, 1.5, 65, Number.NaN, "2" as unknown as number])
      expect(refusal(() => StochasticRelease({ n }))).toMatchObject({
        code: "out-of-range",
        behavior: "stochasticRelease",
      });
    const { net, cells } = ends();
    const make = (p: number) => () =>
      net.projection("p", {
        source: cells,
        target: cells,
        receptor: "g",
        connect: oneToOne(),
        behaviors: [StochasticRelease({ p })],
      });
    for (const p of [-0.1, 1.1]) expect(refusal(make(p)).code).toBe("out-of-range");
  });
});

describe("couplings", () => {
  it("read what they are told of the source", () => {
    const textOf = ({ declaration }: BehaviorInstance): string => print(declaration.coupling!.parsed);
    expect(textOf(GapJunction())).toBe("w * (pre.v - post.v)");
    expect(textOf(RateCoupling())).toBe("w * pre.r");
    expect(textOf(RateCoupling({ of: "v" }))).toBe("w * pre.v");
    for (const of of ["", "r + 1", "exp", "__proto__", "pre.r"])
      expect(refusal(() => RateCoupling({ of }))).toMatchObject({ behavior: "rateCoupling" });
  });

  it("refuse a source that has no such variable, and one that is a sum", () => {
    const net = createNetwork({ dt: 0.1 });
    const field = net.population("field", 1, [QIFMeanField(), CouplingReceptor()]);
    const cells = net.population("cells", 1, LIF());
    const couple = (of: string, source: typeof cells | typeof field) => () =>
      net.projection("p", { source, target: field, connect: allToAll(), behaviors: [RateCoupling({ of })] });
    expect(refusal(couple("r", cells))).toMatchObject({ code: "unknown-name", entity: "p", behavior: "rateCoupling" });
    expect(refusal(couple("I", cells))).toMatchObject({ code: "unknown-symbol", entity: "p" });
    expect(couple("r", field)().n).toBe(1);
  });
});
