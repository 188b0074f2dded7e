import { NeuroweaveError } from "@neuroweave/equations";
import { latexToMathML } from "./latex.ts";
import type { ReportedBehavior, ReportedMember, ReportedPlan, ReportedStage } from "./reported-plan.ts";
import type { ReportEquation, ReportSection, ReportTable } from "./report-section.ts";

/** A section for each population and each projection: its equations with their origins, behaviors, parameters, variables. */
export function memberSections(plan: ReportedPlan): { populations: ReportSection[]; projections: ReportSection[] } {
  const shown = new Map<string, string>();
  const equationsOf = (entity: string): Pick<ReportSection, "equations" | "paragraphs"> => {
    const stages = plan.stages.filter((stage) => stage.entity === entity && stage.equations.length > 0);
    const equations = stages.flatMap(typeset);
    if (equations.length === 0) return {};
    const key = JSON.stringify(equations);
    const same = shown.get(key);
    if (same !== undefined) return { paragraphs: [`Its equations are those of ${same}.`] };
    shown.set(key, entity);
    return { equations };
  };
  return {
    populations: plan.populations.map((each) => {
      const { equations, paragraphs = [] } = equationsOf(each.name);
      const size = `${counted(each.n, "neuron")}, integrated by ${each.method}.`;
      return {
        heading: each.name,
        paragraphs: [size, ...paragraphs],
        ...(equations ? { equations } : {}),
        tables: memberTables(each.name, each.behaviors, each),
      };
    }),
    projections: plan.projections.map((each) => {
      const { equations, paragraphs = [] } = equationsOf(each.name);
      const bytes = each.synapses === 0 ? "" : `, ${each.bytesPerSynapse.toFixed(1)} bytes each`;
      const ways = `From ${each.source} to ${each.receptor} of ${each.target} by ${each.connector}: ${counted(each.synapses, "synapse")}${bytes}.`;
      const sent = `Weight ${each.weight}; delay ${each.delay}.${each.enabled ? "" : " It is disabled."}`;
      return {
        heading: each.name,
        paragraphs: [ways, sent, ...paragraphs],
        ...(equations ? { equations } : {}),
        tables: memberTables(each.name, each.attached, each),
      };
    }),
  };
}

export const counted = (count: number, what: string): string =>
  `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;

function typeset(stage: ReportedStage): ReportEquation[] {
  const by = stage.method ? ` by ${stage.method}` : "";
  const label = `${stage.phase} (${stage.priority}): ${stage.kind}${by}`;
  return stage.equations.map(({ text, latex, terms }) => ({
    ...(canBeTypeset(latex) ? { latex } : { text }),
    label,
    origins: terms.map((term) => ({ text: term.text, from: term.behavior })),
  }));
}

function canBeTypeset(latex: string): boolean {
  try {
    return latexToMathML(latex) !== "";
  } catch (error) {
    if (error instanceof NeuroweaveError) return false;
    throw error;
  }
}

const plain = (unit: string): string => (unit === "1" ? "–" : unit || "–");

function memberTables(name: string, behaviors: readonly ReportedBehavior[], member: ReportedMember): ReportTable[] {
  const tables: ReportTable[] = [
    {
      caption: `Behaviors of ${name}`,
      head: ["Behavior", "Priority", "What it does", "Source"],
      rows: behaviors.map((each) => [
        (each.name === each.behavior ? each.name : `${each.name} (${each.behavior})`) +
          (each.enabled ? "" : ", disabled"),
        each.priority,
        each.doc || "–",
        each.source || "–",
      ]),
    },
    {
      caption: `Parameters and inputs of ${name}`,
      head: ["Name", "Value", "Default", "Unit", "Read by", "Meaning"],
      rows: member.parameters.map((each) => [each.name, each.value, each.default, plain(each.unit), each.owners.join(", "), each.doc || "–"]), // prettier-ignore
    },
    {
      caption: `Variables of ${name}`,
      head: ["Name", "Unit", "Meaning"],
      rows: member.states.map((each) => [each.name, plain(each.unit), each.doc || "–"]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}
