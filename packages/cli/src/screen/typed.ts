/** Commands as they are typed. */

/** A word of a command, in quotes where a shell would read something else. */
export const typedWord = (word: string): string =>
  /^[\w.=+:,@%/-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** The options that name plugins again, each behind a blank. */
export const typedPlugins = (names: readonly string[]): string =>
  names.map((name) => ` --plugin ${typedWord(name)}`).join("");
