/** The notebook as text, for terminals of any width and kind. */
import { terminalTrace, type TerminalCapabilities } from "@neuroweave/plot";
import { patternName, spikeCount } from "./figures.ts";
import { growthProtocol } from "./growth.ts";
import { meanFieldProtocol } from "./mean-field.ts";
import type { NotebookResults } from "./notebook.ts";
import { patternProtocol } from "./patterns.ts";
import { spikeStrip, type SpikeStrip } from "./spike-strip.ts";
import { beside, heading, inColor, wrapped } from "./text-layout.ts";

/** Wider than this, strips and traces gain nothing. */
const widest = 110;

/** The part of the growing models that is shown, in ms: there is little room. */
const shownTime = 100;

/** The presets that are shown; the report has all of them. */
const chosenPresets = "ACDEINPS";

/** The results as lines. With `unicode: false` all of it is ASCII, with `color: false` there are no escape sequences. */
export function notebookText(results: NotebookResults, terminal: TerminalCapabilities): string {
  const shown = { ...terminal, width: Math.min(terminal.width, widest) };
  return [
    ...patternLines(results, shown),
    "",
    ...growthLines(results, shown),
    "",
    ...presetLines(results, shown),
    "",
    ...meanFieldLines(results, shown),
  ]
    .map((line) => line.trimEnd())
    .join("\n");
}

/** A label and the strip behind it, or below it where there is little room. */
function withStrip(label: string, strip: SpikeStrip, terminal: TerminalCapabilities): string[] {
  const { width, unicode } = terminal;
  const narrow = width - label.length < 30;
  const room = narrow ? width - 2 : width - label.length - 1;
  const drawn = inColor(spikeStrip(strip, room, unicode).trimEnd(), "trace", terminal);
  return narrow ? [label, `  ${drawn}`] : [`${label} ${drawn}`];
}

function patternLines({ patterns: { notebook, paper } }: NotebookResults, terminal: TerminalCapabilities): string[] {
  const { dt, current, rest } = patternProtocol;
  const shown = (pattern: (typeof notebook)[number]): string[] => {
    const { panel, spikes } = pattern;
    const name = `${panel} ${patternName(pattern).padEnd(20)} ${String(spikes.length).padStart(2)}`;
    return withStrip(name, { spikes, from: 0, to: current + rest, on: (time: number) => time < current }, terminal);
  };
  const others = paper.filter(({ values }, row) => JSON.stringify(values) !== JSON.stringify(notebook[row]!.values));
  return [
    ...heading("Eight firing patterns of one model", terminal),
    ...wrapped(
      `AdEx with the values of ANNarchy's notebook: ${current} ms of current, ${rest} ms without; Euler, ${dt} ms.`,
      terminal,
    ),
    ...notebook.flatMap(shown),
    ...wrapped("Rows f and g with the values of Naud et al. 2008:", terminal),
    ...others.flatMap(shown),
  ];
}

function growthLines({ growth: { models } }: NotebookResults, terminal: TerminalCapabilities): string[] {
  const { width, unicode, color } = terminal;
  const together = width >= (unicode ? 72 : 100);
  const plots = models.map(({ name, times, voltage, spikes }) =>
    terminalTrace(
      voltage.filter((_, k) => times[k]! <= shownTime),
      {
        spikes,
        from: 0,
        to: shownTime,
        title: `${name}, ${spikeCount(spikes.length)}`,
        width: together ? Math.floor((width - 4) / 3) : width,
        height: 8,
        unicode,
        color,
      },
    ).split("\n"),
  );
  const equations = models.at(-1)!.dynamics.flatMap(({ text }) => wrapped(text, terminal, "    "));
  return [
    ...heading("LIF to AELIF, one behavior at a time", terminal),
    ...wrapped(
      `Membrane potential in mV under ${growthProtocol.current} nA, the first ${shownTime} of ${growthProtocol.duration} ms.`,
      terminal,
    ),
    ...(together ? beside(plots, 2) : plots.flat()),
    ...wrapped("AELIF as composed from its five behaviors:", terminal),
    ...equations.map((line) => inColor(line, "trace", terminal)),
  ];
}

function presetLines({ presets }: NotebookResults, terminal: TerminalCapabilities): string[] {
  const chosen = presets.filter(({ panel }) => chosenPresets.includes(panel));
  const longest = Math.max(...chosen.map(({ name }) => name.length));
  return [
    ...heading("Patterns of Izhikevich's model", terminal),
    ...wrapped("Eight of twenty, each over its own time; input below the spikes. All are in the report.", terminal),
    ...chosen.flatMap((preset) => {
      const { panel, name, spikes, duration, dt, current } = preset;
      const label = `${panel} ${name.padEnd(longest)} ${String(spikes.length).padStart(2)}`;
      const at = (time: number): number => current[Math.min(current.length - 1, Math.round(time / dt))]!;
      return withStrip(label, { spikes, from: 0, to: duration, on: (time) => at(time) !== at(0) }, terminal);
    }),
  ];
}

function meanFieldLines({ meanField }: NotebookResults, terminal: TerminalCapabilities): string[] {
  const { start, stop, duration, amplitude } = meanFieldProtocol;
  const { n, measured, states } = meanField;
  const { width, unicode, color } = terminal;
  const rate = coarser(measured.rate, 5).map((hertz) => hertz / 1000);
  const columns = (name: string, cells: readonly string[]): string =>
    name.padEnd(Math.min(24, width - 24)) + cells.map((cell) => cell.padStart(8)).join("");
  return [
    ...heading("A mean field, and the neurons behind it", terminal),
    ...wrapped(
      `Rate of ${n.toLocaleString("en-US")} QIF neurons; input ${amplitude} from ${start} to ${stop}.`,
      terminal,
    ),
    ...terminalTrace(rate, { from: 0, to: duration, width, height: 9, unicode, color, timeUnit: "tau" }).split("\n"),
    inColor(columns("settled rate", ["field", "neurons", "differ"]), "muted", terminal),
    ...states.map(({ name, expected, measured: found }) =>
      columns(width < 48 ? name.replace(/^.*, /u, "") : name, [
        ...[expected, found].map((value) => value.toFixed(4)),
        `${((found / expected - 1) * 100).toFixed(1)} %`,
      ]),
    ),
  ];
}

/** Means of so many values each: a text plot shows the whole range of what falls into a column, noise included. */
function coarser(values: Float64Array, count: number): Float64Array {
  return Float64Array.from({ length: Math.floor(values.length / count) }, (_, k) => {
    const together = values.subarray(k * count, (k + 1) * count);
    return together.reduce((sum, each) => sum + each, 0) / count;
  });
}
