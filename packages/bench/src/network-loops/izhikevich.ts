/** The network of Izhikevich 2003, IEEE Trans. Neural Netw. 14:1569, as a loop that somebody writes by hand. */
import type { PlainLoop } from "../baselines.ts";
import type { IzhikevichNeurons } from "../network-models/izhikevich.ts";
import { nextNormal, wordState, ziggurat, type Ziggurat } from "./random.ts";

/**
 * Steps of 1 ms. A spike adds its row of weights to the inputs of the next step. Where `white` is false, `sigma` itself is the
 * input, constantly.
 */
export function izhikevichLoop(neurons: IzhikevichNeurons, white = true): PlainLoop {
  const { a, b, c, d, sigma, weights } = neurons;
  const n = a.length;
  const v = new Float64Array(n).fill(-65);
  const u = b.map((each) => each * -65);
  const input = new Float64Array(n);
  const spikes = new Int32Array(n);
  const layers = ziggurat();
  const state = wordState(11);
  return {
    v,
    spikes,
    advance(steps) {
      let total = 0;
      for (let k = 0; k < steps; k++) {
        if (white) addNoise(input, sigma, layers, state);
        else addConstant(input, sigma);
        const count = izhikevichStep(v, u, input, a, b, c, d, spikes);
        addRows(spikes, count, weights, input);
        total += count;
      }
      return total;
    },
  };
}

function addNoise(input: Float64Array, sigma: Float64Array, layers: Ziggurat, state: Int32Array): void {
  for (let i = 0; i < input.length; i++) input[i]! += sigma[i]! * nextNormal(layers, state);
}

function addConstant(input: Float64Array, sigma: Float64Array): void {
  for (let i = 0; i < input.length; i++) input[i]! += sigma[i]!;
}

function izhikevichStep(
  v: Float64Array,
  u: Float64Array,
  input: Float64Array,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  d: Float64Array,
  spikes: Int32Array,
): number {
  let count = 0;
  for (let i = 0; i < v.length; i++) {
    const old = v[i]!;
    const oldU = u[i]!;
    const I = input[i]!;
    input[i] = 0;
    const half = old + 0.5 * (0.04 * old * old + 5 * old + 140 - oldU + I);
    const next = half + 0.5 * (0.04 * half * half + 5 * half + 140 - oldU + I);
    const nextU = oldU + a[i]! * (b[i]! * next - oldU);
    v[i] = next;
    u[i] = nextU;
    if (next >= 30) {
      v[i] = c[i]!;
      u[i] = nextU + d[i]!;
      spikes[count++] = i;
    }
  }
  return count;
}

function addRows(spikes: Int32Array, count: number, weights: Float64Array, input: Float64Array): void {
  const n = input.length;
  for (let k = 0; k < count; k++) {
    const row = spikes[k]! * n;
    for (let i = 0; i < n; i++) input[i]! += weights[row + i]!;
  }
}
