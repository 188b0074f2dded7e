/** What each standard behavior and model is for: one row for each kind that cannot be read off a declaration. */

export type CatalogKind =
  "behavior" | "model" | "connector" | "receptor" | "stimulus" | "source" | "plasticity" | "synapse" | "signal";

/** What a behavior is attached to. */
export type CatalogPlace = "population" | "projection" | "signal";

export interface Sort {
  readonly kind: CatalogKind;
  readonly where: CatalogPlace;
}

const rows: readonly (readonly [CatalogKind, CatalogPlace, string])[] = [
  ["stimulus", "population", "ConstantCurrent NoisyCurrent PoissonInput RampCurrent SineCurrent StepCurrent TimedCurrent"],
  ["source", "population", "CorrelatedSource InhomogeneousPoissonSource PoissonSource SpikeTrain TimedPoissonSource"],
  ["synapse", "projection", "CurrentCoefficient GapJunction RateCoupling StochasticRelease TsodyksMarkram"],
  ["signal", "signal", "DelayedReward Dopamine RewardPrediction SignalPulses SignalSchedule"],
  [
    "plasticity",
    "projection",
    "BCMRule CalciumSTDP EProp HebbianRule ISTDP InhibitorySTDP MSTDP MSTDPET OjaRule PairSTDP PostTrace PreTrace RSTDP RewardSTDP STDP SymmetricSTDP SynapticScaling TripletSTDP VoltageSTDP WeightBounds WeightClip WeightDecay WeightNormalization",
  ],
  ["plasticity", "population", "ActivityBaseHomeostasis AdaptiveThreshold IntrinsicPlasticity LearningSignal PseudoDerivative VoltageBaseHomeostasis VoltageTraces"],
]; // prettier-ignore

/** By name, where a behavior or model is more than that. */
export const sorts: ReadonlyMap<string, Sort> = new Map(
  rows.flatMap(([kind, where, names]) => names.split(" ").map((name) => [name, { kind, where }] as const)),
);
