/** The devices of the library, by name. */
import { defineDevice, type Device } from "@neuroweave/kernel";
import { native } from "./native.ts";
import { reference } from "./reference.ts";
import { wasm } from "./wasm.ts";

const auto = defineDevice({
  name: "auto",
  doc: "Begins in WebAssembly, and changes over to machine code at a step border where the run is long enough.",
  source: "Own design.",
  changeover: { from: wasm, to: native },
});

/** Where programs of the library run. Plugins bring more. */
export const standardDevices: Readonly<Record<"wasm" | "native" | "auto" | "reference", Device>> = {
  wasm,
  native,
  auto,
  reference,
};
