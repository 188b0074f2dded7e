/** Known answers that belong to what a network is made of. */
import { siegertRate, type Network, type Population, type Projection } from "neuroweave";
import type { Theory } from "../protocol.ts";
import { fixedPoints } from "./fixed-points.ts";

export function theoryOf(net: Network): Theory[] {
  return [
    ...net.populations.flatMap((population) => [ratesOf(population), fixedPointsOf(population)]),
    ...net.projections.map(windowOf),
  ].filter((each) => each !== null);
}

/** Enabled behaviors by name. */
const partsOf = (owner: Population | Projection): ReadonlySet<string> =>
  new Set(owner.behaviors.filter(({ enabled }) => enabled).map(({ name }) => name));

const everyPart = (parts: ReadonlySet<string>, among: readonly string[]): boolean =>
  [...parts].every((name) => among.includes(name));

function valuesOf(owner: Population | Projection, name: string): Float64Array | null {
  return owner.entity.symbols.has(name) ? owner.get(name as never) : null;
}

const numberOf = (owner: Population | Projection, name: string, otherwise = 0): number =>
  valuesOf(owner, name)?.[0] ?? otherwise;

/** Behaviors whose rates have a closed form, or an integral. */
const leaky = [
  "leak",
  "currentInput",
  "fire",
  "refractory",
  "constantCurrent",
  "membraneNoise",
  "onScreen",
  "recorder",
];
const quadratic = ["quadraticMembrane", "fire", "refractory", "constantCurrent", "onScreen", "recorder"];

/** Rates against inputs, where neurons of a population are given different constant ones. */
function ratesOf(population: Population): Theory | null {
  const amplitudes = valuesOf(population, "constantCurrent.amplitude") ?? new Float64Array(population.n);
  const constants = valuesOf(population, "I") ?? valuesOf(population, "eta");
  if (!constants || population.n < 12) return null;
  const inputs = Array.from(constants, (x, j) => x + amplitudes[j]!);
  const [low, high] = [Math.min(...inputs), Math.max(...inputs)];
  if (!(high > low)) return null;
  const parts = partsOf(population);
  const isLeaky = parts.has("leak") && parts.has("fire") && everyPart(parts, leaky);
  const isQuadratic = parts.has("quadraticMembrane") && everyPart(parts, quadratic);
  const rate = isLeaky ? leakyRate(population) : isQuadratic ? quadraticRate(population) : null;
  const noisy = parts.has("membraneNoise");
  const points = Array.from({ length: 200 }, (_, k) => low + ((high - low) * k) / 199);
  return {
    kind: "rates",
    population: population.name,
    title: rate === null ? "Rate against input" : noisy ? "Rate against input, and the Siegert formula" : "Rate against input, and the closed form",
    source: rate === null ? "" : noisy ? "Siegert 1951; Brunel 2000" : isLeaky ? "Lapicque 1907; Gerstner et al. 2014, eq. 1.31" : "Ermentrout & Kopell 1986",
    unit: population.entity.symbols.get("I")?.kind === "input" ? "I" : "eta",
    inputs,
    curve: rate === null ? null : { inputs: points, rates: points.map(rate) },
  };
} // prettier-ignore

/** Siegert's rate, which without noise is the inverse of the time from reset to threshold, refractory time included. */
function leakyRate(population: Population): (input: number) => number {
  const of = (name: string, otherwise?: number): number => numberOf(population, name, otherwise);
  const [tau, rest, R] = [of("tau"), of("v_rest"), of("R", 1)];
  const neuron = {
    tau,
    threshold: of("threshold") - rest,
    reset: of("v_reset") - rest,
    refractory: of("tau_ref"),
    sigma: of("membraneNoise.sigma") * Math.sqrt(tau),
  };
  return (input) => siegertRate({ ...neuron, mu: R * input });
}

/** √I / (π τ): what a quadratic neuron takes from minus infinity to infinity. */
function quadraticRate(population: Population): (input: number) => number {
  const tau = numberOf(population, "tau", 1);
  return (input) => (input > 0 ? (1000 * Math.sqrt(input)) / (Math.PI * tau) : 0);
}

function fixedPointsOf(population: Population): Theory | null {
  if (!partsOf(population).has("quadraticMeanField")) return null;
  const of = (name: string): number => numberOf(population, name);
  const input = of("I") + of("constantCurrent.amplitude");
  return {
    kind: "fixed points",
    population: population.name,
    source: "Montbrió, Pazó & Roxin 2015",
    points: fixedPoints({ tau: of("tau"), eta: of("eta") + input, delta: of("delta"), J: of("J") }),
  };
}

/** Change of a weight by one pair of spikes, post − pre. */
function windowOf(projection: Projection): Theory | null {
  const parts = partsOf(projection);
  if (!parts.has("pairRule")) return null;
  const of = (name: string, otherwise: number): number => numberOf(projection, name, otherwise);
  const own = (name: string, otherwise: number): number =>
    ["", "preTrace.", "postTrace.", "pairRule."].map((prefix) => numberOf(projection, prefix + name, NaN)).find((x) => !Number.isNaN(x)) ?? of(name, otherwise); // prettier-ignore
  const [up, down] = [own("A_plus", 0), own("A_minus", 0)];
  const [tauUp, tauDown] = [own("tau_plus", 20), own("tau_minus", 20)];
  const delays = Array.from({ length: 201 }, (_, k) => k - 100);
  return {
    kind: "window",
    projection: projection.name,
    title: "Change of a weight by one pair",
    source: "Song, Miller & Abbott 2000",
    delays,
    changes: delays.map((t) => (t > 0 ? up * Math.exp(-t / tauUp) : t < 0 ? -down * Math.exp(t / tauDown) : 0)),
  };
}
