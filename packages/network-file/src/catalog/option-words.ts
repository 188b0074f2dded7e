/** What the options of standard behaviors mean, and the words that they take. Declarations hold their defaults only. */

export interface OptionWords {
  readonly doc: string;
  /** The values that it takes, where those can be listed. */
  readonly values?: readonly (string | boolean)[];
}

const pairings = ["all", "nearest", "reduced"];
const ties = ["none", "potentiation", "depression", "both"];
const dialects = ["default", "conex"];
const bounds = ["no_bound", "hard_bound", "soft_bound"];
const switches = [false, true];
const signal = "name of the signal that it reads";
const interval = "interval in ms, a whole number of steps; every step unless given";

/** Options that mean the same wherever they are. */
const everywhere: Readonly<Record<string, OptionWords>> = {
  dialect: { doc: "whose arithmetic it follows", values: dialects },
  fit: { doc: "published fit that the defaults are from", values: ["visual-cortex", "hippocampal-culture"] },
  hold: { doc: 'variables that stand still while it lasts, by name, or "all"' },
  init_s: { doc: "not zero for neurons whose spike stands in the step before the first" },
  into: { doc: "name of the input that it adds to" },
  is_inhibitory: { doc: "whether the source inhibits", values: switches },
  pairing: { doc: "which spikes of a source and a target make pairs", values: pairings },
  reward: { doc: signal },
  signal: { doc: signal },
  terms: { doc: "all terms of the rule, or the fewest that fit", values: ["full", "minimal"] },
  tie: { doc: "what two spikes that reach a synapse in one step make", values: ties },
  positive_bound: { doc: "how potentiation ends at the largest weight", values: bounds },
  negative_bound: { doc: "how depression ends at the smallest weight", values: bounds },
  positions: { doc: "number of places of a shared kernel, over which changes are averaged" },
  tau_s: { doc: "time constant of the trace in ms" },
  every: { doc: interval },
  of: { doc: "name of the variable that is read at both ends" },
  times: { doc: "moments in ms" },
  dependence: { doc: "how changes depend on the weight", values: ["additive", "multiplicative", "power"] },
  response: { doc: "what a spike does to the voltage of the target", values: ["delta", "current"] },
};

const calciumFit: OptionWords = {
  doc: "published fit that the defaults are from",
  values: ["DP", "DPD", "DPD'", "P", "D", "D'", "hippocampal-slices", "hippocampal-cultures", "cortical-slices"],
};

const tripletPairing: OptionWords = {
  doc: "which spikes of a source and a target make pairs and triplets",
  values: ["all", "nearest"],
};

/** Options of one behavior, by its own name. */
const ofBehavior: Readonly<Record<string, OptionWords>> = {
  "activityBaseHomeostasis.dialect": { doc: "how the window counts: in ms, or in steps as CoNeX does", values: dialects },
  "calciumArrival.D": { doc: "delay of the calcium of a presynaptic spike in ms; that of the fit unless given" },
  "calciumArrival.fit": calciumFit,
  "calciumRule.fit": calciumFit,
  "calciumTrace.fit": calciumFit,
  "calciumRule.bistable": { doc: "whether 0 and 1 are stable", values: switches },
  "calciumRule.noise": { doc: "whether calcium above thresholds brings noise with it", values: switches },
  "conexSymmetricPairs.alpha": { doc: "offset of the rule; 2 rho tau / 1000 unless given" },
  "correlatedSource.correlation": { doc: "correlation of the counts of two neurons, 0 to 1" },
  "correlatedSource.rate": { doc: "rate of every neuron in Hz" },
  "correlatedSource.tau": { doc: "time constant of the correlation in ms" },
  "correlatedSource.way": { doc: "by copies of a common train, or by a common rate", values: ["copy", "rate"] },
  "delayedReward.delay": { doc: "time from the reward to its effect in ms, a whole number of steps" },
  "dopamine.payoff": { doc: "name of the signal that releases dopamine" },
  "fire.strict": { doc: "whether the voltage must be above the threshold, and not just at it", values: switches },
  "gradientDescent.signal": { doc: "name of the learning signal at the target" },
  "gradientDescent.threshold": { doc: "whether the target's threshold adapts", values: ["fixed", "adaptive"] },
  "inhomogeneousPoissonSource.rate": { doc: "rate in Hz as an expression of t" },
  "izhikevichRecovery.recovery": { doc: "form of the recovery variable: follows b v, or integrates the voltage", values: ["follow", "integrate"] },
  "izhikevichRecovery.sequential": { doc: "whether u sees the voltage of the present step", values: switches },
  "kWTA.dimension": { doc: "dimension of the shape along which neurons compete; all together unless given" },
  "kWTA.k": { doc: "winners of each line" },
  "kWTA.among": { doc: "who competes: all neurons, or those above the threshold", values: ["neurons", "candidates"] },
  "poissonInput.into": { doc: 'what the spikes are added to: "v", or a variable of a receptor such as "g_exc.g"' },
  "recorder.every": { doc: "interval of the samples in ms, a whole number of steps; every step unless given" },
  "recorder.keep": { doc: "keeps the last so many samples; all unless given" },
  "recorder.priority": { doc: "when in a step it samples; last unless given" },
  "recorder.variables": { doc: "names of the variables to sample" },
  "signalPulses.form": { doc: "whether a pulse adds to the value, or is an impulse of that area", values: ["add", "impulse"] },
  "signalSchedule.values": { doc: "value from each moment on" },
  "spikeTrain.ids": { doc: "which neuron spikes at each of the moments" },
  "spikeTrain.stream": { doc: "a function that gives the spikes; not in a file" },
  "spikeTrain.times": { doc: "moments of the spikes in ms" },
  "stochasticRelease.n": { doc: "number of release sites of a synapse" },
  "timedCurrent.every": { doc: "time that each row holds in ms, a whole number of steps" },
  "timedCurrent.values": { doc: "rows of one value, or of one for each neuron" },
  "timedPoissonSource.every": { doc: "time that each row holds in ms, a whole number of steps" },
  "timedPoissonSource.rates": { doc: "rows of one rate, or of one for each neuron, in Hz" },
  "transfer.transfer": { doc: "function of the input", values: ["linear", "rectified", "tanh"] },
  "tripletRule.pairing": tripletPairing,
  "slowPreTrace.pairing": tripletPairing,
  "slowPostTrace.pairing": tripletPairing,
  "tsodyksMarkram.convention": { doc: "when u and x change around the release", values: ["update-then-use", "use-then-update", "inactivation"] },
  "voltageBaseHomeostasis.max_ta": { doc: "upper bound of the band in mV; target_voltage unless given" },
  "voltageBaseHomeostasis.min_ta": { doc: "lower bound of the band in mV; target_voltage unless given" },
  "voltageRule.homeostasis": { doc: "whether depression grows with the mean voltage", values: switches },
  "voltageTraces.delay": { doc: "age of the traces that plasticity reads, in ms" },
  "weightBounds.max": { doc: "default of the largest weight; null for none" },
  "weightBounds.min": { doc: "default of the smallest weight; null for none" },
  "weightNormalization.by": { doc: "whose synapses share a norm", values: ["target", "source"] },
  "weightNormalization.measure": { doc: "what is held at the norm", values: ["sum", "L2"] },
}; // prettier-ignore

/** The options of the standard library: of one behavior as `behavior.option`, those that mean the same everywhere by their names. */
export const standardOptions: Readonly<Record<string, OptionWords>> = { ...everywhere, ...ofBehavior };
