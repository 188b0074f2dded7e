import { terminalCapabilities } from "./capabilities.ts";
import type { OutputStream, TerminalCapabilities } from "./capabilities.ts";
import { fitColumns, paint, plainText } from "./plain-text.ts";

/** Where the bar is drawn, and how. */
export interface ProgressBarOptions {
  readonly stream: OutputStream;
  readonly label: string;
  /** What `done` counts up to, in any unit. */
  readonly total: number;
  /** What the stream can show; found out from it where it is left out, with an empty environment. */
  readonly capabilities?: TerminalCapabilities;
  /** Milliseconds from any origin, never going back; `performance.now` by default. */
  readonly clock?: () => number;
}

/** A bar that grows on one line. */
export interface ProgressBar {
  /** Reports progress, with a note such as a speed. Writes at most about ten times a second. */
  update(done: number, note?: string): void;
  /** Writes the last line and ends it. Further calls do nothing. */
  finish(note?: string): void;
}

const leastInterval = 100;

/**
 * A progress bar in one line, rewritten in place. Where nobody watches (a file, a pipe, continuous integration) it
 * writes nothing but one final line, so that logs stay readable.
 */
export function progressBar(options: ProgressBarOptions): ProgressBar {
  const { stream, label, total, clock = () => performance.now() } = options;
  const shows = options.capabilities ?? terminalCapabilities(stream, {});
  let part = 0;
  let lastNote = "";
  let writtenAt = Number.NEGATIVE_INFINITY;
  let finished = false;
  return {
    update(done, note = "") {
      part = total > 0 && Number.isFinite(done) ? Math.min(1, Math.max(0, done / total)) : 0;
      lastNote = note;
      if (finished || !shows.interactive || clock() - writtenAt < leastInterval) return;
      writtenAt = clock();
      stream.write(`\r\u001B[2K${barLine(label, part, note, shows)}`);
    },
    finish(note = lastNote) {
      if (finished) return;
      finished = true;
      if (shows.interactive) stream.write(`\r\u001B[2K${barLine(label, part, note, shows)}\n`);
      else
        stream.write(
          `${[plainText(label), percent(part).trim(), plainText(note)].filter((piece) => piece !== "").join(" ")}\n`,
        );
    },
  };
}

/**
 * Label, bar, percentage and note in at most one column less than the terminal is wide, so that no terminal wraps the
 * line.
 */
function barLine(label: string, part: number, note: string, { width, unicode, color }: TerminalCapabilities): string {
  const room = width - 1;
  const name = fitColumns(plainText(label), Math.floor(room / 3), unicode);
  const barWidth = Math.max(8, Math.min(20, room - [...name].length - 45));
  const filled = Math.round(part * barWidth);
  const [on, off] = unicode ? ["█", "░"] : ["#", "."];
  const bar = paint(on.repeat(filled), "trace", color) + paint(off.repeat(barWidth - filled), "muted", color);
  const left = room - [...name].length - barWidth - percent(part).length - 4;
  const rest = fitColumns(plainText(note), left, unicode);
  return `${name} ${unicode ? bar : `[${bar}]`} ${percent(part)}${rest === "" ? "" : ` ${paint(rest, "muted", color)}`}`;
}

function percent(part: number): string {
  return `${Math.floor(part * 100 + 1e-9)} %`.padStart(5);
}
