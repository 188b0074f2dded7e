/** Every device, by name. */
import type { Device, DeviceName } from "./device.ts";
import { nativeDevice } from "./native.ts";
import { reference } from "./reference.ts";
import { wasm } from "./wasm.ts";

export const devices = { wasm, native: nativeDevice, reference } as const satisfies Record<DeviceName, Device>;

export type { DeviceName };
