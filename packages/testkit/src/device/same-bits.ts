/** Whether a device gives the bits of the reference, scene by scene. */
import { failed, passed, type Finding } from "../checks/finding.ts";
import { compareRuns, networkOf } from "./course.ts";
import type { Device } from "@neuroweave/kernel";
import { synapses, type DeviceScene } from "./scenes.ts";

/** Lengths of the runs after which everything is compared. */
const portions = [1, 1, 2, 7, 30] as const;
const total = portions.reduce((sum, steps) => sum + steps, 0);

/** In both precisions, step by step, and in one run after a reset. */
export async function sameBits(device: Device, scene: DeviceScene): Promise<Finding> {
  for (const precision of ["f64", "f32"] as const) {
    const actual = networkOf(scene, device, { precision });
    const expected = networkOf(scene, "reference", { precision });
    const stepwise = await compareRuns(actual, expected, portions, precision);
    if (stepwise !== null) return failed(stepwise);
    actual.reset();
    expected.reset();
    const atOnce = await compareRuns(actual, expected, [total], `${precision}, in one run after a reset`);
    if (atOnce !== null) return failed(atOnce);
  }
  return passed(`${total} steps in f64 and f32, portion by portion and in one run`);
}

/** With two threads, where the device has them. */
export async function sameBitsOfThreads(device: Device, scenes: readonly DeviceScene[]): Promise<Finding> {
  // Whoever asks for threads refuses an offer that is none.
  networkOf(synapses, device, { threads: 2 });
  const { most, why } = device.threads();
  if (most < 2) return passed(why ?? "it has one thread");
  for (const scene of scenes) {
    const actual = networkOf(scene, device, { threads: { count: 2, always: true } });
    const expected = networkOf(scene, "reference");
    const found = await compareRuns(actual, expected, portions, `${scene.name} on two threads`);
    if (found !== null) return failed(found);
    const { threads } = actual.explain();
    if (threads !== 2) return failed(`${scene.name}: two threads were asked for and offered, and ${threads} ran`);
  }
  return passed(`${scenes.map(({ name }) => name).join(", ")} on two threads`);
}
