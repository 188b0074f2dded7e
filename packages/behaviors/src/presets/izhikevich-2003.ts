/**
 * The eight cortical and thalamic neurons of Izhikevich 2003, IEEE Trans. Neural Netw. 14:1569, figure 2, with the inputs of
 * its script.
 */
import type { IzhikevichPreset, IzhikevichValues } from "./izhikevich-preset.ts";

const duration = 150;
const dt = 0.25;
const thalamic: Omit<IzhikevichValues, "init_v"> = { a: 0.02, b: 0.25, c: -65, d: 0.05 };

export const izhikevich2003: readonly IzhikevichPreset[] = [
  {
    name: "regular spiking",
    panel: "RS",
    values: { a: 0.02, b: 0.2, c: -65, d: 8, init_v: -63 },
    input: { elsewhere: 0, pieces: [{ after: 15, value: 14 }] },
    duration,
    dt,
  },
  {
    name: "intrinsically bursting",
    panel: "IB",
    values: { a: 0.02, b: 0.2, c: -55, d: 4, init_v: -70 },
    input: { elsewhere: 0, pieces: [{ after: 15, value: 11 }] },
    duration,
    dt,
  },
  {
    name: "chattering",
    panel: "CH",
    values: { a: 0.02, b: 0.2, c: -50, d: 2, init_v: -70 },
    input: { elsewhere: 0, pieces: [{ after: 15, value: 10 }] },
    duration,
    dt,
  },
  {
    name: "fast spiking",
    panel: "FS",
    values: { a: 0.1, b: 0.2, c: -65, d: 2, init_v: -70 },
    input: { elsewhere: 0, pieces: [{ after: 15, value: 10 }] },
    duration,
    dt,
  },
  {
    name: "thalamo-cortical",
    panel: "TC",
    values: { ...thalamic, init_v: -63 },
    input: { elsewhere: 0, pieces: [{ after: 30, value: 1.5 }] },
    duration,
    dt,
  },
  {
    name: "thalamo-cortical burst",
    panel: "TC burst",
    values: { ...thalamic, init_v: -87 },
    input: { elsewhere: -25, pieces: [{ after: 45, value: 0 }] },
    duration,
    dt,
  },
  {
    name: "resonating",
    panel: "RZ",
    values: { a: 0.1, b: 0.26, c: -65, d: 2, init_v: -70 },
    input: {
      elsewhere: -2,
      pieces: [
        { after: 60, until: 65, value: 10 },
        { after: 10, value: -0.5 },
      ],
    },
    duration: 100,
    dt,
  },
  {
    name: "low-threshold spiking",
    panel: "LTS",
    values: { a: 0.02, b: 0.25, c: -65, d: 2, init_v: -63 },
    input: { elsewhere: 0, pieces: [{ after: 25, value: 10 }] },
    duration: 250,
    dt,
  },
];
