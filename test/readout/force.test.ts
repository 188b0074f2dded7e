import { recursiveLeastSquares } from "@neuroweave/readout";
import { describe, expect, it } from "vitest";
import { uniformStream } from "../analysis/random-trains.ts";

/**
 * The network of Sussillo and Abbott 2009 (figure 2), small: n rate units τ dx/dt = −x + g J tanh(x) + w_fb z, chaotic
 * by themselves (g = 1.5), with their own output z fed back.
 */
function chaoticNetwork(n: number, seed: number) {
  const uniform = uniformStream(seed);
  const gaussian = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const coupling = Float64Array.from({ length: n * n }, () => (1.5 * gaussian()) / Math.sqrt(n));
  const feedback = Float64Array.from({ length: n }, () => 2 * uniform() - 1);
  const x = Float64Array.from({ length: n }, () => gaussian() / 2);
  const tau = 10;
  /** One ms under the output z. Gives the rates. */
  return (z: number): Float64Array => {
    const r = x.map(Math.tanh);
    for (let i = 0; i < n; i++) {
      let input = feedback[i]! * z;
      for (let j = 0; j < n; j++) input += coupling[i * n + j]! * r[j]!;
      x[i]! += (input - x[i]!) / tau;
    }
    return x.map(Math.tanh);
  };
}

describe("FORCE learning", () => {
  const period = 600;
  const wanted = (t: number) => Math.sin((2 * Math.PI * t) / period) + 0.5 * Math.sin((4 * Math.PI * t) / period);

  it("makes a chaotic network a generator of a periodic signal, which it keeps up when learning has ended", () => {
    const advance = chaoticNetwork(200, 5);
    const readout = recursiveLeastSquares({ inputs: 200, alpha: 1 });
    let z = 0;
    let largest = 0;
    let squares = 0;
    for (let t = 0; t < 14 * period; t++) {
      const r = advance(z);
      z = readout.output(r)[0]!;
      if (t >= 12 * period) squares += (z - wanted(t)) ** 2;
      else if (t % 2 === 0) {
        const [error] = readout.learn(r, wanted(t));
        // The output is held near the target all the time: what is learnt makes small corrections smaller.
        if (t >= period) largest = Math.max(largest, Math.abs(error!));
        z = readout.output(r)[0]!;
      }
    }
    expect(largest).toBeLessThan(0.3);
    // The root mean square of the signal is 0.79. Seeds 1, 2, 3 and 5 gave 0.03 to 0.08 here, and 0.07 to 0.11 above.
    expect(Math.sqrt(squares / (2 * period))).toBeLessThan(0.2);
  });
});
