/** Kernels of synapses that are broken in one place each: the verifier refuses them, and so do builders and emitters that see them. */
import {
  createBuilder,
  emitC,
  emitProgram,
  library,
  verify,
  type Delivery,
  type Effect,
  type Instruction,
  type Kernel,
  type Program,
  type ProgramStage,
  type Slot,
} from "@neuroweave/kernel";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

/** A kernel of synapses in rows of sources with one of everything. */
function sound(): Kernel {
  const b = createBuilder({ precision: "f64", dt: 0.1, n: 6, synapses: "source" });
  const w = b.load({ name: "w", shape: "column", packed: { element: "f32", scale: 1 } });
  const count = b.load({ name: "count", shape: "column", packed: { element: "i16", scale: 0.5 } });
  const a = b.load({ name: "a", shape: "source" });
  const z = b.load({ name: "z", shape: "target" });
  const shared = b.load({ name: "shared", shape: "shared" });
  const cell = b.load({ name: "cell", shape: "cell" });
  const once = b.sharedRandom({ low: 1, high: 2 }, 0);
  const ofRow = b.apply("mul", b.apply("mul", a, cell), once);
  const rare = b.apply("lt", b.random({ low: 3, high: 4 }, 1), b.constant(0.5));
  const sum = [count, z, shared, b.lane(), b.time()].reduce((left, right) => b.apply("add", left, right), w);
  const amount = b.apply("select", rare, sum, ofRow);
  b.effect({ kind: "transmit", value: amount });
  b.effect({ kind: "store", slot: "w", value: sum });
  b.effect({ kind: "store", slot: "a", value: ofRow });
  b.effect({ kind: "add", slot: "z", value: amount });
  b.effect({ kind: "add", slot: "shared", value: amount });
  return verify(b.finish("sound"));
}

const indexOf = (kernel: Kernel, op: string): number => kernel.instructions.findIndex((each) => each.op === op);

function withLoad(slot: string, change: Partial<Instruction>): Kernel {
  const kernel = sound();
  const at = kernel.instructions.findIndex((each) => each.slot === slot);
  return { ...kernel, instructions: kernel.instructions.with(at, { ...kernel.instructions[at]!, ...change }) };
}

function withEffect(kind: Effect["kind"], change: (kernel: Kernel) => object): Kernel {
  const kernel = sound();
  const at = kernel.effects.findIndex((each) => each.kind === kind);
  return { ...kernel, effects: kernel.effects.with(at, { ...kernel.effects[at]!, ...change(kernel) } as Effect) };
}

const withSlot = (slot: Slot): Kernel => ({ ...sound(), slots: new Map([...sound().slots, [slot.name, slot]]) });
const mask = (kernel: Kernel): number => indexOf(kernel, "lt");

const malformed: readonly (readonly [string, () => Kernel, RegExp])[] = [
  ["adds to what each synapse has alone", () => withEffect("add", () => ({ slot: "w" })), /effect add adds to what several synapses have only/],
  ["adds to a cell", () => withEffect("add", () => ({ slot: "cell" })), /several synapses have only/],
  ["adds to a slot that is not declared", () => withEffect("add", () => ({ slot: "nothing" })), /slot nothing, which is not declared/],
  ["adds a truth value", () => withEffect("add", (kernel) => ({ value: mask(kernel) })), /effect add needs a float/],
  ["transmits a truth value", () => withEffect("transmit", (kernel) => ({ value: mask(kernel) })), /effect transmit needs a float/],
  ["transmits a value that does not exist", () => withEffect("transmit", () => ({ value: 99 })), /before it is defined/],
  ["stores to the end that its rows are not of", () => withEffect("store", () => ({ slot: "z" })), /writes columns only/],
  ["stores to what is shared", () => withEffect("store", () => ({ slot: "shared" })), /writes columns only/],
  ["stores for a row what differs within it", () => withEffect("store", () => ({ slot: "a" })), /writes for a row what differs within it/],
  ["stores counts", () => withEffect("store", () => ({ slot: "count" })), /writes no packed columns/],
  ["stores packed numbers and is a kernel of neurons", () => {
    const { rows: _, ...rest } = sound();
    return { ...rest, instructions: rest.instructions.map((each) => (each.rate === "row" ? { ...each, rate: "lane" } : each)), effects: rest.effects.filter(({ kind }) => kind === "store").slice(0, 1) };
  }, /writes no packed columns/],
  ["loads for every synapse what its row has", () => withLoad("a", { rate: "lane" }), /changes per row, not per lane/],
  ["loads for a row what the other end has", () => withLoad("z", { rate: "row" }), /changes per lane, not per row/],
  ["draws for every synapse what is drawn once", () => {
    const kernel = sound();
    const at = indexOf(kernel, "random");
    return { ...kernel, instructions: kernel.instructions.with(at, { ...kernel.instructions[at]!, rate: "lane" }) };
  }, /changes per step, not per lane/],
  ["takes a source's number for a table", () => withSlot({ name: "a", shape: "table" }), /takes a cell or a column/],
]; // prettier-ignore

describe("the verifier", () => {
  it.each(malformed)("refuses a kernel of synapses that %s", (_, make, message) => {
    const error = refusal(() => verify(make()));
    expect(error.code).toBe("internal");
    expect(error.message).toMatch(message);
  });
});

describe("a builder", () => {
  const b = createBuilder({ precision: "f64", dt: 1, n: 2 });

  it("refuses values that it has not made", () => {
    expect(refusal(() => b.apply("neg", 7))).toMatchObject({ code: "internal" });
    expect(refusal(() => b.constantOf(-1)).message).toMatch(/value -1 does not exist/);
  });

  it("refuses one slot of two shapes, wherever the second stands", () => {
    b.load({ name: "x", shape: "column" });
    expect(refusal(() => b.load({ name: "x", shape: "cell" })).message).toMatch(/x is used as column and as cell/);
    expect(refusal(() => b.effect({ kind: "store", slot: "x", value: 0 }, { name: "x", shape: "table" })).message).toMatch(/as column and as table/);
  }); // prettier-ignore

  it("fills one column ahead for equal draws, in kernels of neurons alone", () => {
    const stream = { low: 1, high: 2 };
    const first = b.draw!({ stream, thresholds: null });
    expect(b.draw!({ stream, thresholds: null })).toBe(first);
    expect(b.draw!({ stream, thresholds: [1, 2] })).not.toBe(first);
    expect(createBuilder({ precision: "f64", dt: 1, n: 2, synapses: "target" }).draw).toBeUndefined();
  });
});

const program = (stage: ProgramStage): Program => ({
  precision: "f64",
  dt: 0.1,
  stages: [stage],
  sharedMemory: false,
  team: null,
  suspect: 64,
});

const delivered = (kernel: Kernel, addresses: ReadonlyMap<string, number>): ProgramStage => {
  const delivery: Delivery = { kernel, addresses, pointers: 128, targets: 256, targetBytes: 4, index: { address: 512, bytes: 4 }, from: 0, n: 2, into: 2, arrivals: { address: 1024, rows: 1, stride: 16 }, delay: { kind: "one", steps: 1 }, lag: 1, lags: null, since: 0, spikes: null };
  return { kind: "deliver", delivery };
}; // prettier-ignore

const advanced = (kernel: Kernel, addresses: ReadonlyMap<string, number>): ProgramStage => ({
  kind: "kernel",
  kernel,
  addresses,
  log: null,
  uniforms: new Map(),
});

/** The kernel with an address for each slot but those. */
const placed = (kernel: Kernel, ...without: readonly string[]): ReadonlyMap<string, number> =>
  new Map([...kernel.slots.keys()].filter((name) => !without.includes(name)).map((name, at) => [name, 2048 + 64 * at]));

/** A kernel of neurons with an effect of one's own. */
function neurons(effect: (value: number, mask: number) => Effect): Kernel {
  const b = createBuilder({ precision: "f64", dt: 1, n: 4 });
  const x = b.load({ name: "x", shape: "column" });
  b.effect(effect(library.exp(b, x), b.apply("gt", x, b.constant(0))));
  return b.finish("neurons");
}

function synapses(change: (kernel: Kernel) => Partial<Kernel>): Kernel {
  const kernel = sound();
  const transmitting = { ...kernel, effects: kernel.effects.filter(({ kind }) => kind === "transmit" || kind === "store") };
  return { ...transmitting, ...change(transmitting) };
} // prettier-ignore

describe.each([
  ["WebAssembly", emitProgram],
  ["C", emitC],
] as const)("what emits %s", (_, emit) => {
  it("emits what is sound", () => {
    const kernel = synapses(() => ({}));
    expect(emit(program(delivered(kernel, placed(kernel)))).length).toBeGreaterThan(1000);
  });

  it.each([
    ["a slot of neurons without an address", () => {
      const kernel = neurons((value) => ({ kind: "finite", values: [value] }));
      return advanced(kernel, placed(kernel, "x"));
    }, /neurons: slot x has no address/],
    ["a slot of synapses without an address", () => {
      const kernel = synapses(() => ({}));
      return delivered(kernel, placed(kernel, "z"));
    }, /sound: slot z has no address/],
    ["neurons that transmit", () => {
      const kernel = neurons((value) => ({ kind: "transmit", value }));
      return advanced(kernel, placed(kernel));
    }, /no neuron has the effect transmit/],
    ["neurons that add to what several synapses have", () => {
      const kernel = neurons((value) => ({ kind: "add", slot: "x", value }));
      return advanced(kernel, placed(kernel));
    }, /no neuron has the effect add/],
    ["synapses that spike", () => {
      const kernel = synapses((each) => ({ effects: [...each.effects, { kind: "spikes", mask: mask(each) }] }));
      return delivered(kernel, placed(kernel));
    }, /no synapse has the effect spikes/],
    ["synapses that read rows of tables", () => {
      const kernel = synapses((each) => ({ instructions: each.instructions.map((one) => (one.slot === "z" ? { ...one, op: "loadRow" } : one)) }));
      return delivered(kernel, placed(kernel));
    }, /no synapse can do loadRow/],
  ] as const)("refuses %s", (_, stage, message) => {
    const error = refusal(() => emit(program(stage())));
    expect(error.code).toBe("internal");
    expect(error.message).toMatch(message);
  }); // prettier-ignore
});
