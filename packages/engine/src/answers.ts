/** What devices say of themselves. Anybody may have written them: an answer that is none is refused with words, and not where it is used. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Device, DeviceThreads, RunningProgram } from "@neuroweave/kernel";

/** Begins to load what the device will need. What goes wrong is not heard here: `start` meets it again. */
export function warmUp(device: Device): void {
  try {
    const loading: unknown = device.warmUp();
    Promise.resolve(loading).catch(() => {});
  } catch {
    // As it may.
  }
}

/** The threads that a device offers. */
export const threadsOffered = (device: Device): DeviceThreads =>
  answer(
    device,
    "threads",
    "{ most, shared, why }, with most a whole number from 1 on or Infinity",
    () => device.threads(),
    isOffer,
  );

/** The lines that a device knows of a program that runs. */
export const notesOf = (device: Device, running: RunningProgram | undefined): readonly string[] =>
  answer(device, "notes", "a list of texts", () => running?.notes?.() ?? [], isListOfTexts);

/** What steps of a program took, if the device measures it. */
export const paceOf = (device: Device, running: RunningProgram | undefined): Pace | null =>
  answer(device, "pace", "{ together, alone }, each a number of ms or null", () => running?.pace?.() ?? null, isPace);

/** The text of a program, if the device emits one. */
export const codeOf = (device: Device, ...program: Parameters<Device["code"]>): string | null =>
  answer(device, "code", "a text or null", () => device.code(...program), isText);

export type Pace = ReturnType<NonNullable<RunningProgram["pace"]>>;

/** Calls the device, and refuses what it says where it is not of the right form. What it refuses itself, with a code, comes out as it is. */
function answer<T>(device: Device, what: string, form: string, ask: () => T, fits: (value: unknown) => boolean): T {
  const faulty = (said: string, cause?: unknown): NeuroweaveError =>
    new NeuroweaveError(
      "faulty-device",
      `the device ${device.name} was asked for its ${what}, and ${said}`,
      { remedy: `Its author has to return ${form}; until then choose another device.` },
      cause === undefined ? undefined : { cause },
    );
  let said: T;
  try {
    said = ask();
  } catch (cause) {
    if (cause instanceof NeuroweaveError) throw cause;
    throw faulty(`threw ${String(cause)}`, cause);
  }
  if (!fits(said)) throw faulty(`said ${shown(said)}`);
  return said;
}

/** An answer as people would write it, on one line and not endless. */
function shown(value: unknown): string {
  if (typeof value !== "object" || value === null)
    return typeof value === "string" ? JSON.stringify(value) : String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const entries = Object.entries(value).map(
    ([key, each]) => `${key}: ${typeof each === "object" && each !== null ? "…" : shown(each)}`,
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const isText = (value: unknown): boolean => value === null || typeof value === "string";
const isListOfTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === "string");
const isTime = (value: unknown): boolean => value === null || typeof value === "number";
const isPace = (value: unknown): boolean =>
  value === null || (isObject(value) && isTime(value["together"]) && isTime(value["alone"]));

function isOffer(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { most, shared, why } = value;
  return (most === Infinity || (Number.isInteger(most) && Number(most) >= 1)) && typeof shared === "boolean" && isText(why);
} // prettier-ignore
