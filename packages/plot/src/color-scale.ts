/** Colors for values, in steps: `levelOf(value)` is the index into `colors` of a value, −1 for one that is not finite. */
export interface ColorScale {
  readonly colors: readonly string[];
  readonly low: number;
  readonly high: number;
  levelOf(value: number): number;
}

/** Steps from the neutral color to the strongest one. */
const steps = 20;

/**
 * Blue for what is below zero, orange for what is above, gray for zero: hues that people with any common form of color
 * blindness tell apart, both darker with distance from zero, so that strength reads without hue as well. They stand on
 * light and dark paper alike, and none is as light or as dark as the paper.
 */
const below = ["#d9dce0", "#8db6dc", "#3d80c2", "#1b4d8f"];
const above = ["#d9dce0", "#f2b880", "#dd6f1e", "#93390a"];

/**
 * A scale on which the sign of a value is always its hue, and zero always gray. From `low` to `high` on both sides of
 * zero it reaches equally far to both; from zero on one side it has that side alone; an interval beyond zero begins
 * with gray at its end nearer to zero. Values outside have the color of the nearer end.
 */
export function signedScale(low: number, high: number): ColorScale {
  if (low < 0 && high > 0) {
    const reach = Math.max(-low, high);
    return scaleOver([...ramp(below).slice(1).toReversed(), ...ramp(above)], -reach, reach);
  }
  return low < 0 ? scaleOver(ramp(below).toReversed(), low, high) : scaleOver(ramp(above), low, high);
}

/** A scale for amounts from zero to `high`: gray to dark blue. */
export function amountScale(high: number): ColorScale {
  return scaleOver(ramp(below), 0, high);
}

/** Every color stands for an equal part of the interval. */
function scaleOver(colors: readonly string[], low: number, high: number): ColorScale {
  const { length } = colors;
  return {
    colors,
    low,
    high,
    levelOf(value) {
      if (!Number.isFinite(value)) return -1;
      return Math.min(length - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * length)));
    },
  };
}

/** The colors between stops that are equally far apart, in steps. */
function ramp(stops: readonly string[]): string[] {
  return Array.from({ length: steps + 1 }, (_, k) => {
    const place = (k / steps) * (stops.length - 1);
    const index = Math.min(stops.length - 2, Math.floor(place));
    const part = place - index;
    const [from, to] = [stops[index]!, stops[index + 1]!];
    const channel = (at: number): string => {
      const [a, b] = [from, to].map((color) => Number.parseInt(color.slice(at, at + 2), 16)) as [number, number];
      return Math.round(a + part * (b - a))
        .toString(16)
        .padStart(2, "0");
    };
    return `#${channel(1)}${channel(3)}${channel(5)}`;
  });
}
