/** The samples of one recorder. */
import { NeuroweaveError } from "@neuroweave/model";
import type { Floats, Recorded, RecordFactory, Recording, RecordingDump } from "@neuroweave/model";
import { GrowingColumn } from "./growing-column.ts";
import { createRecorded, type SampleTimes } from "./recorded.ts";

/**
 * An empty store of samples: one growing column of T × n values per variable, and one of steps and times. With
 * `request.keep` it holds the last so many samples. While paused, what is appended is dropped.
 */
export function createSamples(options: Parameters<RecordFactory["samples"]>[0]): Recording {
  const { request, counts, every, dt, precision } = options;
  const { variables, keep = Infinity } = request;
  const floats = (length: number): Floats =>
    precision === "f32" ? new Float32Array(length) : new Float64Array(length);
  const columns = new Map(variables.map((name) => [name, new GrowingColumn<Floats>(floats)]));
  const times: SampleTimes = {
    steps: new GrowingColumn((length) => new Float64Array(length)),
    times: new GrowingColumn((length) => new Float64Array(length)),
  };

  const stride = counts.reduce((sum, each) => sum + each, 0);
  const countOf = (name: string): number => counts[variables.indexOf(name)]!;

  const addMoment = (step: number): void => {
    times.steps.push(step);
    times.times.push(step * dt);
  };
  const trim = (): void => {
    const excess = times.steps.length - keep;
    if (excess <= 0) return;
    times.steps.dropFirst(excess);
    times.times.dropFirst(excess);
    for (const [name, column] of columns) column.dropFirst(excess * countOf(name));
  };
  const clear = (): void => {
    times.steps.clear();
    times.times.clear();
    for (const column of columns.values()) column.clear();
  };

  return {
    request,
    every,
    paused: false,

    append(firstStep, count, samples) {
      if (this.paused) return;
      if (samples.length < count * stride)
        throw new NeuroweaveError(
          "internal",
          `${count} samples of ${stride} values cannot be ${samples.length} values`,
        );
      for (let j = Math.max(0, count - keep); j < count; j++) {
        addMoment(firstStep + j * every);
        let at = j * stride;
        for (const name of variables) {
          columns.get(name)!.append(samples.subarray(at, at + countOf(name)));
          at += countOf(name);
        }
      }
      trim();
    },

    read(variable): Recorded {
      const column = columns.get(variable);
      if (!column)
        throw new NeuroweaveError("unknown-name", `${variable} is not recorded here`, {
          candidates: variables,
          remedy: `This recorder samples ${variables.join(", ")}.`,
        });
      return createRecorded(times, column, countOf(variable), dt);
    },

    clear,

    dump(): RecordingDump {
      const copies = [...columns].map(([name, column]) => [name, Float64Array.from(column.view())] as const);
      return { steps: times.steps.view().slice(), columns: Object.fromEntries(copies), paused: this.paused };
    },

    load(dump) {
      checkDump(dump, variables, countOf);
      clear();
      dump.steps.forEach(addMoment);
      for (const [name, column] of columns) column.append(dump.columns[name]!);
      trim();
      this.paused = dump.paused;
    },
  };
}

/** Refuses a dump of other variables, or of another number of values or samples. */
function checkDump(
  { steps, columns }: RecordingDump,
  variables: readonly string[],
  countOf: (name: string) => number,
): void {
  for (const name of variables)
    if (columns[name]?.length !== steps.length * countOf(name))
      throw new NeuroweaveError(
        "snapshot",
        `${columns[name]?.length ?? "no"} values of ${name} cannot be ${steps.length} samples of ${countOf(name)}`,
        { remedy: "Load what was dumped from a recorder of the same variables and neurons." },
      );
}
