import { evaluateProgram } from "@neuroweave/kernel";
import type { Device } from "./device.ts";

/** Evaluates the IR directly; slow, and the measure of every other device. */
export const reference: Device = {
  name: "reference",
  sharesMemory: false,
  threads: () => ({ most: 1, why: "the device reference has one thread" }),
  warmUp: () => {},
  start: (program, memory, host) => Promise.resolve(evaluateProgram(program, memory.wasm, host)),
  code: () => null,
};
