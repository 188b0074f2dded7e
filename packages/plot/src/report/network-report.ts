import { connectivityGraph } from "../graph/connectivity-graph.ts";
import { graphOf } from "../graph/network-graph.ts";
import type { InteractiveFigure } from "../interactive/interactive-figure.ts";
import type { ChartLibrary } from "../interactive/page-scripts.ts";
import { alikeLanes } from "../schedule/alike-lanes.ts";
import { schedulePicture } from "../schedule/schedule-picture.ts";
import { htmlReport } from "./html-report.ts";
import { counted, memberSections } from "./member-sections.ts";
import type { ReportedPlan } from "./reported-plan.ts";
import type { ReportFigure, ReportSection } from "./report-section.ts";

/** The plan of a network, and the figures that go with it. */
export interface NetworkReportOptions {
  readonly title: string;
  readonly subtitle?: string;
  /** The plan: `net.explain()`. */
  readonly explanation: ReportedPlan;
  readonly figures?: readonly ReportFigure[];
  /** Figures to zoom and read from; with them the page has scripts, without it has none. */
  readonly interactive?: readonly InteractiveFigure[];
  /** What else the run was made with, such as its length, by name. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** Paragraphs at the beginning. */
  readonly notes?: readonly string[];
  /** Sections of one's own, behind the results. */
  readonly sections?: readonly ReportSection[];
  /** Version of neuroweave that the network ran with. */
  readonly version?: string;
  /** Text of the network as a file, such as `JSON.stringify(net, null, 2)`; it is shown whole. */
  readonly networkFile?: string;
  /** The command that makes the results again, where it is not that of a network file. */
  readonly command?: string;
  readonly language?: string;
  /** Texts of uPlot for interactive figures, where there is no file system to read it from. */
  readonly library?: ChartLibrary;
}

/**
 * Everything about a network on one self-contained page: results, the graph of its populations, the composed equations with
 * the behavior of each term, all parameters with units, defaults and sources, the plan as picture and table, and how to
 * run it again. The same input gives the same bytes. Throws what `htmlReport` throws.
 *
 *     networkReport({ title: "Two populations", explanation: net.explain(), figures: [{ svg, caption: "Spikes" }] })
 */
export function networkReport(options: NetworkReportOptions): string {
  const { title, explanation: plan, figures = [], interactive = [], notes = [], sections = [] } = options;
  const members = memberSections(plan);
  const results: ReportSection[] =
    figures.length + interactive.length > 0 ? [{ heading: "Results", figures, interactive }] : [];
  const ofPopulations: ReportSection[] =
    members.populations.length > 0 ? [{ heading: "Populations", parts: members.populations }] : [];
  const ofProjections: ReportSection[] =
    members.projections.length > 0 ? [{ heading: "Projections", parts: members.projections }] : [];
  return htmlReport({
    title,
    ...(options.subtitle === undefined ? {} : { subtitle: options.subtitle }),
    ...(options.language === undefined ? {} : { language: options.language }),
    ...(options.library === undefined ? {} : { library: options.library }),
    sections: [
      { heading: "The run", paragraphs: [inOneSentence(plan), ...notes, ...plan.notes], table: settingsTable(options) },
      ...results,
      ...sections,
      networkSection(plan),
      ...ofPopulations,
      ...ofProjections,
      planSection(plan),
      againSection(options),
    ],
  });
}

/** From this many lanes on, those that do the same are drawn as one. */
const manyLanes = 14;
/** More lanes, and more circles, than these make no picture. */
const mostLanes = 100;
const mostNodes = 300;

function inOneSentence({ populations, projections }: ReportedPlan): string {
  const neurons = populations.reduce((sum, { n }) => sum + n, 0);
  const synapses = projections.reduce((sum, each) => sum + each.synapses, 0);
  const first = `${counted(populations.length, "population")} of ${counted(neurons, "neuron")}`;
  if (projections.length === 0) return `The network has ${first} and no projections.`;
  return `The network has ${first}, and ${counted(projections.length, "projection")} of ${counted(synapses, "synapse")}.`;
}

function settingsTable({ explanation: plan, settings = {}, version }: NetworkReportOptions) {
  const rows: [string, string | number][] = [
    ["time step", `${plan.dt} ms`],
    ["seed", String(plan.seed)],
    ["device", plan.device],
    ["precision", plan.precision],
    ["threads", String(plan.threads)],
    ...(version === undefined ? [] : [["neuroweave", version] as [string, string]]),
    ...Object.entries(settings).map(([name, value]): [string, string] => [name, String(value)]),
  ];
  return { caption: "What the network ran with", head: ["Setting", "Value"], rows };
}

function networkSection(plan: ReportedPlan): ReportSection {
  const { populations, projections } = plan;
  const drawn = populations.length > 0 && populations.length <= mostNodes;
  const graph = drawn ? connectivityGraph({ title: "Populations and projections", ...graphOf(plan) }) : "";
  return {
    heading: "The network",
    paragraphs:
      populations.length > mostNodes ? [`There are too many populations (${populations.length}) for a picture.`] : [],
    tables: [
      {
        caption: "Populations",
        head: ["Population", "Neurons", "Method", "Behaviors"],
        rows: populations.map(({ name, n, method, behaviors }) => [name, n, method, behaviors.map((each) => each.name).join(", ")]), // prettier-ignore
      },
      {
        caption: "Projections",
        head: ["Projection", "From", "To", "Receptor", "Connector", "Synapses", "Weight", "Delay"],
        rows: projections.map((each) => [each.name, each.source, each.target, each.receptor, each.connector, each.synapses, each.weight, each.delay]), // prettier-ignore
      },
    ].filter(({ rows }) => rows.length > 0),
    figures: graph === "" ? [] : [{ svg: graph, caption: "Circles are populations, with their numbers of neurons. Lines are projections, in the color of their receptor and as wide as they have synapses; arrows excite, bars inhibit." }], // prettier-ignore
  };
}

function planSection(plan: ReportedPlan): ReportSection {
  const { stages, kernels } = plan;
  const entities = [...plan.populations, ...plan.projections].map(({ name }) => name);
  const drawn =
    entities.length < manyLanes ? { stages, kernels, lanes: entities } : alikeLanes(entities, stages, kernels);
  const svg = drawn.lanes.length > mostLanes ? null : schedulePicture({ title: "One step of the network", ...drawn });
  const alike = drawn.stages === stages ? "" : " A lane stands for all that do the same.";
  return {
    heading: "The plan of a step",
    paragraphs: [
      "Stages run from the top to the bottom. Those of one priority are simultaneous: all read what was there before, and their results appear together.",
      ...(svg === null
        ? [`There are too many different populations and projections (${drawn.lanes.length}) for a picture.`]
        : []),
    ],
    figures: svg === null ? [] : [{ svg, caption: `Boxes are stages with the behaviors that they come from; a frame holds what runs as one kernel.${alike}` }], // prettier-ignore
    parts: [{ heading: "All stages", table: stageTable(plan) }],
  };
}

function stageTable({ stages, kernels }: ReportedPlan) {
  const number = new Map(kernels.map(({ name }, index) => [name, index + 1]));
  return {
    caption: "Stages in their order; those with the same kernel number run as one",
    head: ["Stage", "Phase", "Of", "What", "Behaviors", "Reads", "Writes", "Kernel"],
    rows: stages.map((each) => [
      each.index,
      `${each.phase} (${each.priority})`,
      each.entity,
      each.method ? `${each.kind} by ${each.method}` : each.kind,
      each.behaviors.join(", ") || "–",
      each.reads.join(", ") || "–",
      each.writes.join(", ") || "–",
      number.get(each.kernel ?? "") ?? "–",
    ]),
  };
}

function againSection({ explanation: plan, networkFile, command, version }: NetworkReportOptions): ReportSection {
  const install = `npm install neuroweave${version === undefined ? "" : `@${version}`}`;
  const seed = /^[\w.-]+$/u.test(String(plan.seed)) ? String(plan.seed) : JSON.stringify(String(plan.seed));
  const options = `--seed ${seed} --dt ${plan.dt} --device ${plan.device}`;
  const run = command ?? (networkFile === undefined ? undefined : `npx neuroweave run network.json ${options}`);
  const bits = "The same seed gives the same bits on every device, however many threads.";
  return {
    heading: "How to run this again",
    paragraphs: [
      run === undefined
        ? `Create the network with the seed, the time step and the precision of the table above. ${bits}`
        : `${networkFile === undefined ? "" : "Save the file below as network.json. "}${bits}`,
    ],
    code: [`# Node 20.19 or later`, install, ...(run === undefined ? [] : [run])].join("\n"),
    ...(networkFile === undefined ? {} : { parts: [{ heading: "network.json", code: networkFile }] }),
  };
}
