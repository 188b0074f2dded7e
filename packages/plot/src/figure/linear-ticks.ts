/** Multiples of 1, 2 or 5 times a power of ten, and how they are written. */
export interface LinearTicks {
  readonly values: readonly number[];
  readonly label: (value: number) => string;
}

/** At most `most` + 1 round values from low to high. Very large and very small ones are written with an exponent. */
export function linearTicks(low: number, high: number, most: number): LinearTicks {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((digit) => digit * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const values = Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step || 0).toPrecision(12)));
  return {
    values,
    label: (value) => {
      const size = Math.max(Math.abs(low), Math.abs(high));
      const text = size >= 1e5 || size < 1e-3 ? value.toExponential() : String(value);
      return value === 0 ? "0" : text.replace("e+", "e").replace("-", "−").replace("e-", "e−");
    },
  };
}
