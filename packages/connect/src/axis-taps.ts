/**
 * A window that moves over a grid is a product of axes. Along each axis, an input lies in the window of several outputs, each
 * time at another place of the window, its tap: output·stride − padding + tap = input.
 */

/** For input i, at [pointers[i], pointers[i + 1]): its outputs, ascending, and the tap at which each has it. */
export interface AxisTaps {
  readonly pointers: Uint32Array;
  readonly outputs: Uint32Array;
  readonly taps: Uint32Array;
}

type Pair = readonly [output: number, tap: number];

function axisTaps(inputs: number, pairsOf: (input: number) => readonly Pair[]): AxisTaps {
  const pairs = Array.from({ length: inputs }, (_, input) => pairsOf(input));
  const pointers = new Uint32Array(inputs + 1);
  for (const [input, { length }] of pairs.entries()) pointers[input + 1] = pointers[input]! + length;
  const flat = pairs.flat();
  return {
    pointers,
    outputs: Uint32Array.from(flat, ([output]) => output),
    taps: Uint32Array.from(flat, ([, tap]) => tap),
  };
}

/** A window of `size` taps at every `stride`-th place; what lies in the padding is no input. */
export function slidingAxis(inputs: number, outputs: number, size: number, stride: number, padding: number): AxisTaps {
  return axisTaps(inputs, (input) => {
    const first = Math.max(0, Math.ceil((input + padding - size + 1) / stride));
    const last = Math.min(outputs - 1, Math.floor((input + padding) / stride));
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, j): Pair => {
      const output = first + j;
      return [output, input + padding - output * stride];
    });
  });
}

/** A window of `size` ≤ n taps, odd, around every place of a ring. */
export function ringAxis(n: number, size: number): AxisTaps {
  const half = (size - 1) / 2;
  return axisTaps(n, (input) =>
    Array.from({ length: size }, (_, tap): Pair => [(input + half - tap + n) % n, tap]).sort(([a], [b]) => a - b),
  );
}

/** Every input to every output; the tap is output·inputs + input. */
export function fullAxis(inputs: number, outputs: number): AxisTaps {
  return axisTaps(inputs, (input) =>
    Array.from({ length: outputs }, (_, output): Pair => [output, output * inputs + input]),
  );
}

/** Input i to output i. */
export function straightAxis(n: number): AxisTaps {
  return axisTaps(n, (input) => [[input, 0]]);
}

/** Every input to every output; the tap is the input. */
export function axisFromEach(inputs: number, outputs: number): AxisTaps {
  return axisTaps(inputs, (input) => Array.from({ length: outputs }, (_, output): Pair => [output, input]));
}
