/** How often each operation was computed. */

/** Counts of one kernel. */
export interface KernelCounts {
  readonly kernel: string;
  /** Steps in which it was due. */
  readonly steps: number;
  /** Times that each operation was computed, by its name in the IR: `add`, `mul`, `load`, `random`, … */
  readonly operations: ReadonlyMap<string, number>;
}

/** Counters of one kernel, which grow while it runs. */
export class Counter {
  readonly #operations = new Map<string, number>();
  readonly #kernel: string;
  #steps = 0;

  constructor(kernel: string) {
    this.#kernel = kernel;
  }

  /** One more operation of this name. */
  add(operation: string): void {
    this.#operations.set(operation, (this.#operations.get(operation) ?? 0) + 1);
  }

  /** One more step. */
  step(): void {
    this.#steps++;
  }

  /** What was counted so far. */
  counts(): KernelCounts {
    return { kernel: this.#kernel, steps: this.#steps, operations: new Map(this.#operations) };
  }
}

/** A line for a person: operations of a step in the mean, the most frequent first. */
export function lineOf({ kernel, steps, operations }: KernelCounts): string {
  const all = [...operations].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const perStep = (count: number): string => String(Number((count / Math.max(steps, 1)).toPrecision(3)));
  const total = all.reduce((sum, [, count]) => sum + count, 0);
  return `${kernel}: ${perStep(total)} operations in a step${total === 0 ? "" : `: ${all.map(([name, count]) => `${perStep(count)} ${name}`).join(", ")}`}`;
}
