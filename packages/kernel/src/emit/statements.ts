/**
 * A kernel as statements in the order in which an emitter writes them down: what is evaluated once per step, what for each vector
 * of neurons, and what only behind a branch that is taken where a mask has a lane set.
 */
import type { Effect, Kernel, Value } from "../ir.ts";
import { place, type Region } from "./regions.ts";

/**
 * Taken where some lane of the mask is set. What its body defines is known in that body only: a later branch of the same mask
 * that needs it again defines it again.
 */
export interface Branch {
  readonly kind: "branch";
  readonly mask: Value;
  readonly body: readonly Statement[];
}

export type Statement =
  /** The value is defined by its instruction; its operands are defined before it. `inside` is the branch it stands in. */
  | { readonly kind: "define"; readonly value: Value; readonly inside: Branch | null }
  /** The value of a `rarely` begins as its usual side. */
  | { readonly kind: "usual"; readonly value: Value }
  /** It becomes its seldom side where the mask of its branch is set. */
  | { readonly kind: "seldom"; readonly value: Value }
  | Branch
  | { readonly kind: "effect"; readonly effect: Effect };

export interface KernelStatements {
  /** Values that are the same for all neurons of a step. */
  readonly prologue: readonly Statement[];
  /** What is done for each vector. */
  readonly body: readonly Statement[];
  readonly uses: readonly number[];
  /** Whether a value is looked at by a branch, so that it has a name of its own. */
  readonly isShared: (value: Value) => boolean;
}

/** Statements of a kernel. Effects under a mask stand in the branch of that mask, all others at the end. */
export function statementsOf(kernel: Kernel): KernelStatements {
  const { instructions } = kernel;
  const { live, uses, regions } = place(kernel);
  const regionOf = new Map<Value, Region>();
  for (const region of regions) region.inside.forEach((value) => regionOf.set(value, region));
  const decidedBy = new Map<Value, Region>();
  for (const region of regions) region.decides.forEach((value) => decidedBy.set(value, region));
  const masks = new Set(regions.map(({ mask }) => mask));
  const emitted = new Set<Value>();
  const pending = new Map<Region, Value[]>(regions.map((region) => [region, []]));

  /**
   * Statements for a value and everything before it that is not yet there. A value that a region decides has its usual
   * side afterwards, until it is settled.
   */
  const ensure = (value: Value, out: Statement[], inside: Branch | null): void => {
    if (emitted.has(value)) return;
    const region = decidedBy.get(value);
    const { args } = instructions[value]!;
    if (region && !regionOf.has(value)) {
      settle(args[0]!, out, inside);
      settle(args[2]!, out, inside);
      emitted.add(value);
      out.push({ kind: "usual", value });
      pending.get(region)!.push(value);
      return;
    }
    args.forEach((arg) => settle(arg, out, inside));
    emitted.add(value);
    out.push({ kind: "define", value, inside });
  };
  /** Statements after which a value is what it should be, whatever decides it. */
  const settle = (value: Value, out: Statement[], inside: Branch | null): void => {
    ensure(value, out, inside);
    const region = decidedBy.get(value);
    if (region && pending.get(region)!.includes(value)) flush(region, value, out, []);
  };
  /**
   * Settles what waits for a region up to `last` in one branch, with the effects that happen there. Operands have lower
   * numbers than their users, so settling what a branch needs from outside never comes back to the branch itself.
   */
  const flush = (region: Region, last: Value, out: Statement[], extra: readonly Effect[]): void => {
    const waiting = (): Value[] => pending.get(region)!.filter((value) => value <= last);
    const seldomOf = (value: Value): Value => instructions[value]!.args[1]!;
    const stored = extra.flatMap((effect) => (effect.kind === "store" ? [effect.value] : []));
    if (waiting().length === 0 && extra.length === 0) return;
    settle(region.mask, out, null);
    // What is seldom needed, under this mask or another one, is computed inside; what it needs else is there before.
    const seen = new Set<Value>();
    const outside = (value: Value): void => {
      if (seen.has(value)) return;
      seen.add(value);
      if (regionOf.has(value)) instructions[value]!.args.forEach(outside);
      else if (!waiting().includes(value)) settle(value, out, null);
    };
    [...waiting().map(seldomOf), ...stored].forEach(outside);
    const values = waiting().sort((a, b) => a - b);
    pending.set(region, pending.get(region)!.filter((value) => value > last)); // prettier-ignore
    const body: Statement[] = [];
    const branch: Branch = { kind: "branch", mask: region.mask, body };
    for (const value of values) {
      settle(seldomOf(value), body, branch);
      body.push({ kind: "seldom", value });
    }
    for (const value of stored) settle(value, body, branch);
    extra.forEach((effect) => body.push({ kind: "effect", effect }));
    // From here on, nothing of it is known any more.
    for (const statement of body) if (statement.kind === "define") emitted.delete(statement.value);
    if (body.length > 0) out.push(branch);
  };

  const prologue: Statement[] = [];
  const body: Statement[] = [];
  for (const value of [...live].sort((a, b) => a - b)) {
    const { rate, op } = instructions[value]!;
    if (rate !== "lane") {
      prologue.push({ kind: "define", value, inside: null });
      emitted.add(value);
    } else if (op === "load" || op === "loadRow") ensure(value, body, null);
  }
  const conditional = new Map<Region, Effect[]>();
  const plain: Effect[] = [];
  for (const effect of kernel.effects) {
    const mask = effect.kind === "spikes" ? effect.mask : effect.kind === "store" ? effect.when : undefined;
    const region = mask === undefined ? undefined : regions.find((each) => each.mask === mask);
    if (region) conditional.set(region, [...(conditional.get(region) ?? []), effect]);
    else plain.push(effect);
  }
  const valuesOf = (effect: Effect): readonly Value[] =>
    effect.kind === "finite" ? effect.values : effect.kind === "spikes" ? [effect.mask] : [effect.value];
  for (const region of regions) {
    // All that a mask decides waits for one branch, and what depends on it comes after.
    for (const value of region.decides) if (!regionOf.has(value)) ensure(value, body, null);
    flush(region, instructions.length, body, conditional.get(region) ?? []);
  }
  for (const value of plain.flatMap(valuesOf)) settle(value, body, null);
  for (const effect of plain) body.push({ kind: "effect", effect });
  return { prologue, body, uses, isShared: (value) => decidedBy.has(value) || masks.has(value) };
}
