/** Dense pair-based STDP as a loop of plain JavaScript: the rows of sources that spiked, then the columns of targets that did. */
import { nextUniform, wordState } from "./random.ts";

interface Values {
  readonly n: number;
  readonly dt: number;
  readonly rate: number;
  readonly up: number;
  readonly down: number;
  readonly tau: number;
}

export interface DenseLoop {
  advance(steps: number): void;
  readonly weights: Float64Array;
}

export function denseStdpLoop({ n, dt, rate, up, down, tau }: Values, seed = 5): DenseLoop {
  const state = wordState(seed);
  const weights = Float64Array.from({ length: n * n }, () => nextUniform(state));
  const [before, after, arrived] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const waiting = (): number => -Math.log(1 - nextUniform(state));
  const waits = [before, after].map(() => Float64Array.from({ length: n }, waiting));
  const decay = Math.exp(-dt / tau);
  const spiking = (wait: Float64Array): number[] => {
    const spikes: number[] = [];
    for (let i = 0; i < n; i++) {
      wait[i]! -= (rate * dt) / 1000;
      if (wait[i]! >= 0) continue;
      wait[i] = waiting();
      spikes.push(i);
    }
    return spikes;
  };
  return {
    weights,
    advance(steps) {
      for (let k = 0; k < steps; k++) {
        const [sent, spiked] = waits.map(spiking) as [number[], number[]];
        arrived.fill(0);
        for (const s of sent)
          for (let t = 0, j = s * n; t < n; t++, j++) {
            const w = weights[j]! - down * after[t]!;
            weights[j] = w < 0 ? 0 : w;
            arrived[t]! += weights[j]!;
          }
        for (const t of spiked)
          for (let s = 0, j = t; s < n; s++, j += n) {
            const w = weights[j]! + up * before[s]!;
            weights[j] = w > 1 ? 1 : w;
          }
        for (let i = 0; i < n; i++) {
          before[i]! *= decay;
          after[i]! *= decay;
        }
        for (const s of sent) before[s]! += decay;
        for (const t of spiked) after[t]! += decay;
      }
    },
  };
}
