/** Sessions of the playground without its page. */
import { openSession, type Session } from "../../examples/playground/src/worker/session.ts";
import { presets, type Preset } from "../../examples/playground/src/presets/index.ts";

export const presetNamed = (id: string): Preset => presets.find((each) => each.id === id)!;

/** Nothing to look at but spikes. */
const view = { population: "", variables: [], neurons: [], window: 1000, columns: 100, rows: {}, plane: null };

/** Runs so many ms, or to where the network's run ends, as the page does it. */
export async function run(session: Session, ms = Infinity): Promise<number> {
  let t = 0;
  for (;;) {
    const frame = await session.advance({ elapsed: 1, speed: t === 0 ? 0 : Infinity, playing: true, view });
    if (!frame.playing || frame.t >= ms) return frame.t;
    t = 1;
  }
}

/** Spikes of each neuron after so many steps. */
export async function countsAfter(session: Session, steps: number): Promise<number[][]> {
  await session.step(steps);
  return session.file.populations.map(({ name }) => [...session.counts(name)!.counts]);
}

export const opened = (id: string): Promise<Session> => openSession(presetNamed(id).file);
