/** Collection of what arrives in a step as one C function for a receptor, with functions that deliveries of one form share. */
import type { Delivery, ProgramStage } from "../../program.ts";
import type { DeliveryShare } from "../../team.ts";
import { deliveryText, indent } from "./delivery.ts";
import type { NumberText } from "./synapse.ts";

/** Ahead of the functions of collections: a stretch of synapses, and how many are listed at a time. */
export const collectionPrelude = `typedef struct { uint32_t from, to; } Stretch;
typedef struct { int64_t ago; int member; const Stretch *end; } Found;
#define STRETCHES 4096
#define FOUND 512`;

/** Functions of the forms that deliveries of collections have, by their text; deliveries of one form differ in a table of numbers. */
export type Forms = Map<string, string>;

/**
 * What arrives in a step at one receptor, from the spikes of all steps before that are on their way. Stretches of rows lie all over the
 * memory: as many as a list holds are found and fetched, then they are added, then the next are found.
 */
export function emitCollection(
  name: string,
  { longest, deliveries }: Extract<ProgramStage, { kind: "collect" }>,
  suspect: number,
  shares: readonly DeliveryShare[] | null,
  forms: Forms,
): string {
  const members = deliveries.map((delivery, p) => {
    const numbers = [delivery.spikes!.rows, delivery.spikes!.counts];
    const num = (x: number): string => `d[${numbers.push(x) - 1}]`;
    const text = formText(delivery, suspect, shares?.[p] ?? null, num);
    const known = forms.get(text);
    const form = known ?? `form${forms.size}`;
    forms.set(text, form);
    return { form, numbers, functions: known === undefined ? [text.replaceAll("_NAME", `_${form}`)] : [] };
  });
  const width = Math.max(...members.map(({ numbers }) => numbers.length));
  const table = members.map(({ numbers }) => `{${Array.from({ length: width }, (_, i) => `${numbers[i] ?? 0}LL`).join(", ")}}`);
  const alike = members.every(({ form }) => form === members[0]!.form);
  const choose = (member: string, line: (form: string) => string): string[] =>
    alike
      ? [line(members[0]!.form)]
      : [`switch (${member}) {`, ...members.map(({ form }, p) => `  case ${p}: ${line(form)} break;`), "}"];
  return [
    ...members.flatMap(({ functions }) => functions),
    `static const int64_t ${name}_d[${members.length}][${width}] = {${table.join(", ")}};`,
    `static void ${name}_add(char *m, int64_t k, int me, const Stretch *begin, const Found *found, const Found *behind) {`,
    `  for (; found < behind; begin = found->end, found++) {`,
    ...choose("found->member", (form) => `add_${form}(m, k, me, found->ago, ${name}_d[found->member], begin, found->end);`).map((line) => `    ${line}`),
    `  }`,
    `}`,
    `static __attribute__((noinline)) void ${name}(char *m, int64_t k, int me) {`,
    `  Stretch stretches[STRETCHES], *stretch = stretches;`,
    `  Found list[FOUND], *found = list;`,
    `  int64_t base[${members.length}];`,
    `  for (int p = 0; p < ${members.length}; p++) base[p] = k % ${name}_d[p][0];`,
    `  for (int64_t ago = ${longest}; ago >= 1; ago--)`,
    `    for (int p = 0; p < ${members.length}; p++) {`,
    `      const int64_t rows = ${name}_d[p][0], place = base[p] >= ago ? base[p] - ago : base[p] - ago + rows;`,
    `      if (ago >= rows || WORD(${name}_d[p][1] + 4 * place) == 0) continue;`,
    `      uint32_t spike = 0;`,
    `      do {`,
    `        Stretch *const begin = stretch;`,
    ...choose("p", (form) => `stretch = find_${form}(m, k, me, ago, ${name}_d[p], place, begin, stretches + STRETCHES, &spike);`).map((line) => `        ${line}`),
    `        if (stretch > begin) *found++ = (Found){ ago, p, stretch };`,
    `        if (spike || found == list + FOUND) {`,
    `          ${name}_add(m, k, me, stretches, list, found);`,
    `          found = list, stretch = stretches;`,
    `        }`,
    `      } while (spike);`,
    `    }`,
    `  ${name}_add(m, k, me, stretches, list, found);`,
    `}`,
  ].join("\n");
} // prettier-ignore

/** Text of two functions: `find_NAME` lists the stretches of rows that are due, `add_NAME` adds what they bring. */
function formText(delivery: Delivery, suspect: number, share: DeliveryShare | null, num: NumberText): string {
  const { delay } = delivery;
  const text = deliveryText(delivery, suspect, share, num);
  const due = delay.kind === "collected" ? `ago <= ${num(delay.longest)}` : `ago == ${num(delay.kind === "one" ? delay.steps : 0)}`;
  const find = [
    `if (!(${due})) return begin;`,
    ...text.moment("ago", "return begin"),
    ...text.own("return begin"),
    "Stretch *stretch = begin;",
    ...text.eachSpike([
      "if (i + 1 < *spike) continue;",
      "if (stretch == end) { *spike = i + 1; return stretch; }",
      ...text.bounds("j", "stop"),
      "*stretch++ = (Stretch){ (uint32_t)j, (uint32_t)stop };",
      ...text.fetch,
    ]),
    "*spike = 0;",
    "return stretch;",
  ];
  const add = [
    "const int64_t e = k - ago;",
    ...text.own("return"),
    ...text.before,
    "for (const Stretch *stretch = begin; stretch < end; stretch++) {",
    ...indent(["int64_t j = stretch->from;", "const int64_t stop = stretch->to;", ...text.synapses]),
    "}",
  ];
  return [
    `static Stretch *find_NAME(char *m, int64_t k, int me, int64_t ago, const int64_t *d, int64_t place, Stretch *begin, const Stretch *end, uint32_t *spike) {`,
    ...indent(find),
    "}",
    `static void add_NAME(char *m, int64_t k, int me, int64_t ago, const int64_t *d, const Stretch *begin, const Stretch *end) {`,
    ...indent(add),
    "}",
  ].join("\n");
} // prettier-ignore
