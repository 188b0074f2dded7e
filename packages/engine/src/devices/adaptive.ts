/** Whether a team does a step, or its first thread by itself: whatever has lately been faster. The bits are the same. */
import type { RunningProgram, Team } from "@neuroweave/kernel";

export interface Modes {
  readonly together: RunningProgram["run"];
  readonly alone: RunningProgram["run"];
}

/** Wall time in ms of a trial of the mode that is not in use, and from one trial to the next. */
const trial = 1;
const interval = 100;

/** Steps of a trial before anything is known. */
const firstSteps = 4;

/** Tries both ways now and then for a moment, and stays with the faster. `clock` gives ms. */
export function adaptive(modes: Modes, clock: () => number = () => performance.now()) {
  const pace: Record<keyof Modes, number | null> = { together: null, alone: null };
  let mode: keyof Modes = "together";
  let other: keyof Modes = "alone";
  /** When the next trial is due. */
  let due = -Infinity;
  const measured = (which: keyof Modes, k: number, steps: number): number => {
    const started = clock();
    const done = modes[which](k, steps);
    if (done > 0) pace[which] = (clock() - started) / done;
    return done;
  };
  return {
    pace: () => pace,
    run(k: number, steps: number): number {
      const now = clock();
      if (now < due) return measured(mode, k, steps);
      const known = pace[other];
      const few = known === null ? firstSteps : Math.max(firstSteps, Math.ceil(trial / Math.max(known, 1e-6)));
      const tried = measured(other, k, Math.min(few, steps));
      // The first steps of all are slow for reasons of their own.
      if (known === null) return tried;
      const [present, found] = [pace[mode], pace[other]];
      if (present !== null) due = clock() + interval;
      if (present === null || (found !== null && found < present)) [mode, other] = [other, mode];
      return tried;
    },
  };
}

/** The program of a team, or of one thread where there is none. */
export function runningTeam(team: Team | null, modes: Modes): Pick<RunningProgram, "run" | "pace"> {
  if (team === null) return { run: modes.alone };
  return team.mayBeAlone ? adaptive(modes) : { run: modes.together };
}
