/**
 * Estimated width of a line of sans-serif text in pixels, slightly on the wide side, since no font is at hand when a
 * figure is made. Widths per character class are those of common interface fonts in parts of the font size.
 */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width * fontSize;
}

function characterWidth(character: string): number {
  if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0;
  if (/[ijl.,:;'|!()[\]{} ]/.test(character)) return 0.34;
  if (/[mwMW@%—…]/.test(character)) return 0.95;
  if (
    /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Extended_Pictographic}/u.test(
      character,
    )
  )
    return 1.05;
  return /\p{Lu}/u.test(character) ? 0.7 : 0.58;
}

/** The text cut to `maxWidth` with an ellipsis, or as it is where it fits. */
export function fitText(text: string, fontSize: number, maxWidth: number): string {
  if (textWidth(text, fontSize) <= maxWidth) return text;
  let fitted = "";
  for (const character of text) {
    if (textWidth(`${fitted}${character}…`, fontSize) > maxWidth) break;
    fitted += character;
  }
  return `${fitted.trimEnd()}…`;
}

/**
 * The text broken at spaces into lines of at most `maxWidth`; a word that is longer than a line is cut with an
 * ellipsis.
 */
export function wrapText(text: string, fontSize: number, maxWidth: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/u).filter((part) => part !== "")) {
    const joined = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(joined, fontSize) <= maxWidth) lines[lines.length - 1] = joined;
    else lines.push(fitText(word, fontSize, maxWidth));
  }
  return lines;
}
