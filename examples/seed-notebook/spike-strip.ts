/** One line of text for one neuron: its spikes, and below them when the input is on. */

export interface SpikeStrip {
  /** Ascending, in ms. */
  readonly spikes: ArrayLike<number>;
  readonly from: number;
  readonly to: number;
  /** Whether there is input at a moment. */
  readonly on: (time: number) => boolean;
}

/** Bits of a Braille cell, left and right: three dots for a spike, the lowest one for the input. */
const braille = { spike: [0x07, 0x38], input: [0x40, 0x80] } as const;

/**
 * The strip in `width` characters: two moments per character in Braille, one in ASCII (`|` a spike, `_` input only). A moment
 * shows a spike if any falls into it.
 */
export function spikeStrip({ spikes, from, to, on }: SpikeStrip, width: number, unicode: boolean): string {
  const moments = unicode ? 2 * width : width;
  const length = (to - from) / moments;
  const fired = new Set(Array.from(spikes, (time) => Math.floor((time - from) / length + 1e-9)));
  const cell = (index: number): string => {
    if (!unicode) return fired.has(index) ? "|" : on(from + (index + 0.5) * length) ? "_" : " ";
    let bits = 0;
    for (const side of [0, 1] as const) {
      const moment = 2 * index + side;
      if (fired.has(moment)) bits |= braille.spike[side];
      if (on(from + (moment + 0.5) * length)) bits |= braille.input[side];
    }
    return bits === 0 ? " " : String.fromCodePoint(0x2800 + bits);
  };
  return Array.from({ length: width }, (_, index) => cell(index)).join("");
}
