export { sumOf } from "./compose.ts";
export { describePopulation, describeProjection, describeStages } from "./explain.ts";
export { isBehindFiring } from "./contributions.ts";
export { lanesOf } from "./lanes.ts";
export { readsEnds } from "./learning.ts";
export { planNetwork } from "./plan.ts";
export { creationOrder, shuffledOrder, type TieOrder } from "./tie-order.ts";
export { compare, createOrder, type Order, type Places, type Position, type Where } from "./positions.ts";
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
  type Lanes,
  type Part,
  type Plan,
  type Stage,
  type Term,
} from "./stages.ts";
export { explanationOf } from "./text.ts";
export { transmissionOf } from "./transmission.ts";
export { writesOf } from "./writes.ts";
