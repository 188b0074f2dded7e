export type { DeviceName } from "./devices/index.ts";
export { assemble } from "./devices/wasm.ts";
export { createEngine, type EngineOptions } from "./engine.ts";
