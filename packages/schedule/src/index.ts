export { sumOf } from "./compose.ts";
export { describePopulation, describeProjection, describeStages } from "./explain.ts";
export { planNetwork, writesOf } from "./plan.ts";
export { compare, positions, type Position } from "./positions.ts";
export { readsOf } from "./reads.ts";
export {
  arrivalName,
  competitionNames,
  constantTerm,
  hostInput,
  signalSource,
  type ComposedAssignment,
  type ComposedDerivative,
  type ComposedInput,
  type Part,
  type Plan,
  type Stage,
  type Term,
} from "./stages.ts";
export { explanationOf } from "./text.ts";
export { transmissionOf } from "./transmission.ts";
