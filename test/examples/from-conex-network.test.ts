import { describe, expect, it } from "vitest";
import { portNetwork } from "../../examples/from-conex-network.ts";

describe("a network that was written for CoNeX", () => {
  it("spikes and adapts as it did there: CoNeX 0.1.5 in float64 printed these numbers", async () => {
    const { exc, inh, thresholds, voltage } = await portNetwork();
    expect(exc.map(({ length }) => length)).toEqual([57, 38, 58, 43, 58, 64, 35, 59, 31, 23, 36, 39]);
    expect(inh.map(({ length }) => length)).toEqual([103, 105, 103]);
    expect(exc[0]!.slice(0, 12)).toEqual([6, 12, 18, 22, 28, 32, 43, 49, 54, 58, 63, 71]);
    expect(exc[5]!.slice(-6)).toEqual([363, 373, 377, 385, 391, 399]);
    const last = [-68.448071424746, -61.105156210537, -58.080775056502, -56.138043904163, -65.530627235684, -64.039586197514, -61.968176629653, -61.653314594978, -68.438061279574, -64.704104178, -56.573198913285, -57.145896065719]; // prettier-ignore
    voltage.at(399).forEach((v, neuron) => expect(Math.abs(v - last[neuron]!)).toBeLessThan(1e-11));
    const final = [-52.20544293333333, -55.08357417777778, -52.13710093333333, -54.58704997777778, -52.152385377777776, -51.45912562222223, -56.02242182222222, -51.985225155555554, -56.29186842222222, -57.71788168888889, -55.625530422222226, -54.927850400000004]; // prettier-ignore
    thresholds.forEach((x, neuron) => expect(Math.abs(x - final[neuron]!)).toBeLessThan(1e-12));
  });
});
