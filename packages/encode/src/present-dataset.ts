import { refusal } from "@neuroweave/equations";
import type { DatasetOptions, SampleSource } from "./dataset-options.ts";
import { streamDataset } from "./stream-dataset.ts";
import type { DatasetEvents } from "./stream-dataset.ts";

/** All of a presentation: its spikes, what was shown when, and for how many neurons. */
export interface PresentedDataset extends DatasetEvents {
  /** In ms, with the last silence. */
  readonly duration: number;
  /** Shape of the neurons that spike: that of the grid, or of the window. */
  readonly shape: readonly number[];
}

/**
 * A set of samples as one list of spikes: each sample is shown for `presentation` ms, then there is `silence`, then
 * comes the next. With `locations`, a sample is shown window by window, from its beginning and for `presentation` each,
 * and the silence follows the last; neurons are then those of the window, and `locationIds` spikes of a second
 * population, one neuron for each location. The last two dimensions of `shape` are rows and columns, those before
 * (channels, such as ON and OFF) are seen whole.
 *
 *     const digits = images.map((image, k) => ({ ...latencyEncode(image, { duration: 20 }), label: labels[k]! }));
 *     const shown = presentDataset(digits, { presentation: 20, silence: 10, shape: [28, 28], order: "shuffled", seed: 1 });
 *
 * Throws `unknown-name` for unknown options, `wrong-length` for no samples, for lists that do not match, and for rasters that
 * are longer than a presentation or no whole number of rows, `out-of-range` for spikes outside the presentation or the
 * grid, windows outside the grid, and an endless set, `off-grid` for times that are no whole number of steps, `invalid-dt` where
 * a time step is missing, `invalid-value` for samples and options of another form.
 *
 * Source: `SpikeNdDataset`, `SensorySetter`, `LocationSetter` and `GridCropMask` of CoNeX 0.1.5.
 */
export function presentDataset(samples: SampleSource, options: DatasetOptions): PresentedDataset {
  const call = "presentDataset";
  const stream = streamDataset(samples, options, call);
  const { duration, shape } = stream;
  if (duration === Infinity)
    throw refusal("out-of-range", `${call}: the presentation never ends`, "Use streamDataset for endless sets.");
  return { ...stream(0, duration), duration, shape };
}
