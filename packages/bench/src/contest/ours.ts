/** A process of its own: one network of ours on one device, in the part of a contender. */
import { createInterface } from "node:readline";
import { manifestOf } from "../installed.ts";
import { eventNetwork } from "../linear-cost.ts";
import { brunelNetwork, type BrunelValues } from "../network-models/brunel.ts";
import { izhikevichNetwork, izhikevichNeurons } from "../network-models/izhikevich.ts";
import { stdpNetwork, type StdpValues } from "../network-models/stdp.ts";
import { cobaNetwork, cubaNetwork, type VogelsAbbottValues } from "../network-models/vogels-abbott.ts";
import { adexNetwork, adexValues, lifNetwork, lifValues, type Measured, type Place } from "../networks.ts";
import type { Task } from "./task.ts";

const answer = (values: object): void => void process.stdout.write(`${JSON.stringify(values)}\n`);

function build({ network, variant, n, parameters }: Task, place: Place): Measured {
  const { dt: _, I_first: __, ...constants } = parameters;
  switch (network) {
    case "lif":
      return lifNetwork({ ...lifValues(n), ...constants }, "f64", place);
    case "adex":
      return adexNetwork({ ...adexValues(n), ...constants }, "f64", place);
    case "cuba":
    case "coba": {
      const values = { initial: 0, E_exc: 0, E_inh: 0, ...parameters } as unknown as VogelsAbbottValues;
      if (network === "cuba") return cubaNetwork(n, values, place);
      return cobaNetwork(n, variant === "euler" ? "euler" : "exponentialEuler", values, place);
    }
    case "brunel":
      return brunelNetwork(n, parameters["share"]!, parameters as unknown as BrunelValues, place);
    case "events":
      return eventNetwork(n, place);
    case "stdp":
      return stdpNetwork(n, parameters as unknown as StdpValues, place);
    case "izhikevich":
      return izhikevichNetwork(izhikevichNeurons(n), true, place);
  }
}

const [taskText = "", placeText = ""] = process.argv.slice(2);
const task = JSON.parse(taskText) as Task;
try {
  const start = performance.now();
  const network = build(task, JSON.parse(placeText) as Place);
  await network.advance(1);
  const buildSeconds = (performance.now() - start) / 1000;
  answer({ ready: 1, build_seconds: buildSeconds, version: `Neuroweave ${manifestOf("neuroweave").version}` });
  for await (const _ of createInterface(process.stdin)) {
    network.reset();
    const cpu = process.cpuUsage();
    const begun = performance.now();
    await network.advance(task.steps);
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    answer({ seconds, cpu: (user + system) * 1e-6, spikes: network.spikeCount() });
  }
} catch (error) {
  answer({ refused: error instanceof Error ? error.message.split("\n", 1)[0] : String(error) });
}
process.exit();
