import { createNetwork, defineBehavior, normal, uniform, type Network } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusedWithoutTrace } from "./refusals.ts";
import { Cell, Decay, Drive } from "./tiny-behaviors.ts";

/** Euler steps of tau·dx/dt = −x, as the contract writes them: x + f · (dt / tau). */
function decayed(x: number, tau: number, dt: number, steps: number): number {
  for (let k = 0; k < steps; k++) x = x + -x * (dt / tau);
  return x;
}

function compilations(net: Network): { count: number } {
  const seen = { count: 0 };
  net.on("compiled", () => seen.count++);
  return seen;
}

describe("parameters and start values", () => {
  it("are one value, one per neuron, or a distribution", async () => {
    const net = createNetwork({ dt: 0.1, seed: 3 });
    const one = net.population("one", 3, [Decay({ tau: 7 })]);
    const each = net.population("each", 3, [Decay({ tau: [5, 6, 7], init_x: Float32Array.of(1, 2, 3) })]);
    const drawn = net.population("drawn", 300, [Decay({ tau: uniform(5, 6), init_x: normal(2, 0.1) })]);
    await net.step(20);
    expect([...one.get("x")]).toEqual([7, 7, 7].map((tau) => decayed(1, tau, 0.1, 20)));
    expect([...each.get("x")]).toEqual([5, 6, 7].map((tau, i) => decayed(i + 1, tau, 0.1, 20)));
    const taus = drawn.get("tau");
    expect(taus.every((tau) => tau >= 5 && tau < 6)).toBe(true);
    expect(new Set(taus).size).toBe(300);
    const starts = net.fork();
    starts.reset();
    const first = starts.find("drawn").get("x" as never);
    expect([...drawn.get("x")]).toEqual([...first].map((x, i) => decayed(x, taus[i]!, 0.1, 20)));
  });

  it("follow the seed and the names, not the order of creation", () => {
    const draws = (seed: number | string, names: readonly string[]): Record<string, readonly number[]> => {
      const net = createNetwork({ dt: 0.1, seed });
      return Object.fromEntries(
        names.map((name) => [name, [...net.population(name, 4, [Decay({ tau: uniform(1, 9) })]).get("tau")]]),
      );
    };
    const forwards = draws(1, ["a", "b", "c"]);
    expect(draws(1, ["c", "b", "a"])).toEqual(forwards);
    expect(forwards["a"]).not.toEqual(forwards["b"]);
    expect(draws(2, ["a"])["a"]).not.toEqual(forwards["a"]);
    expect(draws("1", ["a"])["a"]).toEqual(forwards["a"]);
  });

  it("may be given as expressions of parameters and of one another where a behavior declares them", () => {
    const Start = defineBehavior({
      name: "start",
      parameters: { b: { default: 0.2 } },
      state: { u: { init: "b * v" }, v: { init: -65 } },
    });
    const net = createNetwork({ dt: 1 });
    expect([...net.population("p", 2, [Start({ b: [0.5, 2] })]).get("u")]).toEqual([-32.5, -130]);
    expect([...net.population("q", 2, [Start({ init_v: [1, 2] })]).get("u")]).toEqual([0.2, 0.4]);
  });

  it("draw separately for two start values that have the same text", () => {
    const Random = defineBehavior({
      name: "random",
      state: { a: { init: "uniform(0, 1)" }, b: { init: "uniform(0, 1)" } },
    });
    const p = createNetwork({ dt: 1 }).population("p", 50, [Random()]);
    expect([...p.get("a")]).not.toEqual([...p.get("b")]);
  });
});

describe("setting values", () => {
  it("takes effect from the next step on", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 2, [Decay({ tau: 5 })]);
    await net.step(4);
    p.set({ tau: 2, x: [3, 4] });
    await net.step(6);
    expect([...p.get("x")]).toEqual([decayed(3, 2, 0.1, 6), decayed(4, 2, 0.1, 6)]);
    p.set({ tau: [1, 10] });
    const before = p.get("x");
    await net.step(6);
    expect([...p.get("x")]).toEqual([decayed(before[0]!, 1, 0.1, 6), decayed(before[1]!, 10, 0.1, 6)]);
  });

  it("compiles anew at most once for a scalar that is set again and again", async () => {
    const net = createNetwork({ dt: 0.1 });
    const compiled = compilations(net);
    const p = net.population("p", 2, [Cell({ I: 3 }), Drive({ amplitude: 1 })]);
    await net.step(5);
    expect(compiled.count).toBe(1);
    for (const value of [2, 3, 4, 5]) {
      p.set({ tau_m: value, I: value, amplitude: value });
      await net.step(5);
    }
    expect(compiled.count).toBe(2);
    await net.step(100);
    p.set({ v: 0.5 });
    p.set({ v: [0.1, 0.2] });
    await net.step(5);
    expect(compiled.count).toBe(2);
  });

  it("never changes bits by moving a scalar from the program into memory", async () => {
    const value = fc.double({ min: 0.5, max: 50, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        value,
        value,
        value,
        fc.double({ min: -3, max: 3, noNaN: true }),
        async (tau_m, I, amplitude, v) => {
          const make = (values: object, drive: object) => {
            const net = createNetwork({ dt: 0.1, device: "reference" });
            return { net, cells: net.population("cells", 3, [Cell(values), Drive(drive)], { method: "rk4" }) };
          };
          const given = make({ tau_m, I, init_v: v }, { amplitude });
          const set = make({ init_v: v }, {});
          set.cells.set({ tau_m, I, amplitude });
          const column = make({ init_v: v }, {});
          column.cells.set({
            tau_m: [tau_m, tau_m, tau_m],
            I: [I, I, I],
            amplitude: [amplitude, amplitude, amplitude],
          });
          for (const { net } of [given, set, column]) await net.step(12);
          expect(set.cells.get("v")).toEqual(given.cells.get("v"));
          expect(column.cells.get("v")).toEqual(given.cells.get("v"));
        },
      ),
      { numRuns: 25 },
    );
  });

  it("does not change the sign of a zero when an absent constant input is set to zero", async () => {
    const Ratio = defineBehavior({
      name: "ratio",
      inputs: { I: {} },
      state: { y: { init: 0 } },
      equations: "y = 1 / I",
    });
    const Zero = defineBehavior({ name: "zero", parameters: { z: { default: -0 } }, equations: "I += z" });
    const bits: unknown[] = [];
    for (const set of [false, true]) {
      const net = createNetwork({ dt: 1 });
      const p = net.population("p", 1, [Ratio(), Zero()]);
      if (set) p.set({ I: 0 });
      await net.step().catch(() => undefined);
      bits.push(p.get("y")[0]);
    }
    expect(bits[1]).toBe(bits[0]);
  });

  it("sets and reads a slice, and leaves the other neurons alone", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 6, [Decay({ tau: 5 })]);
    const middle = p.slice(2, 4);
    middle.set({ tau: [1, 2], x: 9 });
    expect([...p.get("tau")]).toEqual([5, 5, 1, 2, 5, 5]);
    expect([...p.get("x")]).toEqual([1, 1, 9, 9, 1, 1]);
    expect([...middle.get("tau")]).toEqual([1, 2]);
    await net.step(3);
    expect([...middle.column("x")]).toEqual([decayed(9, 1, 0.1, 3), decayed(9, 2, 0.1, 3)]);
    expect((await refusedWithoutTrace(net, () => middle.set({ tau: [1, 2, 3] }))).code).toBe("wrong-length");
    for (const [from, to] of [
      [3, 3],
      [-1, 2],
      [0, 7],
      [1.5, 3],
      [4, 2],
    ] as const)
      // prettier-ignore
      expect((await refusedWithoutTrace(net, () => p.slice(from, to))).code).toBe("out-of-range");
  });

  it("draws for a neuron the same number whether the whole population or its slice is set", () => {
    const net = createNetwork({ dt: 0.1, seed: 5 });
    const whole = net
      .population("p", 8, [Decay()])
      .set({ tau: uniform(1, 9) })
      .get("tau");
    const other = createNetwork({ dt: 0.1, seed: 5 }).population("p", 8, [Decay()]);
    other.slice(0, 4).set({ tau: uniform(1, 9) });
    other.slice(4).set({ tau: uniform(1, 9) });
    expect(other.get("tau")).toEqual(whole);
    expect(new Set(whole).size).toBe(8);
  });

  it("is a live view through column, and a copy through get", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 2, [Decay()]);
    const copy = p.get("x");
    p.column("x")[1] = 5;
    expect([...copy]).toEqual([1, 1]);
    await net.step();
    expect([...p.column("x")]).toEqual([decayed(1, 10, 0.1, 1), decayed(5, 10, 0.1, 1)]);
  });

  it("refuses one thing under two names", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Cell(), Drive({ name: "left" })]);
    const error = await refusedWithoutTrace(net, () => p.set({ amplitude: 1, "left.amplitude": 2 } as never));
    expect(error).toMatchObject({ code: "duplicate-name", entity: "p" });
  });
});

describe("a parameter that a behavior writes", () => {
  const Homeostat = defineBehavior({
    name: "homeostat",
    parameters: { rate: { default: 0.5 } },
    state: { y: { init: 0 } },
    equations: "rate = rate + i\n y = rate",
  });

  it("is per-neuron state", async () => {
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 3, [Homeostat()]);
    await net.step(2);
    expect([...p.get("rate")]).toEqual([0.5, 2.5, 4.5]);
    p.set({ rate: 1 });
    await net.step();
    expect([...p.get("rate")]).toEqual([1, 2, 3]);
    expect([...p.get("y")]).toEqual([1, 1, 1]);
  });

  it("goes back to what was set by reset, also in a fork and after a restore", async () => {
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 3, [Homeostat()]);
    p.set({ rate: [5, 6, 7] });
    await net.step(3);
    const twin = net.fork();
    for (const each of [net, twin]) {
      each.reset();
      expect([...each.find("p").get("rate" as never)]).toEqual([5, 6, 7]);
    }
  });
});
