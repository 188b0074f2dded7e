import { progressBar, terminalCapabilities } from "@neuroweave/plot";
import type { TerminalCapabilities } from "@neuroweave/plot";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const terminal = { isTTY: true, columns: 100 };
const utf8 = { LANG: "en_US.UTF-8", TERM: "xterm-256color" };

describe("the capabilities of a stream", () => {
  it("are all there on a terminal with UTF-8", () => {
    expect(terminalCapabilities(terminal, utf8)).toEqual({ color: true, width: 100, unicode: true, interactive: true });
  });

  it.each<[string, object, Record<string, string>, Partial<TerminalCapabilities>]>([
    [
      "NO_COLOR takes color away and nothing else",
      terminal,
      { ...utf8, NO_COLOR: "1" },
      { color: false, unicode: true, interactive: true },
    ],
    ["an empty NO_COLOR means nothing", terminal, { ...utf8, NO_COLOR: "" }, { color: true }],
    ["NO_COLOR wins over FORCE_COLOR", terminal, { ...utf8, NO_COLOR: "1", FORCE_COLOR: "1" }, { color: false }],
    [
      "a pipe gets neither color nor lines that are rewritten",
      {},
      utf8,
      { color: false, interactive: false, unicode: true, width: 80 },
    ],
    ["FORCE_COLOR colors a pipe", {}, { ...utf8, FORCE_COLOR: "1" }, { color: true, interactive: false }],
    ["FORCE_COLOR=0 does not", {}, { ...utf8, FORCE_COLOR: "0" }, { color: false }],
    [
      "a dumb terminal gets plain ASCII",
      terminal,
      { ...utf8, TERM: "dumb" },
      { color: false, unicode: false, interactive: false },
    ],
    ["the Linux console has no Braille", terminal, { ...utf8, TERM: "linux" }, { unicode: false, color: true }],
    ["a locale without UTF-8 gets ASCII", terminal, { TERM: "xterm", LANG: "C" }, { unicode: false }],
    ["no locale at all gets ASCII", terminal, { TERM: "xterm" }, { unicode: false }],
    ["LC_ALL decides before LANG", terminal, { LANG: "en_US.UTF-8", LC_ALL: "C" }, { unicode: false }],
    ["an empty LC_ALL leaves it to LANG", terminal, { LANG: "de_DE.utf8", LC_ALL: "" }, { unicode: true }],
    ["Windows Terminal knows Unicode", terminal, { WT_SESSION: "1" }, { unicode: true }],
    ["continuous integration watches nothing", terminal, { ...utf8, CI: "true" }, { interactive: false, color: true }],
    ["no plot is narrower than 40 columns", { isTTY: true, columns: 12 }, utf8, { width: 40 }],
    ["COLUMNS helps where the stream does not know", {}, { ...utf8, COLUMNS: "132" }, { width: 132 }],
    ["nonsense in COLUMNS is passed over", {}, { ...utf8, COLUMNS: "wide" }, { width: 80 }],
  ])("%s", (_, stream, environment, expected) => {
    expect(terminalCapabilities(stream, environment)).toMatchObject(expected);
  });
});

/** A stream that remembers what was written, and a clock that goes when it is told to. */
function record(capabilities: TerminalCapabilities, label = "Running", total = 500) {
  const written: string[] = [];
  const time = { now: 0 };
  const bar = progressBar({
    stream: { write: (text) => written.push(text) },
    label,
    total,
    capabilities,
    clock: () => time.now,
  });
  return { bar, written, time };
}

const watched: TerminalCapabilities = { color: false, width: 60, unicode: true, interactive: true };

describe("a progress bar", () => {
  it("rewrites one line, and ends it when it is finished", () => {
    const { bar, written, time } = record(watched);
    for (let done = 0; done <= 500; done += 100) {
      time.now += 200;
      bar.update(done);
    }
    bar.finish("0.2 s");
    expect(written.every((text) => text.startsWith("\r\u001B[2K"))).toBe(true);
    expect(written.slice(0, -1).some((text) => text.includes("\n"))).toBe(false);
    expect(written.at(-1)).toMatch(/Running █+ 100 % 0\.2 s\n$/u);
    expect(written.join("").match(/\n/gu)).toHaveLength(1);
  });

  it("writes at most ten times a second, however often it is told", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 300 }), (waits) => {
        const { bar, written, time } = record(watched);
        for (const wait of waits) {
          time.now += wait;
          bar.update(time.now);
        }
        expect(written.length).toBeLessThanOrEqual(1 + Math.floor(time.now / 100));
      }),
    );
  });

  it("never fills the line, whatever label, note and width", () => {
    const texts = fc.string({ unit: "grapheme-ascii", maxLength: 120 });
    fc.assert(
      fc.property(
        texts,
        texts,
        fc.integer({ min: 40, max: 160 }),
        fc.double(),
        fc.boolean(),
        (label, note, width, done, unicode) => {
          const { bar, written } = record({ ...watched, width, unicode }, label, 1);
          bar.update(done, note);
          bar.finish();
          for (const text of written) {
            const line = text.replace("\r\u001B[2K", "").replace("\n", "");
            expect([...line].length).toBeLessThan(width);
            if (!unicode) expect(line).toMatch(/^[\x20-\x7E]*$/u);
          }
        },
      ),
    );
  });

  it("fills its bar in proportion", () => {
    const { bar, written, time } = record(watched);
    const filled = [0, 125, 250, 500].map((done) => {
      time.now += 1000;
      bar.update(done);
      return [...written.at(-1)!].filter((character) => character === "█").length;
    });
    expect(filled[0]).toBe(0);
    expect(filled[2]).toBe(filled[1]! * 2);
    expect(filled[3]).toBe(filled[2]! * 2);
  });

  it("leaves a log with one line and no escape sequence where nobody watches", () => {
    const { bar, written, time } = record({ color: false, width: 80, unicode: false, interactive: false });
    for (let done = 0; done <= 250; done += 50) {
      time.now += 1000;
      bar.update(done, "working");
    }
    bar.finish("stopped");
    bar.finish("again");
    expect(written).toEqual(["Running 50 % stopped\n"]);
  });

  it("says nothing after its end", () => {
    const { bar, written, time } = record(watched);
    bar.finish();
    time.now += 1000;
    bar.update(10);
    expect(written).toHaveLength(1);
  });
});
