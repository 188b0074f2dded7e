/** What a stage reads and writes of the network's memory, so that threads wait for one another where they must, and only there. */
import type { Kernel, Precision } from "./ir.ts";
import {
  drawGroup,
  elementBytes,
  paddedLength,
  type Delivery,
  type ProgramStage,
  type SpikeRing,
  type Sweep,
} from "./program.ts";

export interface Access {
  /** Bytes [from, to). */
  readonly from: number;
  readonly to: number;
  readonly writes: boolean;
  /** Whether a thread that shares in the stage touches its own neurons' part only. */
  readonly own: boolean;
}

/** Accesses of a stage. Host code may touch everything. Structure, which no stage changes, is left out. */
export function accessesOf(stage: ProgramStage, precision: Precision): Access[] {
  const bytes = elementBytes(precision);
  switch (stage.kind) {
    case "kernel":
      return ofKernel(stage);
    case "uniforms":
      return stage.columns.map((column) => access(column, paddedLength(stage.n) * bytes, true, true));
    case "draw":
      return [access(stage.column, Math.ceil(stage.n / drawGroup) * drawGroup * bytes, true, true)];
    case "settle":
      return [access(stage.column, stage.n * bytes, true, true)];
    case "deliver":
      return ofDelivery(stage.delivery);
    case "collect":
      return stage.deliveries.flatMap(ofDelivery);
    case "sweep":
      return ofSweep(stage.sweep);
    case "remember":
      return [];
    case "reduce":
      return [access(stage.from, stage.n * bytes, false), access(stage.to, bytes, true)];
    case "compete":
      return [
        access(stage.by, stage.n * bytes, false),
        access(stage.marks, stage.n * bytes, true),
        access(stage.winners, stage.k * 4, true),
      ];
    case "host":
      return [{ from: 0, to: Infinity, writes: true, own: false }];
    case "sample":
      return stage.sources.map(({ address, bytes }) => access(address, bytes, false));
    case "events":
      return [access(stage.column, stage.n * bytes, true)];
    case "copy":
      return [access(stage.from, stage.bytes, false), access(stage.to, stage.bytes, true)];
    case "clear":
      return [access(stage.address, stage.bytes, true)];
  }
}

const access = (from: number, bytes: number, writes: boolean, own = false): Access => ({
  from,
  to: from + bytes,
  writes,
  own,
});

function ofKernel({ kernel, addresses, uniforms }: Extract<ProgramStage, { kind: "kernel" }>): Access[] {
  const bytes = elementBytes(kernel.precision);
  const column = paddedLength(kernel.n) * bytes;
  const rowsOf = (slot: string): number =>
    Math.max(
      1,
      ...kernel.instructions.map((each) => (each.slot === slot ? (each.row?.rows ?? 1) : 1)),
      ...kernel.effects.map((each) => (each.kind === "storeRow" && each.slot === slot ? each.row.rows : 1)),
    );
  const written = storedBy(kernel);
  const slots = [...kernel.slots.values()].map(({ name, shape, narrow, draw }) => {
    const at = addresses.get(name)!;
    if (shape === "cell") return access(at, bytes, false);
    if (narrow) return access(at, rowsOf(name) * bytes, false);
    const length = draw ? Math.ceil(kernel.n / drawGroup) * drawGroup * bytes : column;
    return access(at, rowsOf(name) * length, written.has(name), true);
  });
  const drawn = [...uniforms.values()].flat().map((at) => access(at, column, false, true));
  return [...slots, ...drawn];
}

function ofDelivery({ kernel, addresses, n, spikes, arrivals, into }: Delivery): Access[] {
  const ring = { rows: (arrivals.rows - 1) * arrivals.stride, row: into * elementBytes(kernel.precision) };
  return [
    ...ofSlots(kernel, addresses, n, into),
    ...(spikes ? ofRing(spikes) : []),
    access(arrivals.address, ring.rows + ring.row, true, true),
  ];
}

const ofRing = ({ ids, counts, rows, n }: SpikeRing): Access[] => [
  access(ids, rows * n * 4, false),
  access(counts, rows * 4, false),
];

/** Slots of a kernel of synapses. */
function ofSlots(kernel: Kernel, addresses: ReadonlyMap<string, number>, n: number, into: number): Access[] {
  const bytes = elementBytes(kernel.precision);
  const written = storedBy(kernel);
  const counts = { cell: 1, source: n, target: into, column: kernel.n, shared: kernel.n, table: 0 };
  return [...kernel.slots.values()].map(({ name, shape, packed }) => {
    const each = packed ? { i16: 2, f32: 4 }[packed.element] : bytes;
    return access(
      addresses.get(name)!,
      counts[shape] * each,
      written.has(name),
      shape === "target" || shape === "column",
    );
  });
}

function ofSweep({ kernel, addresses, n, into, over }: Sweep): Access[] {
  const spikes = over.kind === "all" ? [] : ofRing(over.spikes);
  return [...ofSlots(kernel, addresses, n, into), ...spikes];
}

const stores: ReadonlySet<string> = new Set(["store", "storeRow", "add"]);

/** Slots that a kernel stores or adds to. */
export const storedBy = ({ effects }: Kernel): ReadonlySet<string> =>
  new Set(effects.flatMap((effect) => ("slot" in effect && stores.has(effect.kind) ? [effect.slot] : [])));

/** Whether the second of two accesses could see, or spoil, what another thread does in the first. */
export function collide(a: ThreadAccess, b: ThreadAccess): boolean {
  if ((a.alone && b.alone) || (a.own && b.own)) return false;
  return (a.writes || b.writes) && a.from < b.to && b.from < a.to;
}

/** An access, and whether only the first thread has it. */
export interface ThreadAccess extends Access {
  readonly alone: boolean;
}
