import { defineStimulus } from "./define-stimulus.ts";

/** A sinusoidal current: offset + amplitude · sin(2π frequency t + phase). */
export const SineCurrent = defineStimulus({
  name: "sineCurrent",
  doc: "A sinusoidal current around an offset.",
  source: "Resonance measurements; Hutcheon & Yarom 2000, Trends Neurosci. 23:216",
  parameters: {
    amplitude: { default: 0, doc: "largest deviation from the offset, in the unit of the input" },
    frequency: { default: 1, unit: "Hz", min: 0, doc: "cycles per second" },
    phase: { default: 0, unit: "1", doc: "phase at t = 0 in radians" },
    offset: { default: 0, doc: "mean, in the unit of the input" },
  },
  // Whole cycles are taken off first: the sine of a large angle would lose digits.
  equations: "let cycles = frequency * t / 1000",
  current: "offset + amplitude * sin(2 * pi * (cycles - floor(cycles)) + phase)",
});
