/** Which blocks of the packages an input reaches, by V8's own count of blocks. */
import { Session, type Profiler } from "node:inspector";

export interface Coverage {
  /**
   * Whether blocks have been run since the last question that never were before; with `often`, also such that were run more often, by a
   * power of two, than ever between two questions.
   */
  fresh(often: boolean): boolean;
  /** All blocks that were run so far. */
  readonly blocks: number;
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
  const seen = new Set<string>();
  const blocks = new Set<string>();
  return {
    fresh: (often) => {
      const before = often ? seen.size : blocks.size;
      const { result } = post<Profiler.TakePreciseCoverageReturnType>("Profiler.takePreciseCoverage");
      for (const { url, scriptId, functions } of result) {
        if (!url.includes(within) || url.includes("node_modules")) continue;
        for (const { ranges } of functions)
          for (const { startOffset, endOffset, count } of ranges) {
            if (count === 0) continue;
            const block = `${scriptId}:${startOffset}-${endOffset}`;
            blocks.add(block);
            seen.add(`${block}*${Math.min(8, Math.floor(Math.log2(count)))}`);
          }
      }
      return (often ? seen.size : blocks.size) > before;
    },
    get blocks() {
      return blocks.size;
    },
    stop: () => {
      post("Profiler.stopPreciseCoverage");
      session.disconnect();
    },
  };
}
