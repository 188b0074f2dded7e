/** Interleaved measurements: mitata takes the samples of one turn, and the contenders take turns. */
import { measure } from "mitata";
import { spreadOf, type Spread } from "./spread.ts";

/**
 * Processor time of all threads of this process, in ns. On a machine that others use as well it leaves out the waiting for a
 * core, which may be several times the work; on a quiet one it is the time on the wall, as nothing here waits.
 */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

/** Something that is timed. */
export interface Contender {
  readonly name: string;
  /** One sample. A promise is awaited within the time. */
  readonly run: () => unknown;
  /** Units of work in one sample, such as neurons × steps. */
  readonly work: number;
  /** Runs before each turn, outside of the time. */
  readonly prepare?: () => void;
}

export interface Effort {
  /** Turns of every contender; at least 5 for numbers that are quoted. */
  readonly rounds: number;
  /** Samples in one turn; the median counts. */
  readonly samples: number;
}

/**
 * Nanoseconds of processor time per unit of work, one value for each round, in the order of the contenders. Every turn begins with one
 * run that does not count; odd rounds go through the contenders backwards, so that nobody always follows the same one.
 */
export async function interleave(
  contenders: readonly Contender[],
  { rounds, samples }: Effort,
  report: (round: number) => void = () => {},
): Promise<readonly Spread[]> {
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    const order = [...contenders.keys()];
    if (round % 2 === 1) order.reverse();
    for (const index of order) {
      const { run, work, prepare } = contenders[index]!;
      prepare?.();
      // Without an exposed collector mitata's own stand-in for one allocates a gigabyte.
      const amount = { min_samples: samples, max_samples: samples, min_cpu_time: 0, warmup_threshold: 0 };
      const { p50 } = await measure(() => run(), { ...amount, gc: false, now: processorTime });
      times[index]!.push(p50 / work);
    }
    report(round + 1);
  }
  return times.map(spreadOf);
}
