/** Reads a program in C and says what in it refers to nothing, without compiling it. */

const keywords = new Set(["if", "for", "while", "switch", "return", "sizeof", "defined", "do"]);
/** All that programs call of the compiler, of the library of the system and of their caller. */
const library = /^(__builtin_\w+|__atomic_\w+|__has_builtin|mem(cpy|set|move)|calloc|free|pthread_\w+|host)$/;
/** Values of kernels, which are numbered. */
const numbered = /^(v|u|row)\d+(_\d+)?$/;
const types = new Set(["V", "W", "real", "word", "const"]);
const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** A sentence for everything that is wrong; none for a sound program. */
export function faultsOfC(source: string): readonly string[] {
  const text = source
    .replaceAll(/\/\*[\s\S]*?\*\//g, " ")
    .replaceAll(/"[^"\n]*"/g, '""')
    .replaceAll(/__attribute__\(\((\w+(\([^()]*\))?,? *)*\)\)/g, " ");
  const faults: string[] = [];
  const defined = new Set<string>();
  const open: string[] = [];
  const scopes: Set<string>[] = [new Set()];
  const tokens = [...text.matchAll(/[A-Za-z_]\w*|[()[\]{}]|\S/g)].map(([token]) => token);
  for (const [index, token] of tokens.entries()) {
    if (token in closing) {
      open.push(closing[token]!);
      if (token === "{") scopes.push(new Set());
    } else if (token === ")" || token === "]" || token === "}") {
      if (open.pop() !== token) return [...faults, `a ${token} closes what is not open`];
      if (token === "}") scopes.pop();
    } else if (numbered.test(token)) {
      if (types.has(tokens[index - 1]!)) scopes.at(-1)!.add(token);
      else if (!scopes.some((scope) => scope.has(token))) faults.push(`the value ${token} is not there`);
    } else if (/^[A-Za-z_]/.test(token) && tokens[index + 1] === "(") {
      // What stands at the top and is a function begins to exist with its head.
      if (open.length === 0 || tokens[index - 1] === "define") defined.add(token);
      else if (!keywords.has(token) && !library.test(token) && !defined.has(token))
        faults.push(`the function ${token} is not there`);
    }
  }
  if (open.length > 0) faults.push(`a ${open.at(-1)} is missing`);
  return [...new Set(faults)];
}
