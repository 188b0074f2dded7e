export { storedBy } from "./accesses.ts";
export {
  defineDevice,
  deviceName,
  fewestThreads,
  isDevice,
  type ChangeoverSpecification,
  type Device,
  type DevicePlace,
  type DeviceSpecification,
  type DeviceThreads,
} from "./device.ts";
export { createBuilder, roundTo, type Builder } from "./builder.ts";
export { evaluateProgram, type OwnStage } from "./emit/reference.ts";
export { runDelivery } from "./emit/reference-synapses.ts";
export { emitProgram as emitC } from "./emit/c/program.ts";
export { emitProgram } from "./emit/wat/program.ts";
export { streamsOfAll } from "./emit/regions.ts";
export type {
  ColumnDraw,
  Effect,
  Instruction,
  Kernel,
  Immediate,
  Precision,
  Rate,
  RowRule,
  Slot,
  StreamKey,
  Value,
  ValueType,
} from "./ir.ts";
export * as library from "./library/index.ts";
export { lower, lowerNumber, type Scope } from "./lower.ts";
export { exactSolution } from "./methods/exact.ts";
export { methods, type MethodName } from "./methods/index.ts";
export { isMultiplicative } from "./methods/noise.ts";
export { rightHandSide, type Derivative, type Method, type Point, type System } from "./methods/system.ts";
export { operations, type Operation, type OperationName } from "./operations.ts";
export { counterOf, philox, streamKey, uniformF32, uniformF64 } from "./philox.ts";
export {
  drawGroup,
  elementBytes,
  paddedLength,
  streamName,
  type Delivery,
  type HostCall,
  type Program,
  type ProgramStage,
  type RunningProgram,
  type SpikeLog,
  type SpikeRing,
  type Sweep,
  type SynapseColumns,
} from "./program.ts";
export { verify } from "./verify.ts";
export {
  control,
  shareUnit,
  soloThread,
  teamStages,
  type DeliveryShare,
  type KernelShare,
  type OwnSpikes,
  type Shareable,
  type Team,
  type TeamStage,
} from "./team.ts";
