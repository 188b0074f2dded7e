/** Which blocks of the packages an input reaches, by V8's own count of blocks. */
import { Session, type Profiler } from "node:inspector";

export interface Coverage {
  /**
   * Whether blocks have been run since the last question that never were before; with `often`, also such that were run more often, by a
   * power of two, than ever between two questions.
   */
  fresh(often: boolean): boolean;
  /** Functions that were run so far. */
  readonly functions: number;
  stop(): void;
}

/** Begins to count the blocks of the modules whose address has `within` in it. */
export function startCoverage(within: string): Coverage {
  const session = new Session();
  session.connect();
  // Calls of a session answer before they return.
  const post = <Result>(method: string, options: object = {}): Result => {
    let answer: Result | undefined;
    session.post(method, options, (error: Error | null, result?: unknown) => {
      if (error !== null) throw error;
      answer = result as Result;
    });
    return answer as Result;
  };
  post("Profiler.enable");
  post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  // V8 names the blocks of a function that were run otherwise than what is around them: which were run is to be seen per character only.
  // Each function has a byte for each of its characters, with one bit for each power of two of the times that it was run.
  const seen = new Map<string, Uint8Array>();
  return {
    fresh: (often) => {
      let fresh = false;
      const { result } = post<Profiler.TakePreciseCoverageReturnType>("Profiler.takePreciseCoverage");
      for (const { url, scriptId, functions } of result) {
        if (!url.includes(within) || url.includes("node_modules")) continue;
        for (const { ranges } of functions) {
          const { startOffset: start, endOffset: end } = ranges[0]!;
          const now = new Uint8Array(end - start);
          for (const range of ranges)
            now.fill(timesBit(range.count), range.startOffset - start, range.endOffset - start);
          const name = `${scriptId}:${start}`;
          let before = seen.get(name);
          if (before === undefined) seen.set(name, (before = new Uint8Array(end - start)));
          for (let at = 0; at < now.length; at++) {
            const bit = now[at]!;
            if ((before[at]! & bit) === bit) continue;
            fresh ||= often || before[at] === 0;
            before[at]! |= bit;
          }
        }
      }
      return fresh;
    },
    get functions() {
      return [...seen.values()].filter((each) => each.some((bits) => bits > 0)).length;
    },
    stop: () => {
      post("Profiler.stopPreciseCoverage");
      session.disconnect();
    },
  };
}

const timesBit = (count: number): number => (count === 0 ? 0 : 1 << Math.min(7, Math.floor(Math.log2(count))));
