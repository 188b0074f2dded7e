/** Steps that several threads do together: where they wait for one another, held to a simulation of who may see what. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createBuilder,
  teamStages,
  verify,
  type ProgramStage,
  type Shareable,
  type SpikeLog,
  type TeamStage,
} from "@neuroweave/kernel";

const n = 64;
const bytes = n * 8;

/** The memory of these programs: columns, cells behind them, then logs and rings. */
const columnAt = (index: number): number => 1024 + index * bytes;
const cellAt = (index: number): number => 65536 + index * 8;
const logs: readonly SpikeLog[] = Array.from({ length: 12 }, (_, index) => {
  const at = 131072 + index * 16384;
  return { ids: at, capacity: 4096, cursor: at + 8192, ends: at + 8256 };
});
const ringAt = (index: number) => ({ ids: 524288 + index * 65536, counts: 524288 + index * 65536 + 32768, rows: 4, n });

/** A stage in few words: columns and cells by number. */
type Draft =
  | { readonly kind: "kernel"; readonly reads: number; readonly cell: number | null; readonly writes: number; readonly fires: boolean; readonly finite: boolean; readonly shared: boolean }
  | { readonly kind: "fill"; readonly as: "draw" | "uniforms" | "settle"; readonly column: number; readonly shared: boolean }
  | { readonly kind: "reduce"; readonly column: number; readonly cell: number }
  | { readonly kind: "move"; readonly as: "copy" | "clear" | "events" | "compete" | "sample"; readonly from: number; readonly to: number }
  | { readonly kind: "host" }; // prettier-ignore

const column = fc.nat({ max: 3 });
/** Neurons that fire are always shared out. */
const drafts: fc.Arbitrary<readonly Draft[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("kernel" as const), reads: column, cell: fc.option(fc.nat({ max: 1 })), writes: column, fires: fc.boolean(), finite: fc.boolean(), shared: fc.boolean() }).map((draft) => ({ ...draft, shared: draft.shared || draft.fires })) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("fill" as const), as: fc.constantFrom("draw" as const, "uniforms" as const, "settle" as const), column, shared: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("reduce" as const), column, cell: fc.nat({ max: 1 }) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("move" as const), as: fc.constantFrom("copy" as const, "clear" as const, "events" as const, "compete" as const, "sample" as const), from: column, to: column }) },
    { weight: 1, arbitrary: fc.constant({ kind: "host" as const }) },
  ),
  { maxLength: 12 },
); // prettier-ignore

function kernelStage(draft: Extract<Draft, { kind: "kernel" }>, log: number): ProgramStage {
  const b = createBuilder({ precision: "f64", dt: 1, n });
  const x = b.load({ name: "read", shape: "column" });
  const sum = draft.cell === null ? x : b.apply("add", x, b.load({ name: "cell", shape: "cell" }));
  b.effect({ kind: "store", slot: "written", value: sum }, { name: "written", shape: "column" });
  if (draft.fires) b.effect({ kind: "spikes", mask: b.apply("gt", x, b.constant(1)) });
  if (draft.finite) b.effect({ kind: "finite", values: [sum] });
  const addresses = new Map([
    ["read", columnAt(draft.reads)],
    ["written", columnAt(draft.writes)],
    ["cell", cellAt(draft.cell ?? 0)],
  ]);
  const kernel = verify(b.finish("drafted"));
  return { kind: "kernel", kernel, addresses, log: draft.fires ? logs[log]! : null, uniforms: new Map() };
}

/** Stages, with the columns and cells that each touches, for the simulation; `own`: of every thread its part only. */
interface Touch {
  readonly place: string;
  readonly writes: boolean;
  readonly own: boolean;
}

interface Made {
  readonly shareable: Shareable;
  readonly touches: readonly Touch[];
}

function madeOf(list: readonly Draft[]): Made[] {
  let fired = 0;
  const touch = (kind: "column" | "cell", index: number, writes: boolean, own: boolean): Touch => ({ place: `${kind} ${index}`, writes, own });
  const share = { bounds: 900000, own: null };
  return list.flatMap((draft): Made[] => {
    switch (draft.kind) {
      case "kernel": {
        const log = fired;
        if (draft.fires) fired++;
        const stage = kernelStage(draft, log);
        const own = { ids: 910000 + log * 1024, counts: 920000 + log * 1024 };
        const made: Made = {
          shareable: { stage, share: draft.shared ? { ...share, own: draft.fires ? own : null } : null } as Shareable,
          touches: [
            touch("column", draft.reads, false, draft.shared),
            touch("column", draft.writes, true, draft.shared),
            ...(draft.cell === null ? [] : [touch("cell", draft.cell, false, false)]),
          ],
        };
        if (!draft.fires) return [made];
        return [made, { shareable: { stage: { kind: "remember", log: logs[log]!, ring: ringAt(log) }, share: null }, touches: [] }];
      }
      case "fill": {
        const at = columnAt(draft.column);
        const stream = { low: 1, high: 2 };
        const stage: ProgramStage =
          draft.as === "draw"
            ? { kind: "draw", draw: { stream, thresholds: null }, column: at, n }
            : draft.as === "settle"
              ? { kind: "settle", column: at, n }
              : { kind: "uniforms", stream, columns: [at, at], n };
        return [{ shareable: { stage, share: draft.shared ? share : null }, touches: [touch("column", draft.column, true, draft.shared)] }];
      }
      case "reduce":
        return [{
          shareable: { stage: { kind: "reduce", by: "sum", from: columnAt(draft.column), to: cellAt(draft.cell), n }, share: null },
          touches: [touch("column", draft.column, false, false), touch("cell", draft.cell, true, false)],
        }];
      case "move": {
        const [from, to] = [columnAt(draft.from), columnAt(draft.to)];
        const read = touch("column", draft.from, false, false);
        const write = touch("column", draft.to, true, false);
        const made = (stage: ProgramStage, ...touches: Touch[]): Made[] => [{ shareable: { stage, share: null } as Shareable, touches }];
        if (draft.as === "copy") return made({ kind: "copy", from, to, bytes }, read, write);
        if (draft.as === "clear") return made({ kind: "clear", address: to, bytes, every: 1 }, write);
        if (draft.as === "events") return made({ kind: "events", column: to, steps: 930000, ids: 940000, count: 3, cursors: 950000, n }, write);
        if (draft.as === "compete") return made({ kind: "compete", by: from, marks: to, k: 2, ties: false, n, length: n, inner: 1, winners: 960000 }, read, write);
        return made({ kind: "sample", every: 1, sources: [{ address: from, bytes }], buffer: 970000, cursor: 980000, enabled: 980064 }, read);
      }
      case "host":
        return [{ shareable: { stage: { kind: "host", index: 0 }, share: null }, touches: [] }];
    }
  });
} // prettier-ignore

const isBarrier = (stage: TeamStage): boolean => stage.kind === "barrier";

const mayFail = ({ stage }: Shareable): boolean =>
  stage.kind === "host" ||
  (stage.kind === "kernel" && (stage.log !== null || stage.kernel.effects.some(({ kind }) => kind === "finite")));

/** Whether two threads may be at two touches at one time, and one spoils what the other sees. */
function clash(a: Touch, b: Touch): boolean {
  if (a.place !== b.place || (!a.writes && !b.writes)) return false;
  return !(a.own && b.own);
}

describe("the stages of a team", () => {
  const hold = (check: (made: readonly Made[], team: readonly TeamStage[]) => void): void =>
    fc.assert(
      fc.property(drafts, (list) => {
        const made = madeOf(list);
        check(
          made,
          teamStages(
            made.map(({ shareable }) => shareable),
            "f64",
          ),
        );
      }),
      { numRuns: 400 },
    );

  it("are the program's in its order, without those that remember, with the share of each", () => {
    hold((made, team) => {
      const kept = made.filter(({ shareable }) => shareable.stage.kind !== "remember");
      const stages = team.flatMap((each) => (each.kind === "stage" ? [each] : []));
      expect(stages.map(({ stage, share }) => [stage, share])).toEqual(
        kept.map(({ shareable: { stage, share } }) => [stage, share]),
      );
    });
  });

  it("have a barrier between what different threads do to one place", () => {
    hold((made, team) => {
      const touchesOf = new Map(made.map(({ shareable, touches }) => [shareable.stage, { shareable, touches }]));
      const since: { readonly alone: boolean; readonly touches: readonly Touch[] }[] = [];
      for (const each of team) {
        if (isBarrier(each)) since.length = 0;
        if (each.kind !== "stage") continue;
        const { touches } = touchesOf.get(each.stage)!;
        const alone = each.share === null;
        // What the first thread alone does is in order by itself.
        for (const before of since)
          if (!(alone && before.alone))
            for (const a of touches) for (const b of before.touches) expect(clash(a, b), JSON.stringify([a, b])).toBe(false);
        since.push({ alone, touches });
      }
    });
  }); // prettier-ignore

  it("end with a barrier, and nobody is ahead of host code or does anything beside it", () => {
    hold((_, team) => {
      expect(isBarrier(team.at(-1)!)).toBe(true);
      for (const [index, each] of team.entries()) {
        if (each.kind !== "stage" || each.stage.kind !== "host") continue;
        expect(isBarrier(team[index + 1]!)).toBe(true);
        const before = team.slice(0, index);
        const since = before.slice(before.findLastIndex(isBarrier) + 1);
        // Since the last barrier at most what the first thread does by itself, and lists that everyone puts together.
        expect(since.every((one) => one.kind !== "stage" || one.share === null)).toBe(true);
      }
    });
  });

  it("put every list of spikes together once, a barrier after it was written, and before host code may ask for it", () => {
    hold((made, team) => {
      const firing = made.flatMap(({ shareable: { stage, share } }) =>
        stage.kind === "kernel" && stage.log && share ? [stage] : [],
      );
      const gathers = team.flatMap((each, index) => (each.kind === "gather" ? [{ each, index }] : []));
      expect(gathers.map(({ each }) => each.log.ids).toSorted()).toEqual(firing.map(({ log }) => log!.ids).toSorted());
      for (const { each, index } of gathers) {
        const wrote = team.findIndex(
          (one) => one.kind === "stage" && one.stage.kind === "kernel" && one.stage.log?.ids === each.log.ids,
        );
        expect(team.slice(wrote, index).some(isBarrier)).toBe(true);
        expect(each.ring).toEqual(ringAt(logs.indexOf(each.log)));
        const host = team.findIndex((one, at) => at > wrote && one.kind === "stage" && one.stage.kind === "host");
        if (host >= 0) expect(index).toBeLessThan(host);
      }
    });
  });

  it("decide once whether to go on: when all that may find fault is over for everyone, and before the next step may", () => {
    hold((made, team) => {
      const decisions = team.flatMap((each, index) => (each.kind === "decide" ? [index] : []));
      expect(decisions).toHaveLength(1);
      const last = team.findLastIndex((each) => each.kind === "stage" && mayFail(each));
      const between = team.slice(last + 1, decisions[0]);
      expect(last).toBeLessThan(decisions[0]!);
      if (last >= 0) expect(between.some(isBarrier)).toBe(true);
      expect(team.slice(decisions[0]).some(isBarrier)).toBe(true);
      expect(made.filter(({ shareable }) => mayFail(shareable)).length === 0 || last >= 0).toBe(true);
    });
  });

  it("are divided by two barriers at most where nothing but neurons, spikes and samples is in a step", () => {
    const plain: readonly Draft[] = [
      { kind: "fill", as: "settle", column: 0, shared: true },
      { kind: "fill", as: "uniforms", column: 1, shared: true },
      { kind: "fill", as: "draw", column: 2, shared: true },
      { kind: "kernel", reads: 0, cell: null, writes: 0, fires: true, finite: true, shared: true },
      { kind: "kernel", reads: 2, cell: null, writes: 3, fires: true, finite: true, shared: true },
      { kind: "move", as: "sample", from: 0, to: 0 },
      { kind: "move", as: "sample", from: 3, to: 0 },
    ];
    const without = plain.filter(({ kind }) => kind !== "move");
    for (const list of [plain, without]) {
      const team = teamStages(
        madeOf(list).map(({ shareable }) => shareable),
        "f64",
      );
      expect(team.filter(isBarrier)).toHaveLength(2);
    }
  });
});

describe("a step with deliveries", () => {
  const b = createBuilder({ precision: "f64", dt: 1, n });
  b.effect({ kind: "transmit", value: b.constant(1) } as never);
  const kernel = b.finish("transmitting");
  const delivery = (share: boolean): Shareable => ({
    stage: {
      kind: "deliver",
      delivery: {
        kernel,
        addresses: new Map(),
        pointers: 800000,
        targets: 810000,
        targetBytes: 4,
        index: null,
        from: 0,
        n,
        into: n,
        arrivals: { address: columnAt(1), rows: 1, stride: bytes },
        delay: { kind: "one", steps: 1 },
        lag: 1,
        since: 0,
        spikes: ringAt(0),
        dt: 1,
      } as never,
    },
    share: share ? { bounds: 900000, from: 0, find: { kind: "whole" } } : null,
  });
  const neurons = madeOf([
    { kind: "kernel", reads: 1, cell: null, writes: 0, fires: true, finite: true, shared: true },
  ]).map(({ shareable }) => shareable);

  it("has two barriers where each thread delivers to its own neurons, and one more where the first does for all", () => {
    const barriers = (stages: readonly Shareable[]): number => teamStages(stages, "f64").filter(isBarrier).length;
    expect(barriers([delivery(true), ...neurons])).toBe(2);
    expect(barriers([delivery(false), ...neurons])).toBe(3);
  });

  it("reads spikes only when all of them have been put together", () => {
    const team = teamStages([delivery(true), ...neurons], "f64");
    const gather = team.findIndex(({ kind }) => kind === "gather");
    expect(team.slice(gather).some(isBarrier)).toBe(true);
  });
});
