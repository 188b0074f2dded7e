/** Run, pause, step, reset, speed, seed: what moves the clock. */
import { h } from "../dom.ts";
import { asFactor, short } from "../numbers.ts";
import type { Description, Frame } from "../protocol.ts";

/** Simulated over real time. */
const speeds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, Infinity] as const;

const windows = [50, 100, 200, 500, 1000, 2000, 5000] as const;

export interface TransportOptions {
  readonly play: (on: boolean) => void;
  readonly step: (steps: number) => void;
  readonly reset: () => void;
  readonly seed: (seed: number) => Promise<void>;
  readonly window: (ms: number) => void;
}

export interface Transport {
  readonly element: HTMLElement;
  readonly speed: () => number;
  setSpeed(speed: number): void;
  setWindow(ms: number): void;
  setPlaying(on: boolean): void;
  describe(description: Description): void;
  draw(frame: Frame, framesPerSecond: number): void;
}

export function transport({ play, step, reset, seed, window: setWindow }: TransportOptions): Transport {
  let playing = false;
  let dt = 0.1;
  const run = h("button", { type: "button", class: "primary", id: "run", title: "Space", on: { click: () => play(!playing) } }, "Run");
  const one = h("button", { type: "button", id: "step", title: "One step; with Shift ten", on: { click: ({ shiftKey }) => step(shiftKey ? 10 : 1) } }, "Step");
  const back = h("button", { type: "button", id: "reset", on: { click: reset } }, "Reset");
  const slider = h("input", { type: "range", id: "speed", min: 0, max: speeds.length - 1, step: 1, value: 6, on: { input: () => tell() } });
  const speedText = h("output", { for: "speed", class: "readout", style: "min-width:7.2em" });
  const seedField = h("input", { type: "number", id: "seed", step: 1, min: 0, value: 0, on: { change: () => void seed(Number(seedField.value)) } });
  const windowField = h("select", { id: "window", on: { change: () => setWindow(Number(windowField.value)) } });
  const clock = h("span", { class: "readout", id: "clock" });
  const pace = h("span", { class: "readout note", id: "pace" });
  const speed = (): number => speeds[Number(slider.value)]!;
  const tell = (): void => {
    slider.setAttribute("aria-valuetext", speed() === Infinity ? "as fast as it can" : `${short(speed(), 2)} times real time`);
    speedText.value = asFactor(speed());
  };
  tell();
  let told = -Infinity;
  const element = h(
    "div",
    { class: "bar transport", role: "group", "aria-label": "Run" },
    h("div", { class: "clockwork" }, run, one, back, clock),
    h(
      "div", { class: "settings" },
      h("label", { class: "field" }, "Speed", slider, speedText),
      h("label", { class: "field" }, "Window", windowField),
      h("label", { class: "field" }, "Seed", seedField),
      pace,
      h("a", { class: "jump", href: "#stack" }, "Behaviors"),
    ),
  ); // prettier-ignore

  const setPlaying = (on: boolean): void => {
    if (playing === on) return;
    playing = on;
    run.textContent = on ? "Pause" : "Run";
  };
  return {
    element,
    speed,
    setSpeed(wanted) {
      const nearest = speeds.reduce((best, each) => (Math.abs(Math.log(each / wanted)) < Math.abs(Math.log(best / wanted)) ? each : best), speeds[0] as number);
      slider.value = String(speeds.indexOf(nearest as 1));
      tell();
    },
    setWindow(ms) {
      const all = [...new Set<number>([...windows, ms])].sort((a, b) => a - b);
      windowField.replaceChildren(...all.map((each) => h("option", { value: each }, `${each} ms`)));
      windowField.value = String(ms);
    },
    setPlaying,
    describe(description) {
      ({ dt } = description);
      seedField.value = String(description.seed);
      told = -Infinity;
    },
    draw({ t, pace: factor, playing: goesOn }, framesPerSecond) {
      if (playing && !goesOn) told = -Infinity;
      if (performance.now() - told < 120) return;
      told = performance.now();
      const digits = Math.max(0, Math.min(4, -Math.floor(Math.log10(dt) + 1e-9)));
      clock.replaceChildren("t = ", h("b", {}, t.toFixed(digits)), " ms");
      pace.textContent = playing ? `${asFactor(factor)}, ${Math.round(framesPerSecond)} frames/s` : "paused";
    },
  };
} // prettier-ignore
