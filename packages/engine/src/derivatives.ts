/** Right-hand sides of an entity's differential equations, at the present state or at others. */
import { lower, rightHandSide, type Value } from "@neuroweave/kernel";
import type { Entity, NetworkCore, StatesAsked } from "@neuroweave/model";
import { hostInput } from "@neuroweave/schedule";
import { lowerNetwork } from "./compile.ts";
import { evaluateAt } from "./evaluate-at.ts";
import { evaluateOnce, type Reader } from "./evaluate.ts";
import type { Histories } from "./histories.ts";
import type { Memory } from "./memory.ts";
import { variableOf } from "./names.ts";
import type { Scratch } from "./scratch.ts";
import { usualTuning } from "./tuning.ts";
import { systemOf } from "./weave.ts";

/**
 * d/dt of every integrated variable, per ms; zero where the variable is held. Host additions to inputs count as zero. Of all
 * neurons as they are, or of one at the states asked for.
 */
export function derivativesOf(
  core: NetworkCore,
  entity: Entity,
  memory: Memory,
  scratch: Scratch,
  histories: Histories,
  asked?: StatesAsked,
): Map<string, Float64Array> {
  const { plan, requirements } = lowerNetwork(core, {
    precision: memory.precision,
    waiting: () => undefined,
    largestRing: usualTuning.largestRing,
    ties: usualTuning.ties,
  });
  const { historyRows, tables } = requirements.get(entity)!;
  const inputs = plan.inputs.get(entity)!;
  const stages = plan.stages.flatMap((stage) => (stage.entity === entity && stage.kind === "dynamics" ? [stage] : []));
  const lowered = (reader: Reader): Map<string, Value> => {
    const result = new Map<string, Value>();
    for (const input of inputs.values())
      for (const { heldAs, value } of input.terms) {
        if (heldAs !== null) reader.values.set(heldAs, lower(reader.b, value, reader.scope));
        if (value.kind === "symbol" && value.name === hostInput(input.name))
          reader.values.set(value.name, reader.b.constant(0));
      }
    for (const { derivatives } of stages) {
      const system = systemOf(reader, derivatives, () => new Map());
      for (const equation of system.equations) result.set(equation.variable, rightHandSide(system, equation));
    }
    return result;
  };
  const addressOf = (slot: string): number | undefined => {
    if (tables.has(slot)) return scratch.find(entity, `table/${slot}`)?.address;
    return histories.find(entity, variableOf(slot))?.address ?? scratch.find(entity, slot)?.address;
  };
  const options = { inputs, historyRows, tables, arrivals: new Map<string, number>() };
  if (!asked) return evaluateOnce(entity, memory, core.step, options, lowered, addressOf);
  const follows = (variable: string): boolean => histories.follows(core, entity, variable);
  return evaluateAt(entity, memory, core.step, asked, options, lowered, addressOf, follows);
}
