/** All presets of Izhikevich's model, by name. */
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import { izhikevich2003 } from "./izhikevich-2003.ts";
import { izhikevich2004 } from "./izhikevich-2004.ts";
import type { IzhikevichPreset } from "./izhikevich-preset.ts";

/** The twenty of 2004 in the order of figure 1, then the eight of 2003 in the order of figure 2. */
export const izhikevichPresets: readonly IzhikevichPreset[] = [...izhikevich2004, ...izhikevich2003];

/** The preset of this name, such as `tonic bursting`; refuses a name that none has. */
export function izhikevichPreset(name: string): IzhikevichPreset {
  const found = izhikevichPresets.find((each) => each.name === name);
  if (found) return found;
  const names = izhikevichPresets.map((each) => each.name);
  throw new NeuroweaveError("unknown-name", `there is no preset ${name}`, {
    candidates: nearest(name, names),
    remedy: `The presets are ${names.join(", ")}.`,
  });
}
