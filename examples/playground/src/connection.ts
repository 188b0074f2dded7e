/** The page's end of the line to the simulation. */
import type { Answers, Refusal, Reply, Request } from "./protocol.ts";

/** What the simulation refuses, thrown where it was asked for. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.summary);
    this.refusal = refusal;
  }
}

export interface Connection {
  /** Answers come in the order of the requests. Throws `Refused`. */
  ask<R extends Request>(request: R): Promise<Answers[R["kind"]]>;
}

export function connect(failed: (message: string) => void): Connection {
  const worker = new Worker(new URL("./worker/simulation.ts", import.meta.url), { type: "module", name: "simulation" });
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  let count = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
    const { resolve, reject } = waiting.get(data.id)!;
    waiting.delete(data.id);
    if (data.refusal) reject(new Refused(data.refusal));
    else resolve(data.answer);
  });
  worker.addEventListener("error", (event) => failed(event.message || "the simulation cannot be loaded"));
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting.set(++count, { resolve: resolve as (answer: unknown) => void, reject });
        worker.postMessage({ id: count, request }, []);
      }),
  };
}
