/** Behaviors that are attached switched off are as those that are switched off afterwards. */
import {
  createNetwork,
  ConstantCurrent,
  DeltaReceptor,
  LIF,
  PairSTDP,
  PoissonSource,
  Refractory,
  SignalPulses,
  type Network,
} from "neuroweave";
import { expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";
import { allToAll } from "@neuroweave/connect";
import { expectSameBits } from "../devices/twins.ts";

const cell = { R: 5, tau: 10, threshold: -50, v_reset: -70, v_rest: -65, I: 4 };

/** A network whose behaviors of some names are switched off, from the beginning or afterwards. */
function network(off: "first" | "afterwards"): Network {
  const disabled = (...names: string[]) => (off === "first" ? { disabled: names } : {});
  const net = createNetwork({ dt: 0.1, seed: 2 });
  const pulses = SignalPulses({ times: [1, 2], amplitude: 1 });
  net.signal("reward", { tau: 20, behaviors: [pulses], ...disabled("signalPulses") });
  const source = net.population("source", 5, PoissonSource({ rate: 300 }));
  const target = net.population("target", 4, [LIF(cell), Refractory(), ConstantCurrent({ name: "push", amplitude: 9 }), DeltaReceptor({ name: "psp" })], disabled("push", "refractory")); // prettier-ignore
  const synapses = net.projection("synapses", { source, target, connect: allToAll(), weight: 0.5, behaviors: [PairSTDP({ A_plus: 0.1 })], ...disabled("pairRule") }); // prettier-ignore
  if (off === "afterwards") {
    net.signals["reward"]!.enable("signalPulses", false);
    target.disable("push").disable("refractory");
    synapses.disable("pairRule");
  }
  return net;
}

it("behaviors that are attached switched off are as those that are switched off afterwards", async () => {
  const [first, afterwards] = [network("first"), network("afterwards")];
  await Promise.all([first.step(300), afterwards.step(300)]);
  expectSameBits(first, afterwards);
  expect(first.find("target").behaviors).toEqual(afterwards.find("target").behaviors);
  expect([...first.findProjection("synapses").get("w")]).toEqual(Array<number>(20).fill(0.5));
  for (const net of [first, afterwards]) net.find("target").enable("push");
  await Promise.all([first.step(100), afterwards.step(100)]);
  expectSameBits(first, afterwards);
});

it("a behavior that is switched off may lack what it needs", () => {
  const net = createNetwork({ dt: 0.1 });
  const push = ConstantCurrent({ name: "push" });
  const source = net.population("source", 1, [PoissonSource(), push] as never, { disabled: ["push"] });
  expect(refusal(() => source.enable("push").derivatives()).code).toBe("missing-companion");
});

it("what is not attached cannot be switched off, and the nearest is named", () => {
  const net = createNetwork({ dt: 0.1 });
  expect(refusal(() => net.population("cells", 1, LIF(), { disabled: ["fir"] })).candidates).toEqual(["fire"]);
  expect(refusal(() => net.population("cells", 1, LIF(), { disabled: "fire" as never })).code).toBe("invalid-value");
  expect(refusal(() => net.signal("reward", { disabled: ["decay"] })).code).toBe("unknown-name");
  expect(net.populations).toEqual([]);
});
