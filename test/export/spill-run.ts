/**
 * A run that spills onto a folder and goes on from its last checkpoint; its process may be killed at any time. It prints a line at every
 * border at which it spills. Arguments: folder, ms in all.
 */
import { join } from "node:path";
import { latestCheckpoint } from "neuroweave";
import { spillFolder } from "@neuroweave/export";
import { recordedNetwork } from "./spilled-network.ts";

const [folder = "", duration = "0"] = process.argv.slice(2);
const net = recordedNetwork({ seed: 5, n: 7, every: [3, 8, 20] });
const found = await latestCheckpoint(join(folder, "checkpoints"));
if (found) net.restore(found.bytes);
net.every(20, () => void process.stdout.write(`${net.steps}\n`));
const end = net.spill({ every: 20, to: await spillFolder(join(folder, "spilled"), { from: net.steps }) });
// Most checkpoints hold records that the next border hands on.
net.checkpoint({ every: 35, to: join(folder, "checkpoints") });
await net.run(Number(duration) - net.t);
await end();
