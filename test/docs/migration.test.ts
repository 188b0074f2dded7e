/** The numbers on the pages for those who come from another simulator, against recordings of that simulator. */
import { describe, expect, it } from "vitest";
import { recordedBy } from "../peers/recorded.ts";
import { readPages } from "./documents.ts";

/** The lines of output that a page shows. */
function shown(simulator: string): string[] {
  const page = readPages().find(({ path }) => path === `docs/migrate/${simulator}.md`)!;
  const outputs = page.blocks.filter(({ language, mark }) => language === "text" && mark === "output");
  return outputs.flatMap(({ code }) => code.trimEnd().split("\n"));
}

const list = (numbers: readonly number[], digits = 0): string => numbers.map((x) => x.toFixed(digits)).join(" ");

interface ConexCases {
  readonly cases: Readonly<Record<string, { readonly spike_iterations: number[][]; readonly W_final?: number[][] }>>;
}

interface AnnarchyNotebook {
  readonly notebook: { readonly spike_counts: readonly number[]; readonly spike_times_ms: readonly number[][] };
}

interface BrainpyCases {
  readonly cases: {
    readonly izh_const10_exp_auto: { readonly spike_times: readonly number[] };
    readonly adex_bm041_default_const65: { readonly spike_steps: readonly number[] };
    readonly "qif_step3_rk4_dt0.1": { readonly r_max: number; readonly r_end: number; readonly v_end: number };
  };
}

interface Brian2Cases {
  readonly cases: {
    readonly lif: { readonly spike_steps: readonly number[][] };
    readonly stdp: { readonly w: readonly number[] };
  };
}

describe("the pages for those who come from another simulator show what it gives", () => {
  it("CoNeX", () => {
    const neurons = recordedBy<ConexCases>("conex-neurons").cases["AELIF/constant/dt=1"]!;
    const learning = recordedBy<ConexCases>("conex-learning").cases["stdp"]!;
    expect(shown("conex")).toEqual([
      ...neurons.spike_iterations.map((train) => list(train) || "silent"),
      ...learning.spike_iterations.map((train) => list(train)),
      list(learning.W_final![0]!, 6),
    ]);
  });

  it("Brian2", () => {
    const { lif, stdp } = recordedBy<Brian2Cases>("brian2").cases;
    const trains = lif.spike_steps.map((steps) => steps.slice(0, 5).map((step) => step / 10));
    expect(shown("brian2")).toEqual([...trains.map((train) => list(train, 1) || "silent"), "true", list(stdp.w, 6)]);
  });

  it("ANNarchy", () => {
    const { spike_counts, spike_times_ms } = recordedBy<AnnarchyNotebook>("annarchy-adex").notebook;
    const lines = shown("annarchy");
    expect(lines.slice(0, 5)).toEqual([
      list(spike_counts),
      ...spike_times_ms.slice(0, 4).map((times) => list(times.slice(0, 5), 1)),
    ]);
  });

  it("BrainPy and brainmodels", () => {
    const cases = recordedBy<BrainpyCases>("brainpy").cases;
    const { r_max, r_end, v_end } = cases["qif_step3_rk4_dt0.1"];
    const { spike_steps } = cases.adex_bm041_default_const65;
    expect(shown("brainpy").slice(0, 4)).toEqual([
      list(cases.izh_const10_exp_auto.spike_times, 1),
      `peak ${r_max.toFixed(6)}`,
      `end ${list([r_end, v_end], 6)}`,
      `${spike_steps.length} spikes, in steps ${list(spike_steps.slice(0, 6))}`,
    ]);
  });
});
