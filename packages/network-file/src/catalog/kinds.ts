/** What each standard behavior and model is for: one row for each kind that cannot be read off a declaration. */

export const catalogKinds = ["behavior", "model", "connector", "receptor", "stimulus", "source", "plasticity", "synapse", "signal"] as const; // prettier-ignore
export const catalogPlaces = ["population", "projection", "signal"] as const;

/** What an entry of the catalogue is. */
export type CatalogKind = (typeof catalogKinds)[number];

/** What a behavior is attached to. */
export type CatalogPlace = (typeof catalogPlaces)[number];

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
export const standardKinds: Readonly<Record<string, Sort>> = Object.fromEntries(
  rows.flatMap(([kind, where, names]) => names.split(" ").map((name) => [name, { kind, where }] as const)),
);
