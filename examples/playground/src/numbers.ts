/** Numbers as people read them. */

/** Three significant digits, without an exponent where there is none needed. */
export function short(x: number, digits = 3): string {
  if (!Number.isFinite(x)) return String(x);
  const magnitude = Math.abs(x);
  if (magnitude < 1e-12) return "0";
  if (magnitude >= 1e6 || magnitude < 1e-3)
    return Number(x.toPrecision(digits)).toExponential().replace("e+", "e").replaceAll("-", "−");
  return Number(x.toPrecision(digits)).toString().replace("-", "−");
}

export const whole = (x: number): string => Math.round(x).toLocaleString("en");

/** A speed as a factor of real time. */
export const asFactor = (speed: number): string => (speed === Infinity ? "as fast as it can" : `×${short(speed, 2)}`);

/** A step of 1, 2 or 5 times a power of ten, about a tenth of a range. */
export function niceStep(range: number, parts = 10): number {
  const rough = Math.abs(range) / parts || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((each) => each * power >= rough * 0.999);
  return (step ?? 10) * power;
}

/** Round numbers within a range, about so many. */
export function ticks(low: number, high: number, about = 5): number[] {
  const step = niceStep(high - low, about);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}
