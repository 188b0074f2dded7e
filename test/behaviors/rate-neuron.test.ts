import { createNetwork, RateNeuron } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

describe("RateNeuron", () => {
  it.each([
    ["linear", (x: number) => x],
    ["rectified", (x: number) => Math.max(x, 0)],
    ["tanh", Math.tanh],
  ] as const)("relaxes to its input, exactly, with a rate that is %s", async (transfer, f) => {
    for (const dt of [2, 0.5]) {
      const net = createNetwork({ dt });
      const cells = net.population("cells", 2, RateNeuron({ tau: 8, transfer, I: [1.5, -0.7], init_x: 0.2 }));
      await net.run(20);
      for (const [i, I] of [1.5, -0.7].entries()) {
        const x = I + (0.2 - I) * Math.exp(-20 / 8);
        expect(cells.get("x")[i]).toBeCloseTo(x, 12);
        expect(cells.get("r")[i]).toBeCloseTo(f(x), 12);
      }
    }
  });

  it("refuses a transfer function that does not exist", () => {
    expect(refusal(() => RateNeuron({ transfer: "step" as "tanh" })).code).toBe("invalid-value");
  });
});
