/** Numbers that JSON cannot say, as texts. Every other number is the shortest decimal that gives the same bits. */

const spelled: Readonly<Record<string, number>> = { NaN: NaN, Infinity, "-Infinity": -Infinity, "-0": -0 };

/** Whether a text stands for a number. */
export const isSpelledNumber = (text: string): boolean => Object.hasOwn(spelled, text);

export const writeNumber = (x: number): number | string =>
  Object.is(x, -0) ? "-0" : Number.isFinite(x) ? x : String(x);

/** The number that a text stands for, and everything else as it is. */
export const readNumber = <T>(value: T): T | number =>
  typeof value === "string" && isSpelledNumber(value) ? spelled[value]! : value;
