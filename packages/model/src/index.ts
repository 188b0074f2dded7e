export { NeuroweaveError } from "@neuroweave/equations";
export {
  acceptedNames,
  defineBehavior,
  defineFromFile,
  knownBehaviors,
  providersOf,
  type BehaviorArguments,
  type BehaviorBody,
  type BehaviorDefinition,
  type BehaviorInstance,
  type BehaviorSpecification,
  type ShapeValues,
} from "./behavior.ts";
export { type Column, type ColumnForm, type Columns } from "./columns.ts";
export type { Connector, ConnectorEnd, ConnectorSite, Rows } from "./connector.ts";
export type {
  Competition,
  Declaration,
  EventList,
  EventStream,
  Signal,
  Hold,
  SampleRequest,
  Source,
  Table,
} from "./declaration.ts";
export {
  choice,
  exponential,
  isDistribution,
  lognormal,
  lorentzian,
  normal,
  uniform,
  type Distribution,
  type RandomSource,
} from "./distributions.ts";
export { endTables, signalOf, givenValue, type Entity, type Evaluate } from "./entity.ts";
export { requireWithinBounds } from "./bounds.ts";
export type { NetworkEventMap, NetworkEvents } from "./events.ts";
export type { ChangedValues } from "./changed-values.ts";
export type { Describe, NetworkDescription, RegionMembers, WiringRecipe } from "./description.ts";
export type {
  FileBehavior,
  FileChange,
  FileConnector,
  FileDeclaration,
  FileDistribution,
  FileEnd,
  FileNumber,
  FilePopulation,
  FileProjection,
  FileRegion,
  FileSignal,
  FileValue,
  FileValues,
  NetworkFile,
} from "./network-file.ts";
export { modelRecipeOf, recipeOf, type ModelRecipe, type Recipe, type RecipeChange } from "./recipe.ts";
export { checkStepSize, stepsIn } from "./grid.ts";
export type { HostContext, HostNetwork, HostSignal, HostStep, HostSynapses, PortableMath } from "./host.ts";
export { defineModel, type ModelDefinition, type ModelInstance, type ModelMember, type ModelOptions } from "./model.ts";
export type { MethodName } from "./method-names.ts";
export type { CheckpointOptions } from "./checkpoints/checkpoints.ts";
export { checkpointFolder, latestCheckpoint, removeCheckpoints, type Checkpoint } from "./checkpoints/folder.ts";
export type { CheckpointStore } from "./checkpoints/store.ts";
export type { SpilledChunk, SpillOptions, SpillSink } from "./spill.ts";
export type { Consequence, RateLimit, WatchOptions } from "./watch.ts";
export { Network, type NetworkOptions } from "./network.ts";
export type { RunOptions } from "./running.ts";
export type { PopulationOptions } from "./population-options.ts";
export type { InputDeclaration, ParameterDeclaration, ParameterValue, StateDeclaration } from "./parameters.ts";
export { Phase, phaseLabel, type PhaseName } from "./phases.ts";
export type {
  Explanation,
  PlannedEquation,
  PlannedParameter,
  PlannedBehavior,
  PlannedPopulation,
  PlannedProjection,
  PlannedStage,
  PlannedState,
  PlannedTerm,
  StageKind,
} from "./plan.ts";
export { phaseField, phaseSlopes } from "./phase-field.ts";
export type { PhaseAxis, PhaseField, PhaseFieldOptions, PhaseScale, PhaseSlopes } from "./phase-field.ts";
export type { StatesAsked } from "./derivatives-at.ts";
export { Population, PopulationSlice, type Ingredient, type ListShape, type Settings, type StatesOfNeuron } from "./population.ts"; // prettier-ignore
export { Projection, type SynapseList } from "./projection.ts";
export { receptorsOf, type Endpoint, type ProjectionOptions, type SynapseRule } from "./projection-options.ts";
export type { Growth, Restructuring } from "./rearranged.ts";
export { hostStream } from "./random.ts";
export { Region } from "./region.ts";
export { delaySteps, pointersOf, targetsOf, type Delays, type End, type Lag, type Synapses } from "./synapses.ts";
export { NetworkSignal, type SignalOptions } from "./signal.ts";
export { endText } from "./wire.ts";
export { WordStream } from "./word-stream.ts";
export type { Recorded, Recording, RecordingDump, RecordFactory, SpikeRecord, Spikes } from "./recording.ts";
export type { NetworkCore, Runtime } from "./runtime.ts";
export type { SymbolChange, SymbolChanges } from "./redeclare.ts";
export type { Complete, Missing, Reshaped, Shape, Shaped, ShapeOf, SpecialVariable, UnionShape } from "./shapes.ts";
export { allEquations } from "./rename.ts";
export type { StateReport } from "./state.ts";
export type { Block, ByteBlock, ElementType, Floats, Storage } from "./storage.ts";
export {
  builtins,
  resolveEquation,
  resolver,
  type Attached,
  type EndTables,
  type SymbolEntry,
  type SymbolTable,
} from "./symbols.ts";
