import { beforeAll, describe, expect, it } from "vitest";
import { corticalColumnNetwork, layerNames, responses } from "../../../examples/networks/cortical-column.ts";
import { mean, meanRate } from "../../../examples/networks/measures.ts";

const duration = 800;

type Change = (net: ReturnType<typeof corticalColumnNetwork>["net"]) => void;

async function run(seed: number, change: Change = () => {}) {
  const network = corticalColumnNetwork({ seed });
  change(network.net);
  await network.net.run(duration);
  const answers = responses(network.column, duration);
  const peak = (name: (typeof layerNames)[number]) => {
    const height = Math.max(...answers[name]);
    return { height, at: answers[name].indexOf(height), rest: mean(answers[name].subarray(100)) };
  };
  return { ...network, answers, peaks: layerNames.map(peak) };
}

describe("a column of four layers under volleys from the thalamus", () => {
  const found: Awaited<ReturnType<typeof run>>[] = [];
  beforeAll(async () => {
    for (const seed of [1, 2]) found.push(await run(seed));
  });

  it("is made of regions within regions", () => {
    const { net, column } = found[0]!;
    expect(net.find("V1.L4.exc")).toBe(column.layers.L4.exc);
    expect(column.layers.L23.exc.n).toBe(4 * column.layers.L23.inh!.n);
  });

  it("passes a volley through layers 4, 2/3, 5 and 6, in this order, 3 to 9 ms from one to the next", () => {
    for (const { peaks } of found)
      for (const [k, { at }] of peaks.slice(1).entries()) {
        expect(at - peaks[k]!.at).toBeGreaterThanOrEqual(3);
        expect(at - peaks[k]!.at).toBeLessThanOrEqual(9);
      }
  });

  it("answers far above what its cells do between volleys, and is quiet again after 100 ms", () => {
    for (const { peaks } of found)
      for (const { height, rest } of peaks) {
        expect(height).toBeGreaterThan(10 * rest);
        expect(rest).toBeLessThan(4);
      }
  });

  it("has inhibitory cells that fire more than excitatory ones, as in the cortex", () => {
    for (const { column } of found)
      for (const name of layerNames) {
        const [exc, inh] = [column.layers[name].exc, column.layers[name].inh!].map((each) =>
          meanRate(each.spikes(), each.n, { from: 0, to: duration }),
        );
        expect(inh!).toBeGreaterThan(exc!);
      }
  });

  it("ends in layer 4 where the way to layer 2/3 is cut", async () => {
    const { peaks } = await run(1, (net) => net.findProjection("V1.L4.exc→L23.exc").disable());
    const [L4, ...others] = peaks;
    expect(L4!.height).toBeGreaterThan(10 * L4!.rest);
    for (const [k, { height }] of others.entries()) expect(height).toBeLessThan(found[0]!.peaks[k + 1]!.height / 3);
  });

  it("is held back by the inhibition within its layers", async () => {
    const { peaks } = await run(1, (net) => {
      for (const name of layerNames) net.findProjection(`V1.${name}.inh→exc`).disable();
    });
    for (const [k, { height }] of peaks.entries()) expect(height).toBeGreaterThan(1.1 * found[0]!.peaks[k]!.height);
  });
});
