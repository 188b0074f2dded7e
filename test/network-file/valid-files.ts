/** Small files of every part of the form, to be changed at random. */
import { createNetwork, type NetworkFile } from "neuroweave";
import { models } from "../devices/models.ts";
import { networks } from "../devices/networks.ts";

/** Files of the networks that the devices are tested with, one of each few. */
export function validFiles(): NetworkFile[] {
  const some = networks.filter((_, at) => at % 3 === 0).map(({ make, dt = 0.1 }) => {
    const net = createNetwork({ dt, seed: 3 });
    make(net, "f64");
    return net.toJSON();
  });
  const cells = models.filter((_, at) => at % 3 === 0).map(({ make, dt = 0.1 }) => {
    const net = createNetwork({ dt, seed: "cells" });
    net.region("all").add(net.population("cells", 3, make(3) as never));
    return net.toJSON();
  });
  return [...some, ...cells];
} // prettier-ignore
