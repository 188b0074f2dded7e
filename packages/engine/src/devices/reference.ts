import { defineDevice, evaluateProgram } from "@neuroweave/kernel";

/** Evaluates the IR directly; slow, and the measure of every other device. */
export const reference = defineDevice({
  name: "reference",
  doc: "Evaluates the plan directly and slowly: the measure of every other device.",
  source: "Own design.",
  start: (program, { memory, host }) => evaluateProgram(program, memory, host),
});
