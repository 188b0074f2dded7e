/** What users say of how a network is run. */
import type { Device, Precision } from "@neuroweave/kernel";
import type { ThreadsOption } from "./threads.ts";

/** Names of devices: those of the library, and whatever plugins bring. */
export type DeviceName = "wasm" | "native" | "auto" | "reference" | (string & {});

/** How programs are made and run. Nothing here changes results, but for `precision`. */
export interface EngineOptions {
  /**
   * `wasm` unless chosen otherwise. `auto` begins with it, compiles natively in the background where the run is long enough, and
   * changes over at a step border: the event `device` says when. `native` fails where there is no C compiler. A device of a plugin is chosen by
   * its name where the plugin is among `plugins`, and any device by itself: what `defineDevice` returned.
   */
  readonly device?: DeviceName | Device;
  /** `f64` unless chosen otherwise. */
  readonly precision?: Precision;
  /**
   * Threads that share a step; the bits do not depend on how many there are. 1 unless chosen otherwise. Steps that are too short to
   * gain stay on one thread, and `explain()` says so; with `always` they do not.
   */
  readonly threads?: ThreadsOption;
  /**
   * Where delays into a receptor differ, what spikes bring waits in a ring with a row for each step to come. A ring of more than so many
   * bytes is done without: each step collects what arrives in it from the rows of all spikes on their way (one ten times as large, where a
   * spike has a synapse in every tenth step only). 2¹⁸ unless chosen otherwise; the bits do not depend on it.
   */
  readonly largestRing?: number;
  /**
   * For tests: orders stages that may be in any order by this number instead of by creation; the bits must be the same for every number.
   */
  readonly shuffle?: number;
  /** For tests: checks after every portion of a run what holds at every step border (`net.verify()`), which takes long. */
  readonly debug?: boolean;
}
