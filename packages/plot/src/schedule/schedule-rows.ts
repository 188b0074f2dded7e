/** A stage as it is drawn; the stages of `net.explain()` are such. */
export interface PictureStage {
  readonly index: number;
  readonly kind: string;
  readonly priority: number;
  /** The name of the priority. */
  readonly phase: string;
  /** Position among groups of the same priority. */
  readonly level: number;
  readonly entity: string;
  readonly behaviors: readonly string[];
  readonly method: string | null;
}

/** Stages that are simultaneous. */
export interface ScheduleRow {
  readonly priority: number;
  readonly level: number;
  readonly phase: string;
  readonly stages: readonly PictureStage[];
}

/** Rows in the order in which they happen: by priority, then by level. */
export function rowsOf(stages: readonly PictureStage[]): ScheduleRow[] {
  const rows = new Map<string, PictureStage[]>();
  for (const stage of stages) {
    const key = `${stage.priority} ${stage.level}`;
    rows.set(key, [...(rows.get(key) ?? []), stage]);
  }
  return [...rows.values()]
    .map((members) => ({
      priority: members[0]!.priority,
      level: members[0]!.level,
      phase: members[0]!.phase,
      stages: members,
    }))
    .sort((one, other) => one.priority - other.priority || one.level - other.level);
}

/** What an entity does in a row, in the order of the plan. */
export const stackedIn = (row: ScheduleRow, entity: string): PictureStage[] =>
  row.stages.filter((stage) => stage.entity === entity);
