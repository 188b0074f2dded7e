/** Whether host code touches what it says that it touches, and nothing else. */
import type { Network } from "neuroweave";
import { some } from "../bits.ts";
import type { Scene } from "../scene.ts";
import { failed, passed, type Finding } from "./finding.ts";
import { emptyRecord, watched, type HostRecord } from "./watched-host.ts";

/** Columns that every population has. */
const everywhere = new Set(["spike", "refractory", "t_last_spike"]);

/** What the subject's host code did in a run. */
export async function watchHost({ make, steps }: Scene): Promise<HostRecord> {
  const record = emptyRecord();
  let net: Network | undefined = undefined;
  net = make({ change: (instance) => watched(instance, record, () => net) });
  await net.step(steps);
  return record;
}

export async function checkReadsAndWrites(scene: Scene): Promise<Finding> {
  const hosts = scene.members.filter(({ declaration }) => declaration.step !== null);
  if (hosts.length === 0) return passed("it has no host code: its equations are what it reads and writes");
  const record = await watchHost(scene);
  const wrong: string[] = [];
  for (const name of record.undeclared) wrong.push(`it changes ${name}, which is not in its writes`);
  const declared = new Set(
    hosts.flatMap(({ name, declaration: { states, requires, writes, aliases } }) =>
      [...states.keys(), ...requires, ...writes].flatMap((each) => [each, `${name}.${each}`, ...[...aliases].filter(([, current]) => current === each).map(([original]) => original)]),
    ),
  );
  for (const name of record.reads)
    if (!declared.has(name) && !everywhere.has(name)) wrong.push(`it reads ${name}, which is not in its requires`);
  for (const { declaration } of hosts)
    for (const name of declaration.writes)
      if (!record.changed.has(name)) wrong.push(`it says that it writes ${name}, and did not in ${scene.steps} steps`);
  for (const name of record.calls) wrong.push(`it calls ${name}, which is not the same on every machine: take math and random of the step`);
  return wrong.length > 0 ? failed(some(wrong)) : passed(`reads ${[...record.reads].join(", ") || "nothing"}; changes ${[...record.changed].join(", ") || "nothing"}`);
} // prettier-ignore
