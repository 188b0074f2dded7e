/** How often the threads of a step wait for one another: what threads cost, whatever they gain. */
import { Recorder } from "neuroweave";
import { describe, expect, it } from "vitest";
import { coba } from "../../examples/networks/coba.ts";
import { cuba } from "../../examples/networks/cuba.ts";
import { potjansDiesmann } from "../../examples/networks/potjans-diesmann.ts";

/** Options of two threads, however little there is to do. */
const two = { device: "wasm", threads: { count: 2, always: true } } as const;

describe("a thread", () => {
  it.each([
    ["CUBA, each synapse with the weight of its projection", () => cuba({ n: 400, ...two })],
    ["COBA", () => coba({ n: 400, ...two })],
    [
      "the microcircuit, with weights in single precision and delays of its own for each",
      () => potjansDiesmann({ scale: 0.02, ...two }),
    ],
    ["the same without rings of arrivals", () => potjansDiesmann({ scale: 0.02, ...two, largestRing: 0 })],
  ])("waits for the others twice in a step of %s", (_, make) => {
    const { net } = make();
    net.populations[0]!.attach(Recorder({ variables: ["v"] }) as never);
    const { code, threads } = net.explain({ code: true });
    expect(threads).toBe(2);
    expect(code!.match(/\(br_if \$stop \(call \$barrier/g)).toHaveLength(2);
  });
});
