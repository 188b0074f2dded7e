import { definePlugin } from "neuroweave";
import { countingDevice } from "./counting-device.ts";

export { countingDevice, type CountingDevice } from "./counting-device.ts";
export type { KernelCounts } from "./counts.ts";

/** The device by its name: `createNetwork({ device: "counting", plugins: [plugin] })`; `explain().notes` says what was counted. */
export const plugin = definePlugin({
  name: "neuroweave-counting-device",
  version: "0.1.0",
  doc: "A device that counts every operation of a step.",
  neuroweave: "^0.1.0",
  devices: { counting: countingDevice() },
});
