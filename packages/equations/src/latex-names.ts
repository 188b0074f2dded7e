/** Greek letters that LaTeX knows, by the names that equations spell them with. */
const greekNames: ReadonlySet<string> = new Set([
  ..."alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau".split(" "),
  ..."upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(" "),
]);

/**
 * A symbol as LaTeX: `tau_m` is τ with the index m, `v_rest` has an upright word as index, `x1` an index 1. Of a
 * dotted name the last part is the symbol, and what stands before the dot joins the index: `g_exc.tau` is τ of g_exc.
 */
export function latexName(name: string): string {
  const parts = name.split(".");
  const symbol = parts.pop() ?? name;
  const [base = symbol, ...indices] = splitIndices(symbol);
  const owners = parts.map((owner) => `\\mathrm{${owner.replaceAll("_", "\\_")}}`);
  const subscript = [...indices.map(word), ...owners].join(",");
  return subscript === "" ? word(base) : `${word(base)}_{${subscript}}`;
}

/** `v_rest_2` splits at underscores, `x12` before its digits; underscores at the ends belong to the word. */
function splitIndices(symbol: string): readonly string[] {
  const lead = /^_*/.exec(symbol)?.[0] ?? "";
  let end = symbol.length;
  while (end > lead.length && symbol[end - 1] === "_") end--;
  const tail = symbol.slice(end);
  const words = symbol.slice(lead.length, end).split(/_+/);
  const [first = "", ...others] = words;
  const digits = /^([A-Za-z]+)([0-9]+)$/.exec(first);
  const begun = digits === null ? [first] : [digits[1] ?? "", digits[2] ?? ""];
  const split = [...begun, ...others];
  split[0] = lead + (split[0] ?? "");
  split[split.length - 1] = (split.at(-1) ?? "") + tail;
  return split;
}

function word(text: string): string {
  if (greekNames.has(text)) return `\\${text}`;
  if (/^([A-Za-z]|[0-9]+)$/.test(text)) return text;
  return `\\mathrm{${text.replaceAll("_", "\\_")}}`;
}
