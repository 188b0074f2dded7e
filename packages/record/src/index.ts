export { Recorder, type RecorderOptions, type RecorderShape } from "./recorder.ts";
export { createRecords } from "./records.ts";
