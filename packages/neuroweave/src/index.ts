/** Everything that users import, in the order in which they meet it. */
export { createNetwork } from "./create-network.ts";
export { errorCodes, NeuroweaveError } from "@neuroweave/equations";
export type { ErrorCode, ErrorPlace } from "@neuroweave/equations";
export type { EngineOptions } from "@neuroweave/engine";

export {
  choice,
  defineBehavior,
  defineModel,
  exponential,
  isDistribution,
  knownBehaviors,
  lognormal,
  lorentzian,
  Network,
  normal,
  Phase,
  phaseLabel,
  Population,
  PopulationSlice,
  uniform,
} from "@neuroweave/model";
export type {
  BehaviorArguments,
  BehaviorBody,
  BehaviorDefinition,
  BehaviorInstance,
  BehaviorSpecification,
  Declaration,
  Distribution,
  EventList,
  Explanation,
  Floats,
  HostContext,
  HostNetwork,
  HostStep,
  Ingredient,
  InputDeclaration,
  ModelDefinition,
  ModelInstance,
  ModelMember,
  ModelOptions,
  NetworkEventMap,
  NetworkOptions,
  ParameterDeclaration,
  ParameterValue,
  PhaseName,
  PlannedEquation,
  PlannedParameter,
  PlannedPopulation,
  PlannedStage,
  PlannedTerm,
  PopulationOptions,
  PortableMath,
  RandomSource,
  Recorded,
  RunOptions,
  SampleRequest,
  Settings,
  Shape,
  Shaped,
  Spikes,
  StageKind,
  StateDeclaration,
  StateReport,
  SymbolChange,
  SymbolChanges,
  Table,
} from "@neuroweave/model";

export * from "@neuroweave/behaviors";
export { Recorder } from "@neuroweave/record";
export type { RecorderOptions } from "@neuroweave/record";

export {
  checkSpikes,
  classifyPattern,
  coefficientOfVariation,
  cv2,
  firingRate,
  interspikeIntervals,
  latency,
  localVariation,
  meanRates,
  patternThresholds,
  populationRate,
  spikeTrainsOf,
} from "@neuroweave/analysis";
export type {
  CurrentStep,
  FiringPattern,
  PatternMeasures,
  PatternThresholds,
  PatternVerdict,
  RateCurve,
  SpikeList,
  TimeWindow,
} from "@neuroweave/analysis";
