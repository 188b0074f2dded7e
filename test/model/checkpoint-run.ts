/**
 * A run that goes on from the last checkpoint of a folder, whose process may be killed at any time; it prints `running` when it has begun to
 * step, and what can be seen of the network at its end. Arguments: folder, ms in all; without a folder it takes no checkpoints.
 */
import { latestCheckpoint, Recorder } from "neuroweave";
import { everything, woven } from "./network-with-projections.ts";

const [folder = "", duration = "0"] = process.argv.slice(2);
const net = woven();
net.find("cells").attach(Recorder({ variables: ["v"], every: 7 }));
// What happens to the structure depends on the time alone.
net.every(500, () => {
  const tired = net.findProjection("tired");
  const source = Math.round(net.t) % 12;
  tired.restructure({ prune: [source], grow: { sources: [source], targets: [(net.steps / 1000) % 5], weight: 0.03, delay: 2.5 } });
}); // prettier-ignore
if (folder !== "") {
  const found = await latestCheckpoint(folder);
  if (found) net.restore(found.bytes);
  net.checkpoint({ every: 10, to: folder });
}
const first = net.every(1, () => {
  console.log("running");
  first();
});
await net.run(Number(duration) - net.t);
const { times, values } = net.find("cells").recorded("v");
console.log(JSON.stringify({ all: everything(net), times: [...times], values: [...values].map(String) }));
