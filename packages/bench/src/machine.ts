import { arch, cpus, loadavg, platform } from "node:os";
import { manifestOf } from "./installed.ts";

/** Where and with what something was measured. */
export interface Machine {
  readonly neuroweave: string;
  readonly node: string;
  readonly v8: string;
  readonly platform: string;
  readonly processor: string;
  readonly cores: number;
  /** Processes that waited for a core over the last minute, on average; 0 where the system does not tell. */
  readonly load: number;
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  const processors = cpus();
  return {
    neuroweave: manifestOf("neuroweave").version,
    node: process.versions.node,
    v8: process.versions.v8,
    platform: `${platform()} ${arch()}`,
    processor: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    load: Math.round(loadavg()[0]! * 10) / 10,
  };
}

/** One line about a machine. */
export const machineLine = (machine: Machine): string =>
  [
    `Neuroweave ${machine.neuroweave}`,
    `Node ${machine.node} (V8 ${machine.v8})`,
    machine.platform,
    `${machine.processor}, ${machine.cores} cores`,
    `load ${machine.load}`,
  ].join(" · ");
