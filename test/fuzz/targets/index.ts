/** Every door through which text or bytes of others come in. */
import type { Target } from "../target.ts";
import { behaviors } from "./behaviors.ts";
import { equations } from "./equations.ts";
import { networkFiles } from "./network-files.ts";
import { csvFiles, manifests, parquetFiles } from "./tables.ts";
import { units } from "./units.ts";

export const targets: readonly Target[] = [
  equations,
  units,
  behaviors,
  networkFiles,
  csvFiles,
  parquetFiles,
  manifests,
];
