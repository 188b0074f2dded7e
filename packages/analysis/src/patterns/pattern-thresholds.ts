/** The numbers that separate one firing pattern from the next; see `patternThresholds` for their values and reasons. */
export interface PatternThresholds {
  readonly silentFraction: number;
  readonly silenceRatio: number;
  readonly burstSeparation: number;
  readonly burstingFraction: number;
  readonly initialBurstSpikes: number;
  readonly irregularity: number;
  readonly driftRatio: number;
  readonly driftIndex: number;
  readonly driftNoise: number;
  readonly driftSteps: number;
  readonly delayRatio: number;
  readonly delayFraction: number;
}

/**
 * The table of thresholds behind `classifyPattern`. The features are those of Naud, Marcille, Clopath & Gerstner
 * (2008, Biol. Cybern. 99:335) and of the scheme in Gerstner et al. (2014, Neuronal Dynamics, section 6.2): how a
 * response begins, and what it settles into. Where the literature only says "longer" or "clearly", the number lies in
 * the gap between the AdEx and Izhikevich trains that are named in the reasons.
 */
export const patternThresholds: PatternThresholds = {
  // transient: silent for at least this part of the step after the last spike …
  // Half: a response that stops in the first half of the step did not last.
  silentFraction: 0.5,
  // … and for at least this many of its longest intervals.
  // Two: the next spike is overdue by a whole interval. A regular train never waits longer than one.
  silenceRatio: 2,
  // Burst: the shortest interval between bursts is at least this many times the longest one inside.
  // AdEx bursts reach 5.5 to 17, a chattering cell 9; the intervals of an adapting train climb without such a gap
  // (1.6), irregular ones have none (1.4).
  burstSeparation: 2,
  // bursting: at least this part of all spikes belongs to bursts of two or more.
  // Two thirds: bursts are the rule and lone spikes the exception.
  burstingFraction: 2 / 3,
  // initial burst: the first group has at least this many spikes.
  // Three: a doublet followed by steady firing is the strongest form of adaptation (regular spiking cells do it), not
  // yet a burst.
  initialBurstSpikes: 3,
  // irregular: CV₂ beyond what a steady drift explains, CV₂ − 2 |adaptation index|.
  // 0.5 is half of a Poisson process, and an alternation of intervals 1 : 5/3. The irregular AdEx train has 0.8;
  // trains that fire regularly or drift have less than 0.05. CV₂ itself must stay below it for a train to be tonic.
  irregularity: 0.5,
  // adapting, accelerating: the settled interval and the first one differ by at least this factor …
  // 1.3: AdEx tonic firing drifts by 1.05 and accelerating firing by 1 / 1.7.
  driftRatio: 1.3,
  // … the adaptation index, the mean of (Iₖ₊₁ − Iₖ) / (Iₖ₊₁ + Iₖ), is at least this far from zero …
  // 0.0075: a short start-up before long steady firing stays below (fast spiking 0.004), a change that shapes the
  // response is above (0.0097 and more).
  driftIndex: 0.0075,
  // … and the difference exceeds this many times the median change from one interval to the next (noise) …
  // 2: two intervals with normal scatter differ so much by chance in about one train of ten, and then mostly by less
  // than driftRatio.
  driftNoise: 2,
  // … and this many time steps. Each spike may be one step off its place on the grid, so a difference of two
  // intervals may be four.
  driftSteps: 4,
  // delayed: the first spike takes at least this many median intervals …
  // 2: as in the firing-pattern rules of Hippocampome.org, where the latency is compared with the first two intervals.
  delayRatio: 2,
  // … and at least this part of the step. 5 %: no cell is called late that fires at once but in very short intervals.
  delayFraction: 0.05,
};
