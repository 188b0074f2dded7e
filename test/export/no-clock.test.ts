import { sonataReportOf, sonataSpikesOf } from "@neuroweave/export";
import { afterEach, expect, it, vi } from "vitest";

afterEach(() => void vi.useRealTimers());

/** HDF5 keeps times of change in seconds. */
it("SONATA files of the same results are the same bytes, whatever the clock says", async () => {
  const traces = { times: [0, 1, 2], values: Float64Array.of(1, 2, 3), shape: [3, 1] as const };
  const files = async () => [
    await sonataSpikesOf({ populations: [{ name: "cells", times: [1, 2, 3], ids: [0, 1, 2] }] }),
    await sonataReportOf({ populations: [{ name: "cells", traces }], unit: "mV" }),
  ];
  vi.useFakeTimers({ toFake: ["Date"], now: 1e12 });
  const first = await files();
  vi.setSystemTime(1.5e12);
  expect(await files()).toEqual(first);
  expect(Date.now()).toBe(1.5e12);
});
