/** Who takes part in a bench: the same network on devices and with threads. */

export interface Contender {
  readonly device: "wasm" | "native";
  readonly threads: number;
}

export const contenderName = ({ device, threads }: Contender): string =>
  `${device}, ${threads} ${threads === 1 ? "thread" : "threads"}`;

/** Each device with 1, 2, 4, … threads, up to `mostThreads`. The first one is what the others are compared with. */
export function contenders(mostThreads: number): Contender[] {
  const counts = [1];
  while (counts.at(-1)! * 2 <= mostThreads) counts.push(counts.at(-1)! * 2);
  return (["wasm", "native"] as const).flatMap((device) => counts.map((threads) => ({ device, threads })));
}
