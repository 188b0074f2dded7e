export { borderTolerance, checkSpikes } from "./spike-list.ts";
export type { SpikeList, TimeWindow } from "./spike-list.ts";
export { spikeTrainsOf } from "./spike-trains.ts";
export { binnedCounts } from "./time-bins.ts";
export type { BinOptions } from "./time-bins.ts";

export { firingRate, meanRates, populationRate } from "./rates/rates.ts";
export type { RateCurve } from "./rates/rates.ts";
export { slidingRate } from "./rates/sliding-rate.ts";
export type { SlidingRateOptions } from "./rates/sliding-rate.ts";
export { kernelRate } from "./rates/kernel-rate.ts";
export type { KernelRateOptions } from "./rates/kernel-rate.ts";
export type { RateKernelName } from "./rates/rate-kernels.ts";
export { instantaneousRate } from "./rates/instantaneous-rate.ts";
export type { SampleOptions } from "./rates/sample-times.ts";
export { alignToEvents, psth } from "./rates/psth.ts";
export type { Psth } from "./rates/psth.ts";

export { coefficientOfVariation, cv2, interspikeIntervals, latency, localVariation } from "./intervals/isi.ts";
export { revisedLocalVariation } from "./intervals/revised-local-variation.ts";
export {
  adaptationIndex,
  geometricIrregularity,
  logarithmicIrregularity,
  serialCorrelation,
} from "./intervals/irregularity.ts";
export { intervalHistogram } from "./intervals/interval-histogram.ts";
export { fanoFactor, fanoFactorByWindow, fanoFactorOverTrials } from "./intervals/fano-factor.ts";

export { maxIntervalBursts } from "./bursts/max-interval-bursts.ts";
export type { MaxIntervalOptions } from "./bursts/max-interval-bursts.ts";
export { pauseSurprise, poissonSurprise } from "./bursts/poisson-surprise.ts";
export { poissonSurpriseBursts } from "./bursts/poisson-surprise-bursts.ts";
export type { SurpriseBurst, SurpriseBurstOptions } from "./bursts/poisson-surprise-bursts.ts";
export { summarizeBursts } from "./bursts/spike-group.ts";
export type { Burst, BurstSummary } from "./bursts/spike-group.ts";
export { surprisePauses } from "./bursts/surprise-pauses.ts";
export type { Pause, PauseOptions } from "./bursts/surprise-pauses.ts";

export { classifyPattern } from "./patterns/classify.ts";
export type { CurrentStep, FiringPattern, PatternVerdict } from "./patterns/classify.ts";
export { patternThresholds } from "./patterns/pattern-thresholds.ts";
export type { PatternThresholds } from "./patterns/pattern-thresholds.ts";
export type { PatternMeasures } from "./patterns/pattern-measures.ts";

export { autoCorrelogram, crossCorrelogram } from "./correlation/correlogram.ts";
export type { Correlogram, CorrelogramOptions } from "./correlation/correlogram.ts";
export { countCorrelations, crossCorrelation, meanOverPairs } from "./correlation/count-correlation.ts";
export type { PairMatrix } from "./correlation/count-correlation.ts";
export { spikeTimeTiling } from "./correlation/spike-time-tiling.ts";
export type { TilingOptions } from "./correlation/spike-time-tiling.ts";

export { victorPurpuraDistance } from "./distances/victor-purpura.ts";
export { vanRossumDistance } from "./distances/van-rossum.ts";
export { isiDistance, isiProfile, meanIsiDistance, meanIsiProfile } from "./distances/isi-distance.ts";
export { meanSpikeDistance, meanSpikeProfile, spikeDistance, spikeProfile } from "./distances/spike-distance.ts";
export {
  meanSpikeSynchronization,
  meanSpikeSynchronizationProfile,
  spikeSynchronization,
  spikeSynchronizationProfile,
} from "./distances/spike-synchronization.ts";
export type { SynchronizationOptions, SynchronizationProfile } from "./distances/spike-synchronization.ts";
export { profileAt, profileMean } from "./distances/profile.ts";
export type { Profile } from "./distances/profile.ts";
export { distanceMatrix } from "./distances/pairs.ts";

export { golombSynchrony, golombSynchrony as populationSynchrony } from "./synchrony/golomb-synchrony.ts";
export { countSynchrony } from "./synchrony/count-synchrony.ts";
export type { CountSynchrony } from "./synchrony/count-synchrony.ts";
export { phaseOrder } from "./synchrony/phase-order.ts";
export type { PhaseOrder } from "./synchrony/phase-order.ts";

export { welch } from "./spectra/welch.ts";
export type { Spectrum, WelchOptions } from "./spectra/welch.ts";
export { coherence } from "./spectra/coherence.ts";
export type { Coherence } from "./spectra/coherence.ts";
export { trainSpectrum } from "./spectra/train-spectrum.ts";
export type { TrainSpectrumOptions } from "./spectra/train-spectrum.ts";
export type { SegmentOptions } from "./spectra/segments.ts";
export type { SpectralWindowName } from "./spectra/spectral-windows.ts";

export { spikeTriggeredAverage, spikeTriggeredAverages } from "./responses/spike-triggered-average.ts";
export type { SpikeTriggeredAverage, SpikeTriggeredOptions } from "./responses/spike-triggered-average.ts";
export { firingCurve } from "./responses/firing-curve.ts";
export type { FiringCurve } from "./responses/firing-curve.ts";

export { histogram } from "./distributions/histogram.ts";
export type { Histogram, HistogramOptions } from "./distributions/histogram.ts";
export { quantiles } from "./distributions/quantiles.ts";
export { summarizeDistribution } from "./distributions/summary.ts";
export type { DistributionSummary } from "./distributions/summary.ts";
export { summarizeWeights, weightSums } from "./distributions/weights.ts";
export type { WeightSummaryOptions, WeightedSynapses, WeightSums, WeightSummary } from "./distributions/weights.ts";
export { kolmogorovSmirnov, kolmogorovSmirnovTest } from "./distributions/kolmogorov-smirnov.ts";
export type { KolmogorovSmirnov } from "./distributions/kolmogorov-smirnov.ts";
export { earthMoverDistance } from "./distributions/earth-mover.ts";
export { entropy, jensenShannonDistance, kullbackLeiblerDivergence } from "./distributions/entropy.ts";

export { siegertRate, siegertVariability } from "./theory/siegert.ts";
export type { DrivenNeuron } from "./theory/siegert.ts";
export { lifFiringCurve, lifRate } from "./theory/lif-rate.ts";
export { brunelRates } from "./theory/brunel-network.ts";
export type { BrunelNetwork, StationaryState } from "./theory/brunel-network.ts";
export type { MeanFieldParameters } from "./theory/quadratic-mean-field.ts";
export { meanFieldFixedPoints } from "./theory/mean-field-fixed-points.ts";
export type { MeanFieldFixedPoint } from "./theory/mean-field-fixed-points.ts";
export { meanFieldTrajectory } from "./theory/mean-field-trajectory.ts";
export type { MeanFieldTrajectory, MeanFieldTrajectoryOptions } from "./theory/mean-field-trajectory.ts";
