/** cos(2πk/n) for the periodic windows. */
const turn = (k: number, n: number, times = 1): number => Math.cos((2 * Math.PI * times * k) / n);

/** Weight of sample k of n; periodic windows, as for spectra (Harris 1978, Proc. IEEE 66:51). */
export const spectralWindows = {
  hann: (k, n) => 0.5 - 0.5 * turn(k, n),
  hamming: (k, n) => 0.54 - 0.46 * turn(k, n),
  blackman: (k, n) => 0.42 - 0.5 * turn(k, n) + 0.08 * turn(k, n, 2),
  bartlett: (k, n) => 1 - Math.abs((2 * k) / n - 1),
  boxcar: () => 1,
} as const satisfies Readonly<Record<string, (k: number, n: number) => number>>;

/** A name of a window. */
export type SpectralWindowName = keyof typeof spectralWindows;
