// A thread whose network comes to a step that does not end. It tells of that step before it begins.
import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { createNetwork, defineBehavior } = await import("neuroweave");

const Endless = defineBehavior({
  name: "endless",
  step({ step }) {
    if (step < 4) return;
    parentPort.postMessage(step, []);
    for (;;);
  },
});
const net = createNetwork({ dt: 1 });
net.population("p", 1, [Endless()]);
await net.step(10);
