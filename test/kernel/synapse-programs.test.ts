/** Deliveries, collections and sweeps by themselves, over memory that is laid out here, held to loops over lists. */
import {
  createBuilder,
  elementBytes,
  verify,
  type Delivery,
  type Kernel,
  type Precision,
  type ProgramStage,
} from "@neuroweave/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kernelDevices, startProgram, type KernelDevice } from "./run-kernel.ts";

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
const eighths = (list: readonly number[]): number[] => list.map((x) => x / 8);

interface Synapse {
  readonly target: number;
  readonly delay: number;
}

type Weights = "column" | "f32" | "i16" | "shared";

interface Draft {
  readonly precision: Precision;
  readonly into: number;
  readonly rows: readonly (readonly Synapse[])[];
  readonly weights: Weights;
  readonly wide: boolean;
  readonly delays: "one" | "source" | "synapse" | "collected";
  /** Ids of the population's neurons that spiked, by step modulo how many lists there are. */
  readonly spikes: readonly (readonly number[])[];
  /** Of the population, the first that has a row. */
  readonly from: number;
  readonly since: number;
  readonly lag: number;
  /** How a sweep goes through the synapses, or null where they are delivered. */
  readonly sweep: "all" | "pre" | "post" | null;
  /** Whether each neuron has a lag of its own. */
  readonly ownLags: boolean;
}

const longest = 4;
const ringRows = longest + 2;
const steps = 7;

const drafts: fc.Arbitrary<Draft> = fc
  .record({ sources: fc.integer({ min: 1, max: 5 }), into: fc.integer({ min: 1, max: 6 }) })
  .chain(({ sources, into }) =>
    fc.record<Draft>({
      precision: fc.constantFrom("f64", "f32"),
      into: fc.constant(into),
      rows: fc.array(
        fc
          .array(fc.record({ target: fc.nat({ max: into - 1 }), delay: fc.integer({ min: 1, max: longest }) }), { maxLength: 9 })
          .map((row) => row.toSorted((a, b) => a.delay - b.delay)),
        { minLength: sources, maxLength: sources },
      ),
      weights: fc.constantFrom("column", "f32", "i16", "shared"),
      wide: fc.boolean(),
      delays: fc.constantFrom("one", "source", "synapse", "collected"),
      spikes: fc.array(fc.uniqueArray(fc.nat({ max: sources + into + 1 }), { maxLength: 5 }).map((ids) => ids.toSorted((a, b) => a - b)), { minLength: ringRows, maxLength: ringRows }),
      from: fc.nat({ max: 2 }),
      since: fc.nat({ max: 2 }),
      lag: fc.nat({ max: 1 }),
      sweep: fc.constantFrom("all", "pre", "post", null, null),
      ownLags: fc.boolean(),
    }),
  ); // prettier-ignore

/** Whether synapses and ends keep something: not where stretches of rows are collected. */
const keeps = ({ sweep, delays }: Draft): boolean => sweep !== null || delays !== "collected";

/** What a synapse computes: amount = w·a + z/2 + lane/8; w grows by 1/8, a of the row's end by 1/4, and z or the shared weight by 1/8. */
const weightOf = (j: number): number => ((j * 3) % 5) - 2;
const sharedValues = [0.25, 0.5, -0.75];

/** Rows whose ends are sources, but for sweeps over what targets receive. */
const rowsBy = ({ sweep }: Draft): "source" | "target" => (sweep === "post" ? "target" : "source");

function kernelOf(draft: Draft): Kernel {
  const { precision, rows, weights, sweep } = draft;
  const b = createBuilder({ precision, dt: 0.5, n: Math.max(1, rows.flat().length), synapses: rowsBy(draft) });
  const packed = weights === "f32" || weights === "i16" ? { packed: { element: weights, scale: 0.125 } } : {};
  const w = { name: "w", shape: weights === "shared" ? "shared" : "column", ...packed } as const;
  const [a, z] = [{ name: "a", shape: "source" } as const, { name: "z", shape: "target" } as const];
  const read = { w: b.load(w), a: b.load(a), z: b.load(z), half: b.load({ name: "half", shape: "cell" }) };
  const amount = b.apply("add", b.apply("add", b.apply("mul", read.w, read.a), b.apply("mul", read.z, read.half)), b.apply("mul", b.lane(), b.constant(0.125)));
  if (sweep === null) b.effect({ kind: "transmit", value: amount });
  else {
    b.effect({ kind: "add", slot: rowsBy(draft) === "source" ? "z" : "a", value: amount });
    if (weights === "shared") b.effect({ kind: "add", slot: "w", value: b.constant(0.125) });
  }
  if (!keeps(draft)) return verify(b.finish("drafted"));
  if (weights === "column" || weights === "f32")
    b.effect({ kind: "store", slot: "w", value: b.apply("add", read.w, b.constant(0.125)) });
  const end = rowsBy(draft) === "source" ? "a" : "z";
  b.effect({ kind: "store", slot: end, value: b.apply("add", read[end], b.constant(0.25)) });
  return verify(b.finish("drafted"));
} // prettier-ignore

/** All numbers that may change, as lists. */
interface Numbers {
  readonly w: number[];
  readonly a: number[];
  readonly z: number[];
  readonly arrivals: number[][];
}

const startOf = ({ rows, into, weights, delays }: Draft): Numbers => ({
  w: weights === "shared" ? [...sharedValues] : rows.flat().map((_, j) => weightOf(j) / 8),
  a: eighths(rows.map((_, s) => s + 1)),
  z: eighths(Array.from({ length: into }, (_, t) => 2 - t)),
  arrivals: Array.from({ length: delays === "collected" ? 1 : ringRows }, () => zeros(into)),
});

const lagOf = (draft: Draft, end: number): number => (draft.ownLags ? end % (draft.lag + 1) : draft.lag);
const sourceDelay = (s: number): number => 1 + (s % longest);
const onlyDelay = 2;

/** The same by loops, as the stages are documented. */
function expected(draft: Draft, from: number): Numbers {
  const { rows, spikes, weights, delays, sweep, since, into, lag } = draft;
  const numbers = startOf(draft);
  const { w, a, z, arrivals } = numbers;
  const list = rows.flatMap((row, s) => row.map((each) => ({ ...each, s })));
  const shared = weights === "shared";
  const place = (j: number): number => (shared ? j % sharedValues.length : j);
  const round = draft.precision === "f64" ? (x: number): number => x : Math.fround;
  const amount = (j: number): number => round(round(round(w[place(j)]! * a[list[j]!.s]!) + z[list[j]!.target]! / 2) + j / 8);
  const addTo = (numbers: number[], at: number, x: number): void => void (numbers[at] = round(numbers[at]! + x));
  const firedAt = (e: number, count: number): number[] =>
    spikes[e % ringRows]!.map((id) => id - draft.from).filter((end) => end >= 0 && end < count);
  /** Handles synapses of the spikes of step e; what they bring arrives in the row of the ring that is given, or after their delay. */
  const handle = (members: readonly number[], end: number, e: number, to?: number): void => {
    const kept = sweep === "post" ? z : a;
    const before = kept[end]!;
    for (const j of members) {
      const x = amount(j);
      if (sweep === null) {
        const delay = { one: onlyDelay, source: sourceDelay(list[j]!.s), synapse: list[j]!.delay, collected: 0 }[delays];
        addTo(arrivals[to ?? (e + delay) % ringRows]!, list[j]!.target, x);
      } else if (sweep === "post") addTo(a, list[j]!.s, x);
      else addTo(z, list[j]!.target, x);
      if (!keeps(draft)) continue;
      if (!shared && weights !== "i16") addTo(w, j, 1 / 8);
      if (shared && sweep !== null) addTo(w, place(j), 1 / 8);
    }
    if (keeps(draft)) kept[end] = round(before + 1 / 4);
  };
  const all = list.map((_, j) => j);
  const ofSource = (s: number): number[] => all.filter((j) => list[j]!.s === s);
  const ofTarget = (t: number): number[] => all.filter((j) => list[j]!.target === t);
  for (let k = from; k < from + steps; k++) {
    if (sweep === "all") {
      if (k % 2 === 0) for (let s = 0; s < rows.length; s++) handle(ofSource(s), s, k);
    } else if (sweep !== null) {
      for (let ago = lag; ago >= (draft.ownLags ? 0 : lag); ago--)
        if (k - ago >= since)
          for (const end of firedAt(k - ago, sweep === "post" ? into : rows.length))
            if (lagOf(draft, end) === ago) handle(sweep === "post" ? ofTarget(end) : ofSource(end), end, k);
    } else if (delays === "collected") {
      // Two projections: one whose delays differ, and the same synapses with one delay.
      for (let ago = longest; ago >= 1; ago--)
        for (const due of [(j: number) => list[j]!.delay === ago, () => ago === onlyDelay])
          if (k - ago >= since)
            for (const s of firedAt(k - ago, rows.length)) handle(ofSource(s).filter(due), s, k - ago, 0);
    } else if (k - lag >= since)
      for (const s of firedAt(k - lag, rows.length)) if (lagOf(draft, s) === lag) handle(ofSource(s), s, k - lag);
  }
  return numbers;
} // prettier-ignore

/** Lays everything out, runs the program, and reads what has become of it. */
async function actual(draft: Draft, device: KernelDevice, from: number): Promise<Numbers> {
  const { precision, rows, into, weights, wide, delays, spikes, sweep, since, lag, ownLags } = draft;
  const bytes = elementBytes(precision);
  const memory = new WebAssembly.Memory({ initial: 2 });
  const start = startOf(draft);
  let top = 64;
  const room = (size: number): number => {
    const address = top;
    top += Math.ceil((size + 1) / 64) * 64;
    return address;
  };
  const typed = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const;
  const whole = (list: readonly number[], width: 1 | 2 | 4): number => {
    const address = room(list.length * width);
    new typed[width](memory.buffer, address, list.length).set(list);
    return address;
  };
  const Floats = precision === "f64" ? Float64Array : Float32Array;
  const floats = (list: readonly number[]): number => {
    const address = room(list.length * bytes);
    new Floats(memory.buffer, address, list.length).set(list);
    return address;
  };
  const list = rows.flatMap((row, s) => row.map((each) => ({ ...each, s })));
  const width: 2 | 4 = wide ? 4 : 2;
  const byTarget = list.map((_, j) => j).toSorted((i, j) => list[i]!.target - list[j]!.target || i - j);
  const starts = (ends: readonly number[], count: number): number[] =>
    Array.from({ length: count + 1 }, (_, end) => ends.filter((each) => each < end).length);
  const w = { column: () => floats(start.w), shared: () => floats(start.w), i16: () => whole(start.w.map((x) => (x * 8) & 0xffff), 2), f32: () => {
    const address = room(list.length * 4);
    new Float32Array(memory.buffer, address, list.length).set(start.w);
    return address;
  } }[weights]();
  const addresses = new Map([["w", w], ["a", floats(start.a)], ["z", floats(start.z)], ["half", floats([0.5])]]);
  const arrivals = { address: floats(start.arrivals.flat()), rows: start.arrivals.length, stride: into * bytes };
  const place = 12;
  const ring = {
    ids: whole(spikes.flatMap((ids) => [...ids, ...zeros(place - ids.length)]), 4),
    counts: whole(spikes.map((ids) => ids.length), 4),
    rows: ringRows,
    n: place,
  };
  const index: Delivery["index"] =
    weights === "shared" ? { address: whole(list.map((_, j) => j % sharedValues.length), width), bytes: width } : null;
  const common = {
    kernel: kernelOf(draft),
    addresses,
    pointers: whole(starts(list.map(({ s }) => s), rows.length), 4),
    targets: whole(list.map(({ target }) => target), width),
    targetBytes: width,
    index,
    n: rows.length,
    into,
  } as const;
  const lags = (count: number): number | null =>
    ownLags ? whole(Array.from({ length: count }, (_, end) => lagOf(draft, end)), 4) : null;
  const spiked = { spikes: ring, from: draft.from, lag, since };
  const delay = (): Delivery["delay"] => {
    if (delays === "one") return { kind: "one", steps: onlyDelay };
    if (delays === "source") return { kind: "source", address: whole(rows.map((_, s) => sourceDelay(s)), wide ? 2 : 1), bytes: wide ? 2 : 1 };
    if (delays === "synapse") return { kind: "synapse", address: whole(list.map((each) => each.delay), wide ? 2 : 1), bytes: wide ? 2 : 1 };
    const offsets = rows.flatMap((row) => Array.from({ length: longest + 1 }, (_, d) => row.filter((each) => each.delay <= d).length));
    return { kind: "collected", offsets: whole(offsets, width), bytes: width, longest };
  };
  const stage = (): ProgramStage => {
    if (sweep === "all") return { kind: "sweep", sweep: { ...common, over: { kind: "all", every: 2 } } };
    if (sweep === "pre") return { kind: "sweep", sweep: { ...common, over: { kind: "pre", ...spiked, lags: lags(rows.length) } } };
    if (sweep === "post") {
      const columns = {
        pointers: whole(starts(list.map(({ target }) => target), into), 4),
        synapses: whole(byTarget, 4),
        sources: whole(byTarget.map((j) => list[j]!.s), width),
        sourceBytes: width,
      } as const;
      return { kind: "sweep", sweep: { ...common, over: { kind: "post", ...spiked, lags: lags(into), columns } } };
    }
    const collects = delays === "collected";
    const delivery: Delivery = { ...common, ...spiked, arrivals, delay: delay(), lags: collects ? null : lags(rows.length), lag: collects ? longest : lag };
    if (!collects) return { kind: "deliver", delivery };
    return { kind: "collect", longest, deliveries: [delivery, { ...delivery, delay: { kind: "one", steps: onlyDelay }, lag: onlyDelay }] };
  };
  const program = { precision, dt: 0.5, suspect: room(4), sharedMemory: false, team: null, stages: [stage()] };
  const running = await startProgram(program, memory, device);
  expect(running.run(from, steps)).toBe(steps);
  expect(new Uint32Array(memory.buffer, program.suspect, 1)[0]).toBe(0);
  const read = (address: number, count: number): number[] => Array.from(new Floats(memory.buffer, address, count));
  const weightsNow = {
    column: () => read(w, list.length),
    shared: () => read(w, sharedValues.length),
    f32: () => Array.from(new Float32Array(memory.buffer, w, list.length)),
    i16: () => Array.from(new Int16Array(memory.buffer, w, list.length), (x) => x / 8),
  };
  const inAll = read(arrivals.address, arrivals.rows * into);
  return {
    w: weightsNow[weights](),
    a: read(addresses.get("a")!, rows.length),
    z: read(addresses.get("z")!, into),
    arrivals: start.arrivals.map((_, row) => inAll.slice(row * into, (row + 1) * into)),
  };
} // prettier-ignore

describe("a program of one stage over synapses", () => {
  it.each(kernelDevices)("changes on %s what loops over lists change", async (device) => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(drafts, fc.nat({ max: 9 }), async (draft, from) => {
        seen.add(draft.sweep ?? draft.delays);
        expect(await actual(draft, device, from)).toEqual(expected(draft, from));
      }),
      { numRuns: device === "native" ? 16 : 150, seed: 21 },
    );
    if (device !== "native")
      expect([...seen].sort()).toEqual(["all", "collected", "one", "post", "pre", "source", "synapse"]);
  });
});
