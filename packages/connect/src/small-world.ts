import type { Connector, RandomSource } from "@neuroweave/model";
import { defineConnector } from "./define-connector.ts";
import { indexArray, type Indices } from "./index-array.ts";
import { argumentsOf, callText, checkFlag, checkOptions, checkProbability, checkWhole, refusal } from "./options.ts";

/** Neighbours on the ring, and how many of them are replaced. */
export interface SmallWorldOptions {
  /** Out-degree: an even number from 2 to n − 1. */
  readonly k: number;
  /** Probability that a synapse is rewired, 0 to 1. */
  readonly p: number;
  /** Whether a rewired synapse may end at its own neuron; false by default. */
  readonly self?: boolean;
}

/**
 * The small world of Watts and Strogatz (1998), directed. The neurons of one population form a ring by index; each is connected
 * to the k nearest, k/2 on either side. Then each synapse in turn is, with probability p, moved to a target drawn uniformly from
 * those with which its neuron has no synapse at that moment; so every out-degree stays k, and no pair has two synapses. Refuses a projection between different populations (structure) and a ring of fewer than k + 1 neurons (out-of-range).
 */
export function smallWorld(options: SmallWorldOptions): Connector {
  const name = "smallWorld";
  checkOptions(name, options, ["k", "p", "self"]);
  const { k, p, self = false } = options;
  checkWhole(name, "k", k, 2);
  if (k % 2 !== 0)
    throw refusal("out-of-range", `k of ${name}() is ${k}`, "Give an even number: half of it lies on either side.");
  checkProbability(name, p);
  checkFlag(name, "self", self);
  const text = callText(name, options);
  return defineConnector({
    name,
    text,
    arguments: argumentsOf(options),
    check({ source, target, shift }) {
      if (shift !== 0 || source.n !== target.n)
        throw refusal(
          "structure",
          `${text} makes a ring of one population, but connects ${source.name} to ${target.name}`,
          "Take the same population, or the same slice, as source and target.",
        );
      if (k >= source.n)
        throw refusal(
          "out-of-range",
          `${text} needs more than ${k} neurons, and ${source.name} has ${source.n}`,
          `Give a k of at most ${source.n - 1}.`,
        );
    },
    expected: ({ source }) => source.n * k,
    build({ source: { n }, random }) {
      const pointers = new Uint32Array(n + 1).map((_, s) => s * k);
      const targets = indexArray(n, n * k);
      const rewire = k + 1 <= n / 2 ? rewireByRejection(n, p, self) : rewireFromRest(n, p, self);
      for (let s = 0; s < n; s++) {
        const row = targets.subarray(s * k, (s + 1) * k);
        for (let j = 0; j < k; j++) row[j] = (s + n + (j < k / 2 ? j - k / 2 : j - k / 2 + 1)) % n;
        rewire(row, s, random);
        row.sort();
      }
      return { pointers, targets };
    },
  });
}

type Rewire = (row: Indices, s: number, random: RandomSource) => void;

/** Draws until the target is a free one: at most two draws on average while at most half of the ring is taken. */
function rewireByRejection(n: number, p: number, self: boolean): Rewire {
  /** owner[t] is s + 1 while the row of s has t. */
  const owner = new Uint32Array(n);
  return (row, s, random) => {
    for (const t of row) owner[t] = s + 1;
    if (!self) owner[s] = s + 1;
    for (let j = 0; j < row.length; j++) {
      if (random() >= p) continue;
      let t = Math.floor(random() * n);
      while (owner[t] === s + 1) t = Math.floor(random() * n);
      owner[row[j]!] = 0;
      owner[t] = s + 1;
      row[j] = t;
    }
  };
}

/** Draws from a list of the free targets, into which what is given up returns: a list of n for each row of more than n/2. */
function rewireFromRest(n: number, p: number, self: boolean): Rewire {
  return (row, s, random) => {
    const taken = new Set<number>(row);
    if (!self) taken.add(s);
    const free = indexArray(n, n)
      .map((_, t) => t)
      .filter((t) => !taken.has(t));
    for (let j = 0; j < row.length; j++) {
      if (free.length === 0 || random() >= p) continue;
      const drawn = Math.floor(random() * free.length);
      const t = free[drawn]!;
      free[drawn] = row[j]!;
      row[j] = t;
    }
  };
}
