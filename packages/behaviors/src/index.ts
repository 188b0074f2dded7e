export { Adaptation, type AdaptationDialect } from "./adaptation.ts";
export { CapacitiveMembrane } from "./capacitive-membrane.ts";
export { CurrentInput } from "./current-input.ts";
export { ExponentialUpstroke } from "./exponential-upstroke.ts";
export { Fire } from "./fire.ts";
export { IzhikevichMembrane } from "./izhikevich-membrane.ts";
export { IzhikevichRecovery, type RecoveryForm } from "./izhikevich-recovery.ts";
export { Leak } from "./leak.ts";
export { LeakConductance } from "./leak-conductance.ts";
export { MembraneConstants } from "./membrane-constants.ts";
export { OrnsteinUhlenbeck } from "./ornstein-uhlenbeck.ts";
export { PotassiumChannel } from "./potassium-channel.ts";
export { QuadraticMeanField } from "./quadratic-mean-field.ts";
export { QuadraticMembrane } from "./quadratic-membrane.ts";
export { Refractory } from "./refractory.ts";
export { SodiumChannel } from "./sodium-channel.ts";
export { TraubMilesPotassium } from "./traub-miles-potassium.ts";
export { TraubMilesSodium } from "./traub-miles-sodium.ts";
export { UpwardCrossing } from "./upward-crossing.ts";

export { AlphaConductance } from "./receptors/alpha-conductance.ts";
export { AlphaCurrent } from "./receptors/alpha-current.ts";
export { ConductanceReceptor } from "./receptors/conductance-receptor.ts";
export { CouplingReceptor } from "./receptors/coupling-receptor.ts";
export { CurrentReceptor } from "./receptors/current-receptor.ts";
export { DeltaReceptor } from "./receptors/delta-receptor.ts";
export { DoubleExponentialConductance } from "./receptors/double-exponential-conductance.ts";
export { DoubleExponentialCurrent } from "./receptors/double-exponential-current.ts";
export { NMDAReceptor } from "./receptors/nmda-receptor.ts";
export { defineReceptor, type ReceptorDefinition, type ReceptorSpecification } from "./receptors/define-receptor.ts";

export { GapJunction } from "./synapses/gap-junction.ts";
export { RateCoupling } from "./synapses/rate-coupling.ts";
export { StochasticRelease } from "./synapses/stochastic-release.ts";
export { TsodyksMarkram, type ShortTermConvention } from "./synapses/tsodyks-markram.ts";

export { ApicalDendrite } from "./dendrites/apical-dendrite.ts";
export { DistalDendrite } from "./dendrites/distal-dendrite.ts";
export { ProximalDendrite } from "./dendrites/proximal-dendrite.ts";

export { ActivityBaseHomeostasis } from "./population/activity-base-homeostasis.ts";
export type { HomeostasisDialect } from "./population/homeostasis-dialect.ts";
export { KWTA, type WinnersAmong } from "./population/kwta.ts";
export { LateralInhibition } from "./population/lateral-inhibition.ts";
export { PopulationRate } from "./population/population-rate.ts";
export { VoltageBaseHomeostasis } from "./population/voltage-base-homeostasis.ts";

export { ConstantCurrent } from "./constant-current.ts";
export { MembraneNoise } from "./membrane-noise.ts";
export { NoisyCurrent } from "./noisy-current.ts";
export { CorrelatedSource } from "./correlated-source.ts";
export { PoissonInput } from "./poisson-input.ts";
export { InhomogeneousPoissonSource, PoissonSource, TimedPoissonSource } from "./poisson-source.ts";
export { RampCurrent } from "./ramp-current.ts";
export { SineCurrent } from "./sine-current.ts";
export { SpikeTrain } from "./spike-train.ts";
export { StepCurrent } from "./step-current.ts";
export { TimedCurrent } from "./timed-current.ts";
export { defineStimulus, type StimulusDefinition, type StimulusSpecification } from "./define-stimulus.ts";

export { AdEx } from "./models/adex.ts";
export { AdExIF } from "./models/adex-if.ts";
export { AELIF } from "./models/aelif.ts";
export { COBACell } from "./models/coba-cell.ts";
export { CUBACell } from "./models/cuba-cell.ts";
export { ELIF } from "./models/elif.ts";
export { HodgkinHuxley } from "./models/hodgkin-huxley.ts";
export { Izhikevich } from "./models/izhikevich.ts";
export { LIF } from "./models/lif.ts";
export { QIF } from "./models/qif.ts";
export { QIFMeanField } from "./models/qif-mean-field.ts";
export { TraubMiles } from "./models/traub-miles.ts";

export { adexPatterns, type AdExPattern, type AdExValues } from "./presets/adex-patterns.ts";
export { izhikevichPreset, izhikevichPresets } from "./presets/izhikevich-presets.ts";
export {
  presetInput,
  presetInputs,
  type InputPiece,
  type IzhikevichPreset,
  type IzhikevichValues,
} from "./presets/izhikevich-preset.ts";

export { corticalColumn, type CorticalColumn, type CorticalColumnOptions } from "./regions/cortical-column.ts";
export {
  corticalLayer,
  type CorticalLayer,
  type CorticalLayerOptions,
  type LayerPopulation,
} from "./regions/cortical-layer.ts";
export type { SynapsePlan } from "./regions/synapse-plan.ts";

export { PairSTDP, type WeightDependence } from "./plasticity/pair-stdp.ts";
export type { Pairing, Tie } from "./plasticity/pairing.ts";
export { PostTrace, PreTrace } from "./plasticity/spike-traces.ts";
export { WeightBounds } from "./plasticity/weight-bounds.ts";

export { RateDynamics } from "./rate-dynamics.ts";
export { Transfer, type TransferFunction } from "./transfer.ts";
export { RateNeuron } from "./models/rate-neuron.ts";
export { BCMRule } from "./plasticity/bcm-rule.ts";
export { HebbianRule } from "./plasticity/hebbian-rule.ts";
export { OjaRule } from "./plasticity/oja-rule.ts";
export { EProp, type ResponseKind } from "./plasticity/e-prop.ts";
export { LearningSignal } from "./plasticity/learning-signal.ts";
export { PseudoDerivative } from "./plasticity/pseudo-derivative.ts";
export { TripletSTDP } from "./plasticity/triplet-stdp.ts";
export type { TripletFit, TripletTerms } from "./plasticity/triplet-fits.ts";
export { InhibitorySTDP, SymmetricSTDP } from "./plasticity/symmetric-stdp.ts";
export { CalciumSTDP } from "./plasticity/calcium-stdp.ts";
export type { CalciumFit } from "./plasticity/calcium-fits.ts";
export { VoltageSTDP } from "./plasticity/voltage-stdp.ts";
export { VoltageTraces } from "./plasticity/voltage-traces.ts";
export { Afterpotential } from "./afterpotential.ts";
export { JumpingThreshold } from "./jumping-threshold.ts";
export { SpikeClamp } from "./spike-clamp.ts";
export { AdExAfterpotential } from "./models/adex-afterpotential.ts";
export { AdaptiveThreshold } from "./population/adaptive-threshold.ts";
export { IntrinsicPlasticity, StochasticFire } from "./population/intrinsic-plasticity.ts";
export { SynapticScaling } from "./plasticity/synaptic-scaling.ts";
export { WeightClip } from "./plasticity/weight-clip.ts";
export { WeightDecay } from "./plasticity/weight-decay.ts";
export { WeightNormalization, type NormalizationDialect, type WeightNorm } from "./plasticity/weight-normalization.ts";
export {
  structuralPlasticity,
  type StructuralChanges,
  type StructuralPlasticity,
  type StructuralPlasticityOptions,
} from "./plasticity/structural-plasticity.ts";
export { CurrentCoefficient } from "./synapses/current-coefficient.ts";
export type { ConexBound } from "./plasticity/conex-bounds.ts";
export { ISTDP } from "./plasticity/conex-istdp.ts";
export { Dopamine, RSTDP } from "./plasticity/conex-rstdp.ts";
export { STDP } from "./plasticity/conex-stdp.ts";
export { MSTDP, MSTDPET } from "./plasticity/modulated-stdp.ts";
export { RewardSTDP } from "./plasticity/reward-stdp.ts";

export { DelayedReward } from "./signals/delayed-reward.ts";
export { RewardPrediction } from "./signals/reward-prediction.ts";
export { SignalPulses, type PulseForm } from "./signals/signal-pulses.ts";
export { SignalSchedule } from "./signals/signal-schedule.ts";
