/** The script around a network: reads numbers from the command line, runs, reports progress, shows results. */
import {
  progressBar,
  sparkline,
  terminalCapabilities,
  terminalRaster,
  type TerminalCapabilities,
} from "@neuroweave/plot";
import type { Network, SpikeList } from "neuroweave";
import { isRunDirectly } from "../run-directly.ts";
import { heading, inColor, wrapped } from "../seed-notebook/text-layout.ts";
import { readOptions, usageOf, type OptionValues, type ScriptOptions } from "./script-options.ts";

/** A number that was measured, beside what was to be expected and who says so. */
export interface Comparison {
  readonly what: string;
  readonly measured: string;
  readonly expected?: string;
}

/** Where a script writes, and how it lets a network run. */
export interface Screen {
  /** Runs for a while in ms; a bar appears where that takes longer than a second. */
  run(net: Network, duration: number, label?: string): Promise<void>;
  heading(text: string): void;
  /** A sentence, broken into lines. */
  say(text: string): void;
  /** Spikes as dots, the first neuron lowest. */
  raster(spikes: SpikeList & { readonly n: number }, options: { title: string; from: number; to: number; height?: number }): void;
  /** A curve in one line behind its label. */
  curve(label: string, values: ArrayLike<number>): void;
  table(rows: readonly Comparison[]): void;
  /** Does something that tells how far it is, from 0 to 1; a bar appears where it takes longer than a second. */
  progress<T>(label: string, work: (onProgress: (fraction: number) => void) => Promise<T>): Promise<T>;
} // prettier-ignore

export interface NetworkScript<O extends ScriptOptions> {
  /** Name of the file, without its ending. */
  readonly name: string;
  readonly about: string;
  readonly options: O;
  show(values: OptionValues<O>, screen: Screen): Promise<void>;
}

type Stream = Pick<NodeJS.WriteStream, "write" | "isTTY" | "columns">;

/** Shows a network as text. Gives false where only the usage was wanted. */
export async function showNetwork<O extends ScriptOptions>(
  script: NetworkScript<O>,
  args: readonly string[],
  stream: Stream = process.stdout,
  env: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  const values = readOptions(args, script.options);
  if (values === null) stream.write(`${usageOf(script.name, script.about, script.options)}\n`);
  else await script.show(values, screenOn(stream, terminalCapabilities(stream, env)));
  return values !== null;
}

/** Runs the script if its module (`import.meta.url`) is what was started. */
export async function runIfStarted<O extends ScriptOptions>(url: string, script: NetworkScript<O>): Promise<void> {
  if (!isRunDirectly(url)) return;
  // Whoever reads from a pipe may stop reading; that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  await showNetwork(script, process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

/** Wider than this, plots gain nothing. */
const widest = 110;

export function screenOn(stream: Stream, capabilities: TerminalCapabilities): Screen {
  const terminal = { ...capabilities, width: Math.min(widest, capabilities.width) };
  const write = (lines: readonly string[]): void => void stream.write(`${lines.join("\n")}\n`);
  return {
    heading: (text) => write(["", ...heading(text, terminal)]),
    say: (text) => write(wrapped(text, terminal)),
    raster({ times, ids, n }, options) {
      const { width, unicode, color } = terminal;
      write([terminalRaster({ times, ids, n }, { ...options, width, unicode, color })]);
    },
    curve(label, values) {
      const room = Math.max(10, terminal.width - label.length - 1);
      const drawn = sparkline(values, room, { unicode: terminal.unicode });
      write([`${label} ${inColor(drawn, "trace", terminal)}`]);
    },
    table: (rows) => write(tableLines(rows, terminal)),
    progress: (label, work) => progressShown(label, work, stream, terminal),
    run: (net, duration, label = "running") => runShown(net, duration, label, stream, terminal),
  };
}

/** One row a line, or two lines where a line has no room for the expectation. */
function tableLines(rows: readonly Comparison[], terminal: TerminalCapabilities): string[] {
  const first = Math.max(...rows.map(({ what }) => what.length));
  const second = Math.max(...rows.map(({ measured }) => measured.length));
  return rows.flatMap(({ what, measured, expected }) => {
    const own = `${what.padEnd(first)}  ${measured.padEnd(second)}`;
    if (expected === undefined) return [own.trimEnd()];
    const [line = "", ...more] = wrapped(expected, { width: Math.max(24, terminal.width - own.length - 2) });
    const indent = " ".repeat(own.length + 2);
    if (own.length + 26 <= terminal.width)
      return [`${own}  ${inColor(line, "muted", terminal)}`, ...more.map((each) => indent + inColor(each, "muted", terminal))]; // prettier-ignore
    return [own.trimEnd(), ...wrapped(expected, terminal, "").map((each) => inColor(each, "muted", terminal))];
  });
}

/** After this time in ms a bar appears. */
const patience = 1000;

async function progressShown<T>(label: string, work: (onProgress: (fraction: number) => void) => Promise<T>, stream: Stream, terminal: TerminalCapabilities): Promise<T> {
  const started = performance.now();
  const bar = progressBar({ stream, label, total: 1, capabilities: terminal });
  const late = (): boolean => performance.now() - started > patience;
  try {
    const result = await work((fraction) => void (late() && bar.update(fraction)));
    if (!late()) return result;
    bar.update(1);
    bar.finish(`${((performance.now() - started) / 1000).toFixed(1)} s`);
    return result;
  } catch (error) {
    if (late()) bar.finish("stopped");
    throw error;
  }
} // prettier-ignore

async function runShown(net: Network, duration: number, label: string, stream: Stream, terminal: TerminalCapabilities) {
  const started = performance.now();
  const late = (): boolean => performance.now() - started > patience;
  const bar = progressBar({ stream, label, total: 1, capabilities: terminal });
  const listener = ({ fraction, realTimeFactor }: { fraction: number; realTimeFactor: number }): void => {
    if (late()) bar.update(fraction, `${realTimeFactor.toPrecision(2)} of real time`);
  };
  net.on("progress", listener);
  try {
    await net.run(duration);
    if (!late()) return;
    bar.update(1);
    bar.finish(`${duration} ms in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  } catch (error) {
    bar.finish("stopped");
    throw error;
  } finally {
    net.off("progress", listener);
  }
}
