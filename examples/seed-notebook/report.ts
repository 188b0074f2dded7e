/** The report of the notebook: one HTML file that needs nothing else. */
import { htmlReport, type ReportSection, type ReportTable } from "@neuroweave/plot";
import type { AdExValues } from "neuroweave";
import {
  growthFigure,
  onsetFigure,
  patternName,
  patternsFigure,
  presetFigures,
  ratesFigure,
  spikeCount,
} from "./figures.ts";
import { growthProtocol } from "./growth.ts";
import { meanFieldProtocol } from "./mean-field.ts";
import type { NotebookResults } from "./notebook.ts";
import { patternProtocol, type PatternTables, type ShownPattern } from "./patterns.ts";

/** The whole report as text. The same results give the same bytes. */
export function notebookReport(results: NotebookResults): string {
  return htmlReport({
    title: "The seed notebook",
    subtitle:
      "Neuron models woven from small behaviors: what they do under a current, what the composed equations are, and what is run.",
    sections: [
      patternsSection(results),
      verdictsSection(results),
      parametersSection(results),
      growthSection(results),
      termsSection(results),
      presetsSection(results),
      meanFieldSection(results),
      planSection(results),
    ],
  });
}

function patternsSection({ patterns }: NotebookResults): ReportSection {
  const { dt, current, rest, refractory } = patternProtocol;
  return {
    heading: "Eight firing patterns of one model",
    paragraphs: [
      `The adaptive exponential integrate-and-fire neuron answers a constant current in many ways; ten numbers decide which. ` +
        `Every neuron here receives ${current} ms of current, then ${rest} ms without, under forward Euler with a step of ${dt} ms. ` +
        `After a spike it is refractory for ${refractory} ms, in which both variables stand still.`,
      "Two versions of the table of parameters are in use. They differ in rows f and g only, and it matters: with the values of the " +
        "notebook, row f never fires and row g fires for as long as the current lasts; with the values of the paper, row f bursts after a delay " +
        "and row g fires once at the onset.",
    ],
    figures: [
      {
        svg: patternsFigure(patterns),
        caption:
          "Left, the values of ANNarchy's notebook; right, those of Naud, Marcille, Clopath and Gerstner 2008. Each panel carries the pattern " +
          "that was recognized, not the one that was intended. Strokes mark spikes.",
      },
    ],
  };
}

function verdictsSection({ patterns }: NotebookResults): ReportSection {
  return {
    heading: "How the patterns were named",
    paragraphs: [
      "A fixed list of rules reads latency, intervals, drift, bursts and irregularity off the spike times alone; the first rule that applies " +
        "decides. The last column is the sentence that the deciding rule gives.",
    ],
    table: {
      caption:
        "Intended pattern, recognized pattern, number of spikes, and why. Rows f and g are given for both tables.",
      head: ["Row", "Intended", "Recognized", "Spikes", "Why"],
      rows: distinctRows(patterns).map(([label, row]) => [
        label,
        row.name,
        patternName(row),
        row.spikes.length,
        row.verdict.reason,
      ]),
    },
  };
}

/** Each row once where both tables agree, and once for each table where they do not. */
function distinctRows({ notebook, paper }: PatternTables): readonly (readonly [label: string, row: ShownPattern])[] {
  return notebook.flatMap((row, index) => {
    const other = paper[index]!;
    const same = parameterNames.every((name) => row.values[name] === other.values[name]);
    const { panel } = row;
    return same ? [[panel, row] as const] : [[`${panel}, notebook`, row] as const, [`${panel}, paper`, other] as const];
  });
}

const units: { readonly [Name in keyof AdExValues]: string } = {
  C: "pF",
  gL: "nS",
  E_L: "mV",
  v_T: "mV",
  delta_T: "mV",
  a: "nS",
  tau_w: "ms",
  b: "pA",
  v_r: "mV",
  I: "pA",
};

const parameterNames = Object.keys(units) as (keyof AdExValues)[];

const rowOf = (label: string, values: AdExValues) => [label, ...parameterNames.map((name) => values[name])];

function parametersSection({ patterns }: NotebookResults): ReportSection {
  return {
    heading: "The parameters of both tables",
    table: {
      caption: "Rows f and g are given for both tables; all others are the same in both.",
      head: ["Row", ...parameterNames.map((name) => `${name} (${units[name]})`)],
      rows: distinctRows(patterns).map(([label, { values }]) => rowOf(label, values)),
    },
  };
}

function growthSection({ growth }: NotebookResults): ReportSection {
  return {
    heading: "From LIF to AELIF, one behavior at a time",
    paragraphs: [
      "A model is a list of behaviors. LIF is Leak, CurrentInput and Fire; ELIF is LIF with ExponentialUpstroke; AELIF is ELIF with Adaptation. " +
        "Each behavior adds its own terms to the equations of the list, and nothing else changes.",
      `All three receive ${growthProtocol.current} nA for ${growthProtocol.duration} ms and share every parameter that they have in common: ` +
        `${growth.models.map(({ name, spikes }) => `${name} fires ${spikeCount(spikes.length)}`).join(", ")}.`,
    ],
    figures: [
      {
        svg: growthFigure(growth),
        caption: "The upstroke makes the neuron fire faster; adaptation slows it down from spike to spike.",
      },
    ],
  };
}

function termsSection({ growth: { models } }: NotebookResults): ReportSection {
  const full = models.at(-1)!;
  return {
    heading: "The composed equations",
    paragraphs: [
      `These are the equations that the network reports for ${models.map(({ name }) => name).join(", ")}, in this order, and then what ` +
        `${full.name} does at a spike. The table says which behavior each term of ${full.name} came from.`,
    ],
    equations: [...models.flatMap(({ dynamics }) => dynamics), ...full.firing].map(({ latex }) => latex),
    table: termsTable(full),
  };
}

function termsTable({ name, dynamics, firing }: NotebookResults["growth"]["models"][number]): ReportTable {
  const leftOf = (text: string): string => text.split(/ \+?= /u)[0]!;
  return {
    caption: `Where the terms of ${name} come from.`,
    head: ["Equation of", "Term", "Behavior"],
    rows: [...dynamics, ...firing].flatMap(({ text, terms }) =>
      terms.map((term) => [leftOf(text), term.text, term.behavior]),
    ),
  };
}

function presetsSection({ presets }: NotebookResults): ReportSection {
  return {
    heading: "Twenty patterns of Izhikevich's model",
    paragraphs: [
      "The patterns of Izhikevich 2004, with the parameters and inputs of the script behind its figure 1. The scheme is that of the script too: " +
        "Euler for v with the old u, then u with the new v, a spike above 30 mV, and the step that each panel has there. It is part of the " +
        "picture: several panels sit close enough to a threshold that another scheme, or a smaller step, shows another pattern.",
    ],
    table: {
      caption: "Parameters as the script runs them.",
      head: ["Panel", "Pattern", "a", "b", "c", "d", "Step (ms)", "Length (ms)", "Spikes"],
      rows: presets.map(({ panel, name, values: { a, b, c, d }, dt, duration, spikes }) => [
        panel,
        name,
        a,
        b,
        c,
        d,
        dt,
        duration,
        spikes.length,
      ]),
    },
    figures: presetFigures(presets),
  };
}

function meanFieldSection({ meanField }: NotebookResults): ReportSection {
  const { start, stop, amplitude, dt } = meanFieldProtocol;
  const { n, spikeCount: spikes, states } = meanField;
  return {
    heading: "A mean field, and the neurons behind it",
    paragraphs: [
      `For quadratic integrate-and-fire neurons that are coupled all to all, two equations for rate and mean voltage are exact in the limit of ` +
        `infinitely many (Montbrió, Pazó and Roxin 2015). Here they run beside ${n.toLocaleString("en-US")} spiking neurons in one network. ` +
        `An input of ${amplitude} from ${start} to ${stop} moves both from the low state to the high one, where they stay when it ends.`,
      "The spiking neurons are the QIF model with two behaviors of this notebook's own. One replaces the reset by one that keeps the part of a " +
        "step by which a spike came early. The other, written in TypeScript, is the coupling: in every step of " +
        `${dt} it counts the spikes of the population, smooths them, and adds J τ r(t) to everybody's input. There were ${spikes.toLocaleString("en-US")} spikes.`,
      "What is left of a difference is mostly the size of the population: its excitabilities are the quantiles of a Lorentzian distribution, and the " +
        "tail beyond the last of them is missing. In the low state, in which only the most excitable neurons fire, that alone is 3 %.",
    ],
    table: {
      caption: "Mean rates where they have settled, in spikes per membrane time constant.",
      head: ["State", "From", "To", "Mean field", "Spiking neurons", "Difference"],
      rows: states.map(({ name, from, to, expected, measured }) => [
        name,
        from,
        to,
        expected.toFixed(4),
        measured.toFixed(4),
        `${((measured / expected - 1) * 100).toFixed(1)} %`,
      ]),
    },
    figures: [
      { svg: ratesFigure(meanField), caption: "Shaded: the input is on. The same step size for both." },
      {
        svg: onsetFigure(meanField),
        caption: "The most excitable neurons, at the top, fire all the time; the step recruits the others.",
      },
    ],
  };
}

function planSection({ growth: { plan } }: NotebookResults): ReportSection {
  return {
    heading: "What is run",
    paragraphs: [
      "The plan of a network with AELIF alone, as it describes itself: stages in the order in which they run, the composed equations with the " +
        "behavior that each term came from, what each stage reads and writes, and which stages were fused into one kernel.",
    ],
    code: String(plan),
  };
}
