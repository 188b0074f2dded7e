/** `checkDevice`: whether a device does all that every device promises. */
import { checkOptions, nearest, NeuroweaveError } from "@neuroweave/equations";
import { isDevice, type Device } from "@neuroweave/kernel";
import { createNetwork, LIF } from "neuroweave";
import { failed, onOneLine, passed, type Finding } from "./checks/finding.ts";
import { checkFaults, checkGrowth, checkSnapshots, checkStopping, checkValues } from "./device/borders.ts";
import { sameBits, sameBitsOfThreads } from "./device/same-bits.ts";
import { deviceScenes, learning, synapses } from "./device/scenes.ts";
import { checkNeighbours, checkStructure } from "./device/structure.ts";
import { requireReasons, reportOf, type CheckResult, type ConformanceReport } from "./report.ts";

/** Words, and what `explain` says. */
async function checkDescription(device: Device): Promise<Finding> {
  const wrong: string[] = [];
  if (!/^[A-Z].*\.$/u.test(device.doc)) wrong.push("its doc is no sentence");
  if (device.source.length < 5) wrong.push("it has no source");
  if (!Object.isFrozen(device)) wrong.push("it can be changed");
  try {
    await (device.warmUp() as unknown);
  } catch {
    wrong.push("its warmUp throws, instead of leaving that to start");
  }
  const net = createNetwork({ dt: 0.5, device });
  net.population("cells", 3, LIF({ I: 5 }));
  await net.step(3);
  const { device: name, code } = net.explain({ code: true });
  if (name !== device.name) wrong.push(`explain() calls it ${name}`);
  if (code !== null && typeof code !== "string") wrong.push("its code is no text");
  return wrong.length > 0 ? failed(wrong.join("; ")) : passed(`${device.name}: ${device.doc}`);
}

const suite: Readonly<Record<string, (device: Device) => Promise<Finding>>> = {
  description: checkDescription,
  ...Object.fromEntries(
    deviceScenes.map((scene) => [`same bits: ${scene.name}`, (device: Device) => sameBits(device, scene)]),
  ),
  threads: (device) => sameBitsOfThreads(device, [synapses, learning]),
  stopping: checkStopping,
  "faults of host code": checkFaults,
  "values between runs": checkValues,
  "memory that grows": checkGrowth,
  snapshots: checkSnapshots,
  "changes of structure": checkStructure,
  "several networks": checkNeighbours,
};

/** The checks of a device, in the order in which they are made. */
export const deviceCheckNames: readonly string[] = Object.keys(suite);

export interface DeviceCheckOptions {
  /** Checks that are left out, by their names in `deviceCheckNames`, each with the reason, which the report repeats. */
  readonly except?: Readonly<Record<string, string>>;
}

/**
 * Runs networks that have every kind of stage on a device and on the reference, and asks for the same bits: in both precisions, step by step and
 * in one run, across snapshots, faults of host code and changes of structure. What the device throws is a failure of the check that met it.
 * Of a device that changes over, each check is made on both of its devices: runs are too short for it to change over by itself.
 *
 *     expectConformance(await checkDevice(myDevice));
 */
export async function checkDevice(device: Device, options: DeviceCheckOptions = {}): Promise<ConformanceReport> {
  if (!isDevice(device))
    throw new NeuroweaveError("invalid-value", "what is to be checked is no device", { remedy: "Give what defineDevice returns." });
  checkOptions("checkDevice", options, ["except"]);
  const { except = {} } = options;
  for (const name of Object.keys(except))
    if (!Object.hasOwn(suite, name))
      throw new NeuroweaveError("unknown-name", `there is no check ${name}`, {
        candidates: nearest(name, deviceCheckNames),
        remedy: `There are ${deviceCheckNames.join(", ")}.`,
      });
  requireReasons("the check", except);
  const results: CheckResult[] = [];
  for (const [name, check] of Object.entries(suite)) {
    const reason = except[name];
    const finding = reason === undefined ? await foundOnBoth(check, device) : passed(`left out: ${reason}`);
    results.push({ name, ...finding });
  }
  return reportOf(device.name, results);
} // prettier-ignore

/** The finding of a device, and then of the one that it changes over to. */
async function foundOnBoth(check: (device: Device) => Promise<Finding>, device: Device): Promise<Finding> {
  const first = await found(check, device);
  if (device.changeover === null || !first.ok) return first;
  const { to } = device.changeover;
  const { ok, detail } = await found(check, to);
  return ok ? passed(`${first.detail}; on ${to.name}: ${detail}`) : failed(`on ${to.name}, to which it changes over: ${detail}`);
} // prettier-ignore

/** A device may throw anything: it is what is under test. */
async function found(check: (device: Device) => Promise<Finding>, device: Device): Promise<Finding> {
  try {
    return await check(device);
  } catch (error) {
    return failed(onOneLine(error instanceof Error ? `${error.name}: ${error.message}` : `it threw ${String(error)}`));
  }
}
