/**
 * LIF, ELIF and AELIF assembled from behaviors: a model is a list, and a larger model is a list with one more entry.
 *
 *     npx tsx examples/compose.ts
 */
import {
  Adaptation,
  ConstantCurrent,
  createNetwork,
  CurrentInput,
  defineModel,
  ExponentialUpstroke,
  Fire,
  Leak,
  Recorder,
} from "neuroweave";
import { isRunDirectly } from "./run-directly.ts";

const LIF = defineModel("LIF", [Leak, CurrentInput, Fire]);
const ELIF = LIF.with(ExponentialUpstroke);
const AELIF = ELIF.with(Adaptation);

/** Four neurons under four currents, recorded, with the plan of the network. */
export async function composeAELIF() {
  const net = createNetwork({ dt: 0.1, seed: 7 });
  const cells = net.population("cells", 4, [
    AELIF({
      R: 5,
      tau: 10,
      threshold: -45,
      v_reset: -70,
      v_rest: -65,
      delta: 2,
      theta_rh: -55,
      alpha: 0.1,
      beta: 0.5,
      w_tau: 100,
    }),
    ConstantCurrent({ amplitude: [1, 3, 4, 8] }),
    Recorder({ variables: ["v", "omega"], every: 0.1 }),
  ]);
  await net.run(200);
  const spikes = cells.spikes();
  return {
    counts: Array.from({ length: cells.n }, (_, id) => spikes.ids.filter((each) => each === id).length),
    voltage: cells.recorded("v").trace(3),
    omega: cells.column("omega").slice(),
    plan: net.explain(),
  };
}

if (isRunDirectly(import.meta.url)) {
  const { counts, omega, plan } = await composeAELIF();
  console.log(`spikes in 200 ms  ${counts.join(", ")}`);
  console.log(`omega at the end  ${Array.from(omega, (each) => each.toFixed(3)).join(", ")} nA`);
  console.log(`\n${String(plan)}`);
}
