/** The workers that this process has opened since this was loaded, seen from outside of the engine. */
import type { Worker } from "node:worker_threads";

type Threads = { Worker: typeof Worker };

const opened: Worker[] = [];
const threads = process.getBuiltinModule("node:worker_threads") as unknown as Threads;
threads.Worker = class extends threads.Worker {
  constructor(...given: ConstructorParameters<typeof Worker>) {
    super(...given);
    opened.push(this as unknown as Worker);
  }
};

/** While `body` runs, the second of two workers fails as it starts. */
export async function withoutWorkers(body: () => Promise<void>): Promise<void> {
  const usual = threads.Worker;
  let asked = 0;
  threads.Worker = class extends usual {
    constructor(...[text, options]: ConstructorParameters<typeof Worker>) {
      super(asked++ % 2 === 0 ? text : 'throw new Error("no room for more")', options);
    }
  };
  try {
    await body();
  } finally {
    threads.Worker = usual;
  }
}

/** Those that have not ended. */
export const workers = (): readonly Worker[] => opened.filter(({ threadId }) => threadId !== -1);

/** Whether there are soon no more than so many. */
export async function fallTo(most: number): Promise<boolean> {
  for (let tries = 0; tries < 400; tries++) {
    if (workers().length <= most) return true;
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return false;
}

const { setFlagsFromString } = process.getBuiltinModule("node:v8");
const { runInNewContext } = process.getBuiltinModule("node:vm");
setFlagsFromString("--expose-gc");

/** What nobody holds is found now, and what was to be done with it is done soon. */
export const collectGarbage = runInNewContext("gc") as () => void;
