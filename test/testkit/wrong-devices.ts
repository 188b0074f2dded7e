/** Devices that are wrong in one way each: all of them are the reference but for that. */
import {
  defineDevice,
  evaluateProgram,
  operations,
  type Kernel,
  type OperationName,
  type Program,
} from "@neuroweave/kernel";
import type { Device, DevicePlace, RunningProgram } from "neuroweave";

type Start = (program: Program, place: DevicePlace) => RunningProgram;

const device = (name: string, start: Start): Device =>
  defineDevice({ name, doc: "A device that is wrong in one way.", source: "Own design.", start });

/** a · b + c, rounded once: exactly in single precision, and in double precision by the error of the product (Dekker 1971). */
function fused(a: number, b: number, c: number, precision: "f64" | "f32"): number {
  if (precision === "f32") return Math.fround(a * b + c);
  const split = (x: number): readonly [number, number] => {
    const big = 134217729 * x;
    const high = big - (big - x);
    return [high, x - high];
  };
  const product = a * b;
  const [a1, a2] = split(a);
  const [b1, b2] = split(b);
  const lost = a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2);
  const sum = product + c;
  const rest = sum - product;
  return sum + (product - (sum - rest) + (c - rest) + lost);
}

/** The values of a lane of a kernel of loads and arithmetic, additions of products fused. */
function lane(kernel: Kernel, k: number, load: (slot: string) => number): number[] {
  const round = kernel.precision === "f64" ? (x: number): number => x : Math.fround;
  const values: number[] = [];
  for (const { op, args, slot, number } of kernel.instructions) {
    const [x, y, z] = args.map((each) => values[each]!);
    const product = op === "add" ? args.find((each) => kernel.instructions[each]!.op === "mul") : undefined;
    if (op === "constant") values.push(number!);
    else if (op === "time") values.push(round(k * kernel.dt));
    else if (op === "load") values.push(load(slot!));
    else if (product !== undefined) {
      const [a, b] = kernel.instructions[product]!.args.map((each) => values[each]!);
      values.push(fused(a!, b!, args[0] === product ? y! : x!, kernel.precision));
    } else {
      const scalar = operations[op as OperationName].scalar as (...operands: number[]) => number;
      values.push(round(scalar(x!, y ?? 0, z ?? 0)));
    }
  }
  return values;
}

/** Multiplies and adds with one rounding, in kernels that neither draw nor look back. */
export const fusing = device("fusing", (program, { memory, host }) =>
  evaluateProgram(program, memory, host, (stage, k, j) => {
    if (stage.kind !== "kernel") return false;
    const { kernel, addresses, log } = stage;
    const plain = kernel.instructions.every(({ op }) => !["lane", "loadRow", "random"].includes(op));
    if (!plain || kernel.effects.some(({ kind }) => !["store", "spikes", "finite"].includes(kind))) return false;
    const floats = program.precision === "f64" ? new Float64Array(memory.buffer) : new Float32Array(memory.buffer);
    const words = new Uint32Array(memory.buffer);
    const place = (slot: string): number => addresses.get(slot)! / floats.BYTES_PER_ELEMENT;
    for (let i = 0; i < kernel.n; i++) {
      const values = lane(kernel, k, (slot) => floats[place(slot) + (kernel.slots.get(slot)!.shape === "cell" ? 0 : i)]!);
      for (const effect of kernel.effects) {
        if (effect.kind === "store" && (effect.when === undefined || values[effect.when] === 1))
          floats[place(effect.slot) + i] = values[effect.value]!;
        if (effect.kind === "spikes" && values[effect.mask] === 1)
          words[log!.ids / 4 + words[log!.cursor / 4]!++] = i;
      }
    }
    if (log) words[log.ends / 4 + j] = words[log.cursor / 4]!;
    return true;
  }),
); // prettier-ignore

/** Sums from the last neuron to the first. */
export const backward = device("backward", (program, { memory, host }) =>
  evaluateProgram(program, memory, host, (stage) => {
    if (stage.kind !== "reduce" || stage.by === "max" || stage.by === "min") return false;
    const floats = program.precision === "f64" ? new Float64Array(memory.buffer) : new Float32Array(memory.buffer);
    const [from, to] = [stage.from, stage.to].map((address) => address / floats.BYTES_PER_ELEMENT);
    floats[to!] = 0;
    for (let i = stage.n - 1; i >= 0; i--) floats[to!]! += floats[from! + i]!;
    if (stage.by === "mean") floats[to!]! /= stage.n;
    return true;
  }),
);

/** Hands over the spikes of a step from the last to the first. */
export const unordered = device("unordered", (program, { memory, host }) =>
  evaluateProgram(program, memory, host, (stage, k, j) => {
    if (stage.kind !== "remember") return false;
    const words = new Uint32Array(memory.buffer);
    const { log, ring } = stage;
    const first = log.ids / 4 + (j === 0 ? 0 : words[log.ends / 4 + j - 1]!);
    const ids = words.slice(first, log.ids / 4 + words[log.cursor / 4]!).toReversed();
    words[ring.counts / 4 + (k % ring.rows)] = ids.length;
    words.set(ids, ring.ids / 4 + (k % ring.rows) * ring.n);
    return true;
  }),
);

/** Keeps membrane potentials with itself, as a device with a memory of its own might: what others write meanwhile is lost. */
export const stale = device("stale", (program, { memory, host }) => {
  const inner = evaluateProgram(program, memory, host);
  const pieces = program.stages.flatMap((stage) =>
    stage.kind === "kernel" && stage.addresses.has("v")
      ? [{ address: stage.addresses.get("v")!, bytes: stage.kernel.n * (program.precision === "f64" ? 8 : 4) }]
      : [],
  );
  const bytesOf = ({ address, bytes }: (typeof pieces)[number]) => new Uint8Array(memory.buffer, address, bytes);
  let kept: readonly Uint8Array[] | null = null;
  return {
    run(k, steps) {
      pieces.forEach((piece, at) => kept && bytesOf(piece).set(kept[at]!));
      const done = inner.run(k, steps);
      kept = pieces.map((piece) => bytesOf(piece).slice());
      return done;
    },
  };
});

/** Goes on where its list of spikes is full. */
export const overflowing = device("overflowing", (program, { memory, host }) => {
  const stages = program.stages.map((stage) =>
    stage.kind === "kernel" && stage.log ? { ...stage, log: { ...stage.log, capacity: 2 ** 30 } } : stage,
  );
  return evaluateProgram({ ...program, stages }, memory, host);
});

/** Tells nobody of numbers that are none. */
export const silent = device("silent", (program, { memory, host }) =>
  evaluateProgram({ ...program, suspect: 0 }, memory, host),
);

/** Keeps to itself what host code throws. */
export const swallowing = device("swallowing", (program, { memory, host }) =>
  evaluateProgram(program, memory, (index, k) => {
    try {
      host(index, k);
    } catch {
      // This is what is wrong with it.
    }
  }),
);

/** Looks at the memory that there was when it was started. */
export const shortSighted = device("short-sighted", (program, { memory, host }) =>
  evaluateProgram(program, { buffer: memory.buffer }, host),
);

/** Has one program, whoever starts another. */
export const single = ((): Device => {
  let latest: RunningProgram | null = null;
  return device("single", (program, { memory, host }) => {
    latest = evaluateProgram(program, memory, host);
    return { run: (k, steps) => latest!.run(k, steps) };
  });
})();

/** Counts the steps itself, and does not look at the number that it is given. */
export const counted = device("counted", (program, { memory, host }) => {
  const inner = evaluateProgram(program, memory, host);
  let next = 0;
  return {
    run(_, steps) {
      const done = inner.run(next, steps);
      next += done;
      return done;
    },
  };
});
