/** How far a run is, on standard error: a bar where a person watches, else a line now and then. */
import { progressBar, type TerminalCapabilities } from "@neuroweave/plot";
import type { Network } from "neuroweave";
import type { Stream } from "../screen/screen.ts";

export interface ProgressOptions {
  readonly network: Network;
  /** The time t in ms at which the run ends. */
  readonly to: number;
  readonly stream: Stream;
  readonly terminal: TerminalCapabilities;
  /** Says nothing at all. */
  readonly quiet: boolean;
}

export interface Progress {
  /** Ends the bar or the lines. */
  finish(note: string): void;
  /** Wall time since the beginning, in seconds. */
  seconds(): number;
}

/** Between two lines where nobody watches; the first comes with the first report. In ms. */
const plainInterval = 10_000;

/** Follows the runs of a network until `finish`. */
export function followProgress({ network, to, stream, terminal, quiet }: ProgressOptions): Progress {
  const started = performance.now();
  const from = network.t;
  const bar = progressBar({ stream, label: "running", total: to - from, capabilities: terminal });
  let writtenAt = Number.NEGATIVE_INFINITY;
  const seconds = (): number => (performance.now() - started) / 1000;
  const listener = ({ t }: { readonly t: number }): void => {
    const factor = (t - from) / 1000 / Math.max(seconds(), 1e-6);
    const left = (to - t) / 1000 / Math.max(factor, 1e-12);
    const note = `${speedText(factor)}, ${timeText(left)} left`;
    if (terminal.interactive) return bar.update(t - from, note);
    if (performance.now() - writtenAt < plainInterval || t >= to) return;
    writtenAt = performance.now();
    stream.write(`running ${Math.floor(((t - from) / (to - from)) * 100 + 1e-9)} %, ${note}\n`);
  };
  if (!quiet) network.on("progress", listener);
  return {
    seconds,
    finish(note) {
      network.off("progress", listener);
      if (quiet) return;
      bar.update(network.t - from, note);
      bar.finish(note);
    },
  };
}

/** Simulated time over wall time, in three digits. */
export const speedText = (factor: number): string =>
  `${factor >= 100 ? factor.toFixed(0) : factor.toPrecision(factor < 1 ? 2 : 3)} × real time`;

/** A time in the unit in which it is read most easily. */
export function timeText(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  if (seconds < 0.95) return `${Math.max(0, Math.round(seconds * 1000))} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
