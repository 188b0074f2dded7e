/**
 * Text made safe for SVG and HTML, in elements and in attributes with either kind of quote. Characters that XML does
 * not know (control characters, half surrogates) become U+FFFD, so that the result parses whatever the text was.
 */
export function escapeText(text: string): string {
  let safe = "";
  for (const character of text) safe += entities[character] ?? (isXmlCharacter(character) ? character : "\uFFFD");
  return safe;
}

const entities: Readonly<Record<string, string | undefined>> = {
  __proto__: null as never,
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The production Char of XML 1.0. */
function isXmlCharacter(character: string): boolean {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || code >= 0x10000;
}

/** An attribute's value; `undefined` leaves the attribute out. Numbers are written with at most two decimals. */
export type AttributeValue = string | number | undefined;

/** One element as text. Attribute values are escaped here; `content` is markup and goes in as it is. */
export function element(name: string, attributes: Readonly<Record<string, AttributeValue>>, content = ""): string {
  const written = Object.entries(attributes)
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? decimal(value) : escapeText(value)}"`)
    .join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/**
 * A coordinate with at most two decimals and no negative zero: finer than any screen, and the same on every machine.
 */
export function decimal(value: number): string {
  return String(Math.round(value * 100) / 100 || 0);
}
