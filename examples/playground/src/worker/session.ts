/** One network that runs and is changed, and the file that it is made of. */
import { loadNetwork, NeuroweaveError, type Network } from "neuroweave";
import type { NetworkDocument } from "../document.ts";
import type { Change, Description, Frame, NeuronCounts, PhasePlane, View, Weights } from "../protocol.ts";
import { changeDocument } from "./change-document.ts";
import { describeNetwork } from "./describe.ts";
import { placesOf, type Placed } from "./entries.ts";
import { changeLive } from "./live-changes.ts";
import { createPace } from "./pace.ts";
import { endOfStep, patternOf } from "./pattern-of.ts";
import { phasePlaneOf, type PhaseRequest } from "./phase-field.ts";
import { createScreen, screenRecorder } from "./screen.ts";
import { summarizeWeights } from "./weights.ts";

/** Behaviors that the page attaches for itself. */
const hidden: ReadonlySet<string> = new Set([screenRecorder]);

/** Most neurons whose firing pattern is named. */
const mostPatterns = 24;

export interface Session {
  readonly file: NetworkDocument;
  describe(): Description;
  /** Makes a change; the description is null where only values have changed. What is refused changes nothing. */
  change(change: Change): Promise<Description | null>;
  advance(request: { elapsed: number; speed: number; playing: boolean; view: View }): Promise<Frame>;
  step(steps: number): Promise<void>;
  reset(): void;
  counts(population: string): NeuronCounts | null;
  weights(projection: string): Weights | null;
  phase(request: PhaseRequest): PhasePlane | null;
}

/** Opens a file. Refuses one that cannot run, before anything is replaced by it. */
export async function openSession(opened: NetworkDocument, limits: { readonly maxNeurons?: number; readonly maxSynapses?: number } = {}): Promise<Session> {
  if (opened.populations.length === 0)
    throw new NeuroweaveError("invalid-value", "the network has no population", { remedy: "Give it at least one." });
  let file = opened;
  let net = loadNetwork(file, limits);
  // The plan is made here, so that what cannot run is refused now.
  await net.step(0);
  let screen = createScreen(net);
  const pace = createPace();
  /** Time of the network when it was last made anew with the state of the one before. */
  let offset = 0;
  let countedSince = 0;

  const placesIn = (name: string): readonly Placed[] => {
    const index = file.populations.findIndex((each) => each.name === name);
    if (index >= 0) {
      const attached = net.populations[index]!.entity.attached.filter(({ instance }) => !hidden.has(instance.name));
      return placesOf(file, file.populations[index]!.behaviors, attached);
    }
    const at = (file.projections ?? []).findIndex((each) => each.name === name);
    return placesOf(file, file.projections![at]!.behaviors ?? [], net.projections[at]!.entity.attached.slice(1));
  };
  const t = (): number => offset + net.t;

  /** Another network in the place of this one, with as much of its state as fits. */
  const remake = async (changed: NetworkDocument): Promise<void> => {
    const next = loadNetwork(changed);
    const sameSizes = next.populations.every(({ name, n }) => net.populations.some((each) => each.name === name && each.n === n));
    if (sameSizes) {
      next.loadState(fitting(net, next), { strict: false });
      for (const projection of next.projections) {
        const before = net.projections.find(({ name }) => name === projection.name);
        if (before?.n === projection.n) projection.set({ w: before.get("w") });
      }
    }
    await next.step(0);
    next.explain();
    offset = sameSizes ? t() : 0;
    net = next;
    screen = createScreen(net, sameSizes ? screen : null);
  }; // prettier-ignore

  const finish = (): void => {
    for (const population of net.populations) screen.collect(population, offset);
  };

  return {
    get file() {
      return file;
    },
    describe: () => describeNetwork(file, net, hidden),
    async change(change) {
      const changed = changeDocument(file, change, placesIn);
      // A value is set as the network is; for the rest, nobody may need what is recorded.
      if (change.do !== "set") screen.lookAway(net);
      const restart = change.do === "clock" || change.do === "resize";
      const live = !restart && changeLive(net, change, changed);
      if (!live) await remake(changed);
      file = changed;
      screen.recount();
      countedSince = t();
      return live && change.do === "set" ? null : describeNetwork(file, net, hidden);
    },
    async advance({ elapsed, speed, playing, view }) {
      screen.look(net, view);
      const { duration } = file.run ?? {};
      const left = duration !== undefined && t() < duration - net.dt / 2 ? Math.round((duration - t()) / net.dt) : Infinity;
      const pauses = await pace.advance(net, playing ? { elapsed, speed, left } : null, finish);
      return screen.frame(net, { t: t(), playing: playing && !pauses, pace: pace.factor() });
    },
    async step(steps) {
      await net.step(steps);
      finish();
    },
    reset() {
      net.reset();
      offset = countedSince = 0;
      pace.restart();
      screen.clear(net);
    },
    counts(name) {
      const population = net.populations.find((each) => each.name === name);
      const history = screen.historyOf(name);
      if (!population || !history) return null;
      const offset = population.n <= mostPatterns && countedSince === 0 ? endOfStep(population, t()) : null;
      const patterns = offset === null ? [] : Array.from({ length: population.n }, (_, j) => patternOf(history.train(j), offset, net.dt));
      return { population: name, since: countedSince, t: t(), counts: history.counts.slice(), patterns };
    },
    weights: (name) => summarizeWeights(net.projections.find((each) => each.name === name)),
    phase: (request) => phasePlaneOf(net, request),
  };
} // prettier-ignore

/** The state variables of a network that another has too, in the same number. */
function fitting(from: Network, to: Network): Record<string, Float64Array> {
  const [before, after] = [from.state(), to.state()];
  return Object.fromEntries(Object.entries(before).filter(([name, values]) => after[name]?.length === values.length));
}
