import { formatNetworkFile, NeuroweaveError } from "neuroweave";
import { describe, expect, it } from "vitest";
import type { Change } from "../../examples/playground/src/protocol.ts";
import { openSession } from "../../examples/playground/src/worker/session.ts";
import { countsAfter, opened } from "./sessions.ts";

const AELIF = { in: "AELIF" } as const;
const changes: readonly (readonly [string, Change])[] = [
  ["a value", { do: "set", ...AELIF, behavior: "leak", parameter: "v_rest", value: -60 }],
  ["values for each neuron", { do: "set", ...AELIF, behavior: "constantCurrent", parameter: "amplitude", value: [2, 4, 6, 8] }], // prettier-ignore
  ["a part switched off", { do: "switch", ...AELIF, behavior: "adaptation", enabled: false }],
  ["a part less", { do: "remove", ...AELIF, behavior: "exponentialUpstroke" }],
  ["a behavior less", { do: "remove", ...AELIF, behavior: "constantCurrent" }],
  ["a behavior more", { do: "add", ...AELIF, use: "SineCurrent" }],
  ["a behavior of one's own", { do: "write", ...AELIF, into: "I" }],
  ["a second of a kind", { do: "add", ...AELIF, use: "ConstantCurrent" }],
  ["other equations", { do: "rewrite", ...AELIF, behavior: "adaptation", texts: { equations: "w_tau * domega/dt = alpha * (v - v_rest) - omega\ntau * dv/dt += -2 * R * omega", onSpike: "omega += 3 * beta" }, declared: [] }], // prettier-ignore
  ["equations with a symbol more", { do: "rewrite", ...AELIF, behavior: "leak", texts: { equations: "tau * dv/dt += v_rest - v + extra" }, declared: [{ kind: "parameter", name: "extra", value: 5, unit: "mV" }] }], // prettier-ignore
  ["another priority", { do: "prioritize", ...AELIF, behavior: "adaptation", priority: 261 }],
  ["another method", { do: "integrate", ...AELIF, method: "rk4" }],
  ["another size", { do: "resize", in: "LIF", n: 4 }],
  ["another seed", { do: "clock", seed: 12 }],
];

describe("a change on the page", () => {
  it.each(changes)("%s: the running network and a network made of the changed file spike alike", async (_, change) => {
    const session = await opened("lif-family");
    await session.change(change);
    const anew = await openSession(JSON.parse(formatNetworkFile(session.file)));
    const spikes = await countsAfter(session, 3000);
    expect(spikes).toEqual(await countsAfter(anew, 3000));
    expect(spikes.flat().some((count) => count > 0)).toBe(true);
  });

  it.each(changes.slice(0, 10))(
    "%s: time and the other neurons go on as if nothing had happened",
    async (_, change) => {
      const [session, untouched] = [await opened("lif-family"), await opened("lif-family")];
      await session.step(1000);
      await untouched.step(1000);
      await session.change(change);
      // What had been counted until then is counted anew.
      const before = untouched.counts("ELIF")!.counts.slice();
      const [, changed] = await countsAfter(session, 1000);
      const [, as] = await countsAfter(untouched, 1000);
      expect(changed).toEqual(as!.map((count, j) => count - before[j]!));
      expect(session.counts("ELIF")!.t).toBeCloseTo(200, 9);
    },
  );

  it("may take away what is looked at", async () => {
    const session = await opened("lif-family");
    const view = {
      population: "AELIF",
      variables: ["v", "omega"],
      neurons: [3],
      window: 200,
      columns: 100,
      rows: {},
      plane: null,
    };
    const look = () => session.advance({ elapsed: 50, speed: 1, playing: true, view });
    const seen = await look();
    expect(seen.traces.values.length).toBe(2 * seen.traces.times.length);
    await session.change({ do: "switch", ...AELIF, behavior: "adaptation", enabled: false });
    expect(session.describe().populations[2]!.variables.map(({ name }) => name)).toEqual(["v"]);
    expect((await look()).traces.times.length).toBe(0);
    await session.change({ do: "switch", ...AELIF, behavior: "adaptation", enabled: true });
    await look();
    expect((await look()).traces.times.length).toBeGreaterThan(0);
  });

  it("keeps the state of what it replaces", async () => {
    const session = await opened("lif-family");
    await session.step(1500);
    const same = session.describe().populations[2]!.behaviors.find(({ name }) => name === "adaptation")!;
    await session.change({ do: "rewrite", ...AELIF, behavior: "adaptation", texts: same.texts, declared: [] });
    const untouched = await opened("lif-family");
    await untouched.step(1500);
    const before = untouched.counts("AELIF")!.counts.slice();
    const changed = (await countsAfter(session, 2000))[2]!;
    expect(changed).toEqual((await countsAfter(untouched, 2000))[2]!.map((count, j) => count - before[j]!));
  });

  const refused: readonly (readonly [string, Change, string])[] = [
    ["an equation that ends too soon", { do: "rewrite", ...AELIF, behavior: "leak", texts: { equations: "tau * dv/dt += v_rest - " }, declared: [] }, "syntax"], // prettier-ignore
    ["a symbol that nobody has", { do: "rewrite", ...AELIF, behavior: "leak", texts: { equations: "tau * dv/dt += v_rest - v + zeta" }, declared: [] }, "missing-companion"], // prettier-ignore
    ["what the others need", { do: "remove", ...AELIF, behavior: "leak" }, "missing-companion"],
    [
      "what the others need, switched off",
      { do: "switch", ...AELIF, behavior: "leak", enabled: false },
      "missing-companion",
    ],
    ["a value out of range", { do: "set", ...AELIF, behavior: "leak", parameter: "tau", value: -1 }, "out-of-range"],
    ["a population without neurons", { do: "resize", in: "LIF", n: 0 }, "invalid-value"],
  ];

  it.each(refused)("%s is refused, and everything goes on as before", async (_, change, code) => {
    const [session, untouched] = [await opened("lif-family"), await opened("lif-family")];
    await session.step(700);
    await untouched.step(700);
    const { file } = session;
    const error = await session.change(change).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(NeuroweaveError);
    expect(error).toMatchObject({ code });
    expect(session.file).toBe(file);
    expect(await countsAfter(session, 1500)).toEqual(await countsAfter(untouched, 1500));
  });
});
