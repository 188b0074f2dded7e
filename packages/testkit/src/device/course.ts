/** The same network on a device and on the reference, side by side. */
import type { Device } from "@neuroweave/kernel";
import { createNetwork, type CreateOptions, type Network } from "neuroweave";
import { differences, shownBy, some, type Shown } from "../bits.ts";
import { onOneLine } from "../checks/finding.ts";
import type { DeviceScene } from "./scenes.ts";

/** A network of a scene on a device. */
export function networkOf({ dt, options, make }: DeviceScene, device: Device | "reference", more: Omit<Partial<CreateOptions>, "device"> = {}): Network {
  const net = createNetwork({ dt, seed: "conformance", ...options, ...more, device });
  make(net);
  return net;
} // prettier-ignore

/** Everything that a network shows, and what its recorders have. */
function recordedBy(net: Network): Shown {
  const all = new Map(shownBy(net));
  for (const population of net.populations)
    for (const [{ name }, { request }] of population.entity.recordings)
      for (const variable of request.variables)
        all.set(`${name} of ${population.name}: ${variable}`, population.recorded(variable as never, name).values);
  return all;
}

/** Where the first network is not at the place of the second, or does not show the same to the bit; null where it does. */
export function differing(actual: Network, expected: Network, where: string): string | null {
  if (actual.steps !== expected.steps) return `${where}: it stands at step ${actual.steps} instead of ${expected.steps}`;
  const found = differences(recordedBy(actual), recordedBy(expected));
  return found.length === 0 ? null : `${where}, after ${actual.steps} ${actual.steps === 1 ? "step" : "steps"}: ${some(found)}`;
} // prettier-ignore

/** Runs both, in these portions, and gives the first difference, or what the first network throws. */
export async function compareRuns(
  actual: Network,
  expected: Network,
  portions: readonly number[],
  where: string,
): Promise<string | null> {
  for (const steps of portions) {
    try {
      await actual.step(steps);
    } catch (error) {
      const what = error instanceof Error ? `${error.name}: ${onOneLine(error.message)}` : String(error);
      return `${where}, after ${actual.steps} ${actual.steps === 1 ? "step" : "steps"} it throws ${what}`;
    }
    await expected.step(steps);
    const found = differing(actual, expected, where);
    if (found !== null) return found;
  }
  return null;
}
