/** `neuroweave bench [FILE]`. */
import { availableParallelism } from "node:os";
import { progressBar } from "@neuroweave/plot";
import { contenders } from "../bench/contenders.ts";
import { standardNetwork } from "../bench/standard-network.ts";
import { median, takeTurns, type Measured } from "../bench/take-turns.ts";
import { defineCommand } from "../command-line/command.ts";
import { exitCodes } from "../exit-codes.ts";
import { endingWith, usageFailure } from "../failure.ts";
import { findFile } from "../file/found-file.ts";
import { openNetworkSource } from "../file/load-network.ts";
import { loadPlugins } from "../file/load-plugins.ts";
import { networkOptions, networkRequest, type NetworkRequest, type NetworkSettings } from "../file/network-request.ts";
import { columns, wrapped } from "../screen/layout.ts";
import { strong } from "../screen/screen.ts";

const { device: _, threads: __, ...settable } = networkOptions;

/** Longest run in ms unless the person asks for another: a bench should be quick. */
const usualDuration = 200;

export const bench = defineCommand({
  name: "bench",
  summary: "compare devices and numbers of threads on a network",
  about: [
    "All contenders run the same steps in turns; medians are compared with wasm on one thread. The same spikes come out of all of them, or the command says so.",
    "Without FILE the network is the conductance-based benchmark of Vogels and Abbott with 4000 neurons.",
  ],
  operands: [{ name: "FILE", doc: "an experiment that exports a function, or a network file", optional: true }],
  options: {
    duration: {
      type: "number",
      value: "MS",
      doc: `simulated time of one run; what the file says, at most ${usualDuration}, unless given`,
    },
    rounds: { type: "number", value: "N", doc: "runs of each contender that count; 5 unless given" },
    "most-threads": {
      type: "number",
      value: "N",
      doc: "up to so many threads; as many as there are cores unless given",
    },
    ...settable,
  },
  examples: ["neuroweave bench", "neuroweave bench column.ts --duration 1000 --rounds 9"],
  async run({ options, operands: [given], screen }) {
    const rounds = wholeOption("--rounds", options.rounds ?? 5);
    const mostThreads = wholeOption("--most-threads", options["most-threads"] ?? availableParallelism());
    const request = networkRequest({ ...options, device: undefined, threads: undefined });
    const { name, make, duration } = await subject(given, request, options.plugin);
    const bar = progressBar({ stream: screen.errorStream, label: "bench", total: 1, capabilities: screen.errors });
    const outcome = await endingWith(exitCodes.failed, () =>
      takeTurns({
        contenders: contenders(mostThreads),
        make: (contender) => make({ ...request.network, ...contender }),
        duration,
        rounds,
        report: (done, of, doing) => bar.update(done / of, doing),
      }),
    );
    bar.finish("");
    const measured = outcome.filter((each) => "times" in each);
    const refused = outcome.filter((each) => "why" in each);
    const rows = measured.map((each) => rowOf(each, measured[0]!));
    const same = new Set(measured.map(({ digest }) => digest)).size === 1;
    const { width } = screen.terminal;
    const [head = "", ...lines] = columns(
      ["", "s per bio. s", "x real time", "speedup", "from", "to"],
      rows.map(({ cells }) => cells),
    );
    screen.print(
      ...wrapped(`${name}: ${duration} ms, median of ${rounds} rounds; speedup over wasm on one thread`, width),
      "",
      strong(head, screen.terminal),
      ...lines,
      ...refused.flatMap((each) => wrapped(`${each.name}: ${each.why}`, width, "  ")),
      "",
      ...wrapped(
        same ? `${measured[0]!.spikes} spikes, the same in each of them` : "The contenders do NOT spike alike",
        width,
      ),
    );
    screen.document({
      command: "bench",
      network: name,
      duration,
      rounds,
      sameSpikes: same,
      refused,
      contenders: rows.map(({ cells: _cells, ...row }) => row),
    });
    return same ? exitCodes.done : exitCodes.failed;
  },
});

interface Subject {
  readonly name: string;
  readonly duration: number;
  make(settings: NetworkSettings): Promise<ReturnType<typeof standardNetwork>>;
}

async function subject(
  given: string | undefined,
  request: NetworkRequest,
  plugins: readonly string[],
): Promise<Subject> {
  if (given === undefined) {
    if (request.assignments.length > 0)
      throw usageFailure("invalid-value", "--set needs a FILE", {
        remedy: "Give the network whose parameters are set.",
      });
    if (plugins.length > 0)
      throw usageFailure("invalid-value", "--plugin needs a FILE", { remedy: "Give the network that uses it." });
    return {
      name: "COBA, 4000 neurons",
      duration: request.duration ?? usualDuration,
      make: async (settings) => standardNetwork(settings),
    };
  }
  const file = findFile(given);
  const source = await openNetworkSource(file, await loadPlugins(plugins));
  const first = await source.make(request);
  const duration = request.duration ?? Math.min(first.duration ?? usualDuration, usualDuration);
  return {
    name: source.shown,
    duration,
    make: async (network) => (await source.make({ ...request, network })).network,
  };
}

function rowOf({ name, contender, times, spikes }: Measured, first: Measured) {
  const seconds = median(times);
  const speedups = times.map((time, round) => first.times[round]! / time);
  const [speedup, lowest, highest] = [median(speedups), Math.min(...speedups), Math.max(...speedups)];
  const cells = [
    name,
    seconds.toPrecision(3),
    (1 / seconds).toPrecision(3),
    speedup.toFixed(2),
    lowest.toFixed(2),
    highest.toFixed(2),
  ];
  return {
    name,
    ...contender,
    secondsPerBiologicalSecond: seconds,
    realTimeFactor: 1 / seconds,
    speedup,
    lowest,
    highest,
    spikes,
    cells,
  };
}

function wholeOption(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw usageFailure("out-of-range", `${name} is ${value}`, { remedy: "Give a whole number ≥ 1." });
} // prettier-ignore
