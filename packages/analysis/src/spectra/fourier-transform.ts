import FFT from "fft.js";

/** Complex values, real part and imaginary part in turn. */
export type ComplexArray = Float64Array;

/**
 * Discrete Fourier transform Xₖ = Σⱼ xⱼ e^(−2πijk/n) of complex values, for any n: powers of two by fft.js, others as a
 * convolution of chirps (Bluestein 1970). Takes time n log n.
 */
export function fourierTransform(n: number): (values: ComplexArray) => ComplexArray {
  if (n === 1) return (values) => values.slice();
  return (n & (n - 1)) === 0 ? powerOfTwoTransform(n) : chirpTransform(n);
}

function powerOfTwoTransform(n: number): (values: ComplexArray) => ComplexArray {
  const fft = new FFT(n);
  return (values) => {
    const out = new Float64Array(2 * n);
    fft.transform(out, values);
    return out;
  };
}

/** jk = (j² + k² − (k − j)²) / 2 turns the transform into a convolution with the chirp e^(πij²/n). */
function chirpTransform(n: number): (values: ComplexArray) => ComplexArray {
  const size = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const transform = powerOfTwoTransform(size);
  const cosines = new Float64Array(n);
  const sines = new Float64Array(n);
  for (let j = 0, square = 0; j < n; j++) {
    // j² modulo 2n, so that the angle keeps all digits.
    const angle = (Math.PI * square) / n;
    cosines[j] = Math.cos(angle);
    sines[j] = Math.sin(angle);
    square = (square + 2 * j + 1) % (2 * n);
  }
  const chirp = new Float64Array(2 * size);
  for (let j = 0; j < n; j++) {
    for (const place of j === 0 ? [0] : [j, size - j]) {
      chirp[2 * place] = cosines[j]!;
      chirp[2 * place + 1] = sines[j]!;
    }
  }
  const chirpSpectrum = transform(chirp);
  return (values) => {
    const turned = new Float64Array(2 * size);
    for (let j = 0; j < n; j++) {
      const [re, im] = [values[2 * j]!, values[2 * j + 1]!];
      turned[2 * j] = re * cosines[j]! + im * sines[j]!;
      turned[2 * j + 1] = im * cosines[j]! - re * sines[j]!;
    }
    const spectrum = transform(turned);
    // The inverse transform is the transform of the conjugate, conjugated and divided by its size.
    const product = new Float64Array(2 * size);
    for (let k = 0; k < size; k++) {
      const [a, b, c, d] = [spectrum[2 * k]!, spectrum[2 * k + 1]!, chirpSpectrum[2 * k]!, chirpSpectrum[2 * k + 1]!];
      product[2 * k] = a * c - b * d;
      product[2 * k + 1] = -(a * d + b * c);
    }
    const convolved = transform(product);
    const out = new Float64Array(2 * n);
    for (let k = 0; k < n; k++) {
      const [re, im] = [convolved[2 * k]! / size, -convolved[2 * k + 1]! / size];
      out[2 * k] = re * cosines[k]! + im * sines[k]!;
      out[2 * k + 1] = im * cosines[k]! - re * sines[k]!;
    }
    return out;
  };
}
