/** Every preset, in the order of the list. */
import { adexPresets } from "./adex.ts";
import { izhikevich } from "./izhikevich.ts";
import { leakyPresets } from "./leaky.ts";
import { meanFieldPreset } from "./mean-field.ts";
import { networkPresets } from "./networks.ts";
import type { Preset } from "./preset.ts";

export const presets: readonly Preset[] = [
  ...adexPresets,
  ...leakyPresets,
  ...networkPresets,
  meanFieldPreset,
  ...izhikevich,
];

export type { Preset };
