/** Whether a run goes on from a snapshot as if it had never stopped. */
import { differences, shownBy, some } from "../bits.ts";
import type { Scene } from "../scene.ts";
import { failed, passed, type Finding } from "./finding.ts";

export async function checkSnapshot({ make, steps }: Scene): Promise<Finding> {
  const before = Math.floor(steps / 2) || 1;
  const after = Math.max(steps - before, 1);
  const net = make();
  await net.step(before);
  const bytes = net.snapshot();
  await net.step(after);
  const expected = shownBy(net);

  const twin = make();
  await twin.step(3);
  twin.restore(bytes);
  await twin.step(after);
  const elsewhere = differences(shownBy(twin), expected);
  if (elsewhere.length > 0) return failed(`restored in another network: ${some(elsewhere)}. What host code keeps outside of its state is not in a snapshot.`);

  net.restore(bytes);
  await net.step(after);
  const again = differences(shownBy(net), expected);
  if (again.length > 0) return failed(`restored and run once more: ${some(again)}`);

  net.reset();
  await net.step(before + after);
  const reset = differences(shownBy(net), expected);
  return reset.length > 0 ? failed(`reset and run once more: ${some(reset)}`) : passed(`taken at step ${before}, ${after} steps after it; and after a reset`);
} // prettier-ignore
