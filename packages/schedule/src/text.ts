/** The explanation as text for terminals and as Markdown. */
import type { Explanation, PlannedStage } from "@neuroweave/model";

type Facts = Omit<Explanation, "toString" | "toMarkdown" | "only">;

const list = (names: readonly string[]): string => names.join(", ") || "–";

/** Text, one screen for a small network. */
function explanationText(facts: Facts): string {
  const lines = [
    `network  dt ${facts.dt} ms · seed ${facts.seed} · ${facts.device} · ${facts.precision} · ${facts.threads} thread${facts.threads === 1 ? "" : "s"}`,
    ...facts.notes.map((note) => `note     ${note}`),
  ];
  for (const population of facts.populations) {
    lines.push(
      "",
      `population ${population.name} · ${population.n} neuron${population.n === 1 ? "" : "s"} · ${population.method}`,
    );
    const off = population.behaviors.filter(({ enabled }) => !enabled).map(({ name }) => name);
    lines.push(`  behaviors   ${list(population.behaviors.map(({ name }) => name))}`);
    if (off.length > 0) lines.push(`  disabled    ${list(off)}`);
    const shown = population.parameters.map(
      ({ name, value, unit }) => `${name} = ${value}${unit && unit !== "1" ? ` ${unit}` : ""}`,
    );
    if (shown.length > 0) lines.push(`  parameters  ${shown.join(" · ")}`);
  }
  for (const each of facts.projections)
    lines.push(
      "",
      `projection ${each.name}${each.enabled ? "" : " (disabled)"} · ${each.source} → ${each.target}.${each.receptor} · ${each.connector}`,
      `  synapses    ${each.synapses} · ${each.bytesPerSynapse.toFixed(1)} bytes each`,
      `  weight      ${each.weight}`,
      `  delay       ${each.delay}`,
      ...(each.behaviors.length > 0 ? [`  behaviors   ${list(each.behaviors)}`] : []),
    );
  lines.push("", "step");
  for (const stage of facts.stages) lines.push(...stageText(stage));
  if (facts.kernels.length > 0) {
    lines.push("", "kernels");
    for (const { name, stages } of facts.kernels) lines.push(`  ${name} fuses stages ${stages.join(", ")}`);
  }
  if (facts.code !== null) lines.push("", facts.code);
  return lines.join("\n");
}

function stageText(stage: PlannedStage): string[] {
  const head = `  ${String(stage.index).padStart(2)}  ${String(stage.priority).padStart(4)}  ${stage.phase.padEnd(12)} ${stage.entity}: ${stage.kind}`;
  const lines = [`${head}${stage.method ? ` by ${stage.method}` : ""} (${list(stage.behaviors)})`];
  for (const { text, terms } of stage.equations) {
    lines.push(`            ${text}`);
    if (terms.length > 1)
      lines.push(`              ${terms.map((term) => `${term.text} ← ${term.behavior}`).join(" · ")}`);
  }
  lines.push(`            reads ${list(stage.reads)} → writes ${list(stage.writes)}`);
  return lines;
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** Markdown with typeset equations. */
function explanationMarkdown(facts: Facts): string {
  const lines = [
    `# Plan`,
    ``,
    `dt ${facts.dt} ms, seed ${facts.seed}, device ${facts.device}, ${facts.precision}, ${facts.threads} thread(s).`,
    ...facts.notes.map((note) => `\n> ${note}`),
  ];
  for (const { name, n, method, behaviors, parameters } of facts.populations) {
    lines.push(
      ``,
      `## ${name}: ${n} neuron${n === 1 ? "" : "s"}, ${method}`,
      ``,
      `| behavior | priority | what it does |`,
      `|---|---|---|`,
    );
    for (const each of behaviors)
      lines.push(`| ${each.name}${each.enabled ? "" : " (disabled)"} | ${each.priority} | ${cell(each.doc)} |`);
    if (parameters.length > 0) lines.push(``, `| parameter | value | unit | meaning |`, `|---|---|---|---|`);
    for (const each of parameters) lines.push(`| ${each.name} | ${each.value} | ${each.unit} | ${cell(each.doc)} |`);
  }
  if (facts.projections.length > 0)
    lines.push(
      ``,
      `## Projections`,
      ``,
      `| projection | from | to | connector | synapses | bytes each | weight | delay | behaviors |`,
      `|---|---|---|---|---|---|---|---|---|`,
      ...facts.projections.map(
        (each) =>
          `| ${each.name}${each.enabled ? "" : " (disabled)"} | ${each.source} | ${each.target}.${each.receptor} | ${cell(each.connector)} | ${each.synapses} | ${each.bytesPerSynapse.toFixed(1)} | ${each.weight} | ${each.delay} | ${list(each.behaviors)} |`,
      ),
    );
  lines.push(
    ``,
    `## One step`,
    ``,
    `| stage | priority | entity | kind | reads | writes | kernel |`,
    `|---|---|---|---|---|---|---|`,
  );
  for (const s of facts.stages)
    lines.push(
      `| ${s.index} | ${s.priority} (${s.phase}) | ${s.entity} | ${s.kind}${s.method ? `, ${s.method}` : ""} | ${list(s.reads)} | ${list(s.writes)} | ${s.kernel ?? "–"} |`,
    );
  for (const stage of facts.stages)
    for (const { latex, terms } of stage.equations) {
      lines.push(``, `$$${latex}$$`, ``);
      lines.push(terms.map((term) => `\`${cell(term.text)}\` from ${term.behavior}`).join(", "));
    }
  if (facts.code !== null) lines.push(``, "```wat", facts.code, "```");
  return `${lines.join("\n")}\n`;
}

/** The explanation with its two texts. */
export function explanationOf(facts: Facts): Explanation {
  const only = (names: ReadonlySet<string>): Explanation =>
    explanationOf({
      ...facts,
      populations: facts.populations.filter(({ name }) => names.has(name)),
      projections: facts.projections.filter(({ name }) => names.has(name)),
      stages: facts.stages.filter(({ entity }) => names.has(entity)),
      kernels: facts.kernels.filter(({ entity }) => names.has(entity)),
    });
  return { ...facts, only, toString: () => explanationText(facts), toMarkdown: () => explanationMarkdown(facts) };
}
