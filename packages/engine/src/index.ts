export { standardDevices } from "./devices/index.ts";
export { assemble } from "./devices/wasm.ts";
export { createEngine } from "./engine.ts";
export type { DeviceName, EngineOptions } from "./options.ts";
