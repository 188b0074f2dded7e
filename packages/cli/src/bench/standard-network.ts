/** The network that `neuroweave bench` takes where it is given none. */
import { COBACell, createNetwork, fixedProbability, uniform, type Network } from "neuroweave";
import type { NetworkSettings } from "../file/network-request.ts";

/** Conductance-based benchmark of Vogels and Abbott 2005 with 4000 neurons, kept active by a leak above threshold. */
export function standardNetwork(settings: NetworkSettings): Network {
  const net = createNetwork({ dt: 0.1, seed: 1, ...settings });
  const cells = net.population("cells", 4000, COBACell({ v_rest: -49, init_v: uniform(-60, -50) }));
  const connect = fixedProbability(0.02);
  net.projection("excitation", {
    source: cells.slice(0, 3200),
    target: cells,
    connect,
    receptor: "g_exc",
    weight: 0.6,
  });
  net.projection("inhibition", { source: cells.slice(3200), target: cells, connect, receptor: "g_inh", weight: 6.7 });
  return net;
}
