/** What happens at the borders of calls: where a run stops, what it sees that others changed, and what it leaves when code throws. */
import { defineDevice, type Device } from "@neuroweave/kernel";
import { defineBehavior, LIF, NeuroweaveError, Phase, type Network } from "neuroweave";
import { failed, onOneLine, passed, type Finding } from "../checks/finding.ts";
import { compareRuns, differing, networkOf } from "./course.ts";
import { coded, collected, learning, synapses, type DeviceScene } from "./scenes.ts";

/** So many spikes in each step that a list of them is full before the first call is over. */
const crowded: DeviceScene = {
  name: "crowded",
  dt: 1,
  make: (net) => void net.population("cells", 2000, LIF({ tau: 10, v_rest: -65, v_reset: -70, threshold: -64, I: 500 })),
}; // prettier-ignore

const Growing = defineBehavior({
  name: "growing",
  parameters: { speed: { default: 1 } },
  state: { x: { init: 2 } },
  equations: "x = x * x * speed",
});

/** A number that becomes infinite after some steps. */
const exploding: DeviceScene = {
  name: "exploding",
  dt: 1,
  make: (net) => void net.population("cells", 19, Growing({ speed: Array.from({ length: 19 }, (_, i) => (i === 11 ? 1 : 0.5)) })),
}; // prettier-ignore

/** What `run` refuses, on one line. */
async function refusalOf(net: Network, steps: number): Promise<string | null> {
  try {
    await net.step(steps);
    return null;
  } catch (error) {
    if (!(error instanceof NeuroweaveError)) throw error;
    return `${error.code}: ${onOneLine(error.message)}`;
  }
}

export async function checkStopping(device: Device): Promise<Finding> {
  const full = await compareRuns(networkOf(crowded, device), networkOf(crowded, "reference"), [20, 3], "where spikes fill their list, ahead of which a run must stop");
  if (full !== null) return failed(full);
  for (const precision of ["f64", "f32"] as const) {
    const [actual, expected] = [networkOf(exploding, device, { precision }), networkOf(exploding, "reference", { precision })];
    const [found, wanted] = [await refusalOf(actual, 40), await refusalOf(expected, 40)];
    const where = `${precision}, where a number becomes infinite, behind which a run must stop`;
    if (found !== wanted) return failed(`${where}: ${found === null ? "it ran on" : `it was "${found}"`} instead of "${wanted}"`);
    const state = differing(actual, expected, where);
    if (state !== null) return failed(state);
  }
  return passed("ahead of a list of spikes that is full, and behind a number that is none");
} // prettier-ignore

/** A scene whose code throws in the step that is asked for, once. */
function failing() {
  const trouble = { at: 5 };
  const Failing = defineBehavior({
    name: "failing",
    priority: Phase.Homeostasis,
    state: { count: { init: 0 } },
    step({ columns, step }) {
      columns.count[0]! += 1;
      if (step !== trouble.at) return;
      trouble.at = -1;
      throw new RangeError("a trouble of its own");
    },
  });
  const make = (net: Network): void => {
    coded.make(net);
    net.find("target").attach(Failing());
  };
  return { ...coded, make };
}

export async function checkFaults(device: Device): Promise<Finding> {
  const [actual, expected] = [networkOf(failing(), device), networkOf(failing(), "reference")];
  const [found, wanted] = [await refusalOf(actual, 20), await refusalOf(expected, 20)];
  if (found !== wanted) return failed(`code threw: ${found === null ? "nothing was thrown" : `it was "${found}"`} instead of "${wanted}"`);
  const wrong = differing(actual, expected, "code threw") ?? (await compareRuns(actual, expected, [1, 20], "gone on after code threw"));
  return wrong === null ? passed("what code throws comes out as it is, and the run goes on from the border before") : failed(wrong);
} // prettier-ignore

/** What is set between two runs is what the next one reads, and what it wrote is there. */
export async function checkValues(device: Device): Promise<Finding> {
  const [actual, expected] = [networkOf(learning, device), networkOf(learning, "reference")];
  const changes: readonly ((net: Network) => void)[] = [
    (net) => void net.find("target").set({ tau: 7 }),
    (net) => void net.find("target").set({ v: Array.from({ length: 19 }, (_, i) => -70 + i) }),
    (net) => void net.find("target").column("v").fill(-51),
    (net) => void net.findProjection("paired").set({ w: 0.6 }),
    (net) => void net.signals["dopamine"]!.add(0.7),
    (net) => void (net.learning = false),
  ];
  const before = await compareRuns(actual, expected, [3], "before anything is set");
  if (before !== null) return failed(before);
  for (const [at, change] of changes.entries()) {
    change(actual);
    change(expected);
    const what = `after ${["a parameter", "a state", "a view of a state", "weights", "a signal", "learning"][at]!} was set`;
    const found = await compareRuns(actual, expected, [1, 6], what);
    if (found !== null) return failed(found);
  }
  return passed("parameters, states, views, weights and signals that are set between runs");
}

/** The same device with a memory that grows ahead of every call. */
const growing = (device: Device): Device =>
  defineDevice({
    name: device.name,
    doc: device.doc,
    source: device.source,
    async start(program, place) {
      const running = await device.start(program, place);
      return {
        run(k, steps) {
          place.memory.grow(1);
          return running.run(k, steps);
        },
        dispose: () => running.dispose?.(),
      };
    },
  });

export async function checkGrowth(device: Device): Promise<Finding> {
  const found = await compareRuns(networkOf(synapses, growing(device)), networkOf(synapses, "reference"), [1, 5, 5], "in a memory that grows between calls");
  return found === null ? passed("a memory that grows between calls") : failed(found);
} // prettier-ignore

/** From the device to the reference and back, by snapshots. */
export async function checkSnapshots(device: Device): Promise<Finding> {
  const [actual, expected] = [networkOf(collected, device), networkOf(collected, "reference")];
  const first = await compareRuns(actual, expected, [17], "before a snapshot");
  if (first !== null) return failed(first);
  const [ours, theirs] = [actual.snapshot(), expected.snapshot()];
  if (ours.length !== theirs.length || ours.some((byte, at) => byte !== theirs[at]))
    return failed("a snapshot at step 17 is not the same, byte for byte, as that of the reference");
  await expected.step(13);
  const carried = networkOf(collected, device);
  await carried.step(4);
  carried.restore(theirs);
  await carried.step(13);
  const there = differing(carried, expected, "restored from a snapshot of the reference");
  if (there !== null) return failed(there);
  const back = networkOf(collected, "reference");
  back.restore(carried.snapshot());
  const found = await compareRuns(back, expected, [9], "the reference, restored from a snapshot of the device");
  if (found !== null) return failed(found);
  actual.restore(ours);
  await actual.step(22);
  const again = differing(actual, expected, "restored and run once more");
  return again === null ? passed("to the reference and back, byte for byte") : failed(again);
}
