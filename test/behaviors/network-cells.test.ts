import { describe, expect, it } from "vitest";
import { COBACell, createNetwork, CUBACell, oneToOne, Recorder, SpikeTrain, TraubMiles } from "neuroweave";

/** One spike at t = 0 into a receptor of a cell; its voltage after every step. */
async function answer(cell: ReturnType<typeof CUBACell | typeof COBACell>, receptor: string, weight: number) {
  const net = createNetwork({ dt: 0.1 });
  const source = net.population("source", 1, SpikeTrain({ times: [0], ids: [0] }));
  const cells = net.population("cells", 1, [cell, Recorder({ variables: ["v"] })]);
  net.projection("input", { source, target: cells, connect: oneToOne(), receptor, weight });
  await net.run(30);
  return cells.recorded("v").trace();
}

describe("the cell of current-based networks", () => {
  it.each([
    ["g_exc", 1.62, 5],
    ["g_inh", -9, 10],
  ] as const)("answers a spike in %s as the closed form says", async (receptor, weight, tau_s) => {
    const v = await answer(CUBACell(), receptor, weight);
    // The spike of step 0 arrives in step 1 and acts from its beginning.
    v.forEach((each, k) => {
      const t = k * 0.1;
      const expected = -60 + ((weight * tau_s) / (20 - tau_s)) * (Math.exp(-t / 20) - Math.exp(-t / tau_s));
      expect(each).toBeCloseTo(expected, 11);
    });
  });
});

describe("the cell of conductance-based networks", () => {
  it.each([
    ["g_exc", 0.6, 5, 0],
    ["g_inh", 6.7, 10, -80],
  ] as const)("answers a spike in %s by exponential Euler", async (receptor, weight, tau_s, E) => {
    const v = await answer(COBACell(), receptor, weight);
    let [expected, g] = [-60, weight];
    v.forEach((each, k) => {
      if (k > 0) {
        const limit = (g * E - 60) / (1 + g);
        expected = limit + (expected - limit) * Math.exp((-0.1 * (1 + g)) / 20);
        g *= Math.exp(-0.1 / tau_s);
      }
      expect(each).toBeCloseTo(expected, 10);
    });
  });

  it("takes receptors and cell as parameters of one model", () => {
    const net = createNetwork({ dt: 0.1 });
    const cells = net.population("cells", 2, COBACell({ tau: 15, tau_exc: 3, E_inh: -75, init_g_exc: [1, 2] }));
    expect(cells.get("tau")[0]).toBe(15);
    expect(cells.get("g_exc.tau_exc")[0]).toBe(3);
    expect(cells.get("g_inh.tau_inh")[0]).toBe(10);
    expect(cells.get("g_inh.E_inh")[0]).toBe(-75);
    expect(cells.get("g_exc").join(" ")).toBe("1 2");
  });
});

describe("the cell of Traub and Miles", () => {
  it("follows the equations of benchmark 3 of Brette et al. 2007", async () => {
    const dt = 0.001;
    const net = createNetwork({ dt });
    const cells = net.population(
      "cells",
      1,
      [TraubMiles({ E_L: -60, v_rest: -60, I: 2 }), Recorder({ variables: ["v", "h"], every: 1 })],
      {
        method: "euler",
      },
    );
    await net.run(60);
    // As printed there, and by Euler with JavaScript's own functions.
    const { exp } = Math;
    const alpha = {
      m: (u: number) => (0.32 * (13 - u)) / (exp((13 - u) / 4) - 1),
      h: (u: number) => 0.128 * exp((17 - u) / 18),
      n: (u: number) => (0.032 * (15 - u)) / (exp((15 - u) / 5) - 1),
    };
    const beta = {
      m: (u: number) => (0.28 * (u - 40)) / (exp((u - 40) / 5) - 1),
      h: (u: number) => 4 / (1 + exp((40 - u) / 5)),
      n: (u: number) => 0.5 * exp((10 - u) / 40),
    };
    const rest = (gate: "m" | "h" | "n") => alpha[gate](3) / (alpha[gate](3) + beta[gate](3));
    let [v, m, h, n] = [-60, rest("m"), rest("h"), rest("n")];
    const [voltages, gates]: [number[], number[]] = [[], []];
    let crossings = 0;
    for (let k = 0; k < 60_000; k++) {
      const u = v + 63;
      const current = 0.05 * (-60 - v) - 100 * m ** 3 * h * (v - 50) - 30 * n ** 4 * (v + 90) + 2;
      const slope = (gate: "m" | "h" | "n", x: number) => alpha[gate](u) * (1 - x) - beta[gate](u) * x;
      const next = v + dt * current;
      [m, h, n] = [m + dt * slope("m", m), h + dt * slope("h", h), n + dt * slope("n", n)];
      if (v < -20 && next >= -20) crossings++;
      v = next;
      if (k % 1000 === 0) {
        voltages.push(v);
        gates.push(h);
      }
    }
    expect(crossings).toBeGreaterThan(2);
    expect(cells.spikes().ids).toHaveLength(crossings);
    cells
      .recorded("v")
      .trace()
      .forEach((each, j) => expect(each).toBeCloseTo(voltages[j]!, 6));
    cells
      .recorded("h")
      .trace()
      .forEach((each, j) => expect(each).toBeCloseTo(gates[j]!, 8));
  });
});
