import type { PlannedGraph } from "../graph/network-graph.ts";
import type { PictureStage } from "../schedule/schedule-picture.ts";

interface Described {
  readonly name: string;
  readonly unit: string;
  readonly doc: string;
}

interface ReportedParameter extends Described {
  readonly value: string;
  readonly default: string;
  readonly owners: readonly string[];
}

export interface ReportedBehavior {
  readonly name: string;
  readonly behavior: string;
  readonly priority: number;
  readonly enabled: boolean;
  readonly doc: string;
  readonly source: string;
}

/** What populations and projections have in common. */
export interface ReportedMember {
  readonly parameters: readonly ReportedParameter[];
  readonly states: readonly Described[];
}

export interface ReportedStage extends PictureStage {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly equations: readonly {
    readonly text: string;
    readonly latex: string;
    readonly terms: readonly { readonly text: string; readonly behavior: string }[];
  }[];
  readonly kernel: string | null;
}

/** What a report reads of a plan; `net.explain()` gives one. */
export interface ReportedPlan extends PlannedGraph {
  readonly dt: number;
  readonly seed: number | string;
  readonly device: string;
  readonly precision: string;
  readonly threads: number;
  readonly notes: readonly string[];
  readonly populations: readonly (PlannedGraph["populations"][number] &
    ReportedMember & { readonly method: string; readonly behaviors: readonly ReportedBehavior[] })[];
  readonly projections: readonly (PlannedGraph["projections"][number] &
    ReportedMember & {
      readonly connector: string;
      readonly delay: string;
      readonly bytesPerSynapse: number;
      readonly attached: readonly ReportedBehavior[];
    })[];
  readonly stages: readonly ReportedStage[];
  readonly kernels: readonly { readonly name: string; readonly entity: string; readonly stages: readonly number[] }[];
}
