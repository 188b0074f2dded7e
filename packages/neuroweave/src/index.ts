/** Everything that users import, in the order in which they meet it. */
export { createNetwork } from "./create-network.ts";
export { loadNetwork, type LoadOptions } from "./load-network.ts";
export { formatNetworkFile, parseNetworkFile, standardCatalog, type ParseOptions } from "@neuroweave/network-file";
export type { CatalogEntry } from "@neuroweave/network-file";
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
  NetworkSignal,
  normal,
  Phase,
  phaseLabel,
  Population,
  PopulationSlice,
  Projection,
  Region,
  uniform,
} from "@neuroweave/model";
export type {
  Connector,
  ConnectorEnd,
  ConnectorSite,
  Endpoint,
  Growth,
  ProjectionOptions,
  Restructuring,
  Rows,
  SynapseList,
  SynapseRule,
  BehaviorArguments,
  BehaviorBody,
  BehaviorDefinition,
  BehaviorInstance,
  BehaviorSpecification,
  Declaration,
  Distribution,
  FileBehavior,
  FilePopulation,
  FileProjection,
  FileSignal,
  FileValue,
  NetworkFile,
  EventList,
  EventStream,
  Explanation,
  Floats,
  HostContext,
  HostNetwork,
  HostSignal,
  HostStep,
  HostSynapses,
  Ingredient,
  InputDeclaration,
  MethodName,
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
  SignalOptions,
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
export * from "@neuroweave/connect";
export * from "@neuroweave/encode";
export { Recorder } from "@neuroweave/record";
export type { RecorderOptions } from "@neuroweave/record";

export {
  brunelRates,
  checkSpikes,
  classifyPattern,
  coefficientOfVariation,
  cv2,
  fanoFactor,
  firingRate,
  interspikeIntervals,
  latency,
  localVariation,
  meanRates,
  patternThresholds,
  populationRate,
  populationSynchrony,
  siegertRate,
  siegertVariability,
  spikeTrainsOf,
} from "@neuroweave/analysis";
export type {
  BrunelNetwork,
  CurrentStep,
  DrivenNeuron,
  FiringPattern,
  PatternMeasures,
  PatternThresholds,
  PatternVerdict,
  RateCurve,
  SpikeList,
  StationaryState,
  TimeWindow,
} from "@neuroweave/analysis";

export * from "@neuroweave/readout";
export * from "@neuroweave/experiment";

export type {
  ExperimentFile,
  ExperimentFileOptions,
  ExperimentParameter,
  ExperimentParameters,
  PreparedExperiment,
  RunMeasures,
} from "./experiment-file.ts";
