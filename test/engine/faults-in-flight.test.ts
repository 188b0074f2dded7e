import { defineBehavior, Phase } from "neuroweave";
import { describe, expect, it } from "vitest";
import { canRun, native, nativeTeam, reference, wasm, wasmTeam } from "../devices/places.ts";
import { everything, woven } from "../model/network-with-projections.ts";
import { refusal } from "../model/refusals.ts";

/** Throws in one step, as often as it is told. */
function bomb(step: number, times: number) {
  let left = times;
  return defineBehavior({
    name: "bomb",
    priority: Phase.Record - 1,
    step({ step: now }) {
      if (now === step && left-- > 0) throw new Error("no further");
    },
  });
}

describe.each([reference, wasm, wasmTeam(2), native, nativeTeam(2)])(
  "on $name, with spikes on their way and synapses that have states,",
  (place) => {
    const { options } = place;
    it("host code that throws late in a step leaves the network at the border before it", async () => {
      const [plain, faulty] = [woven(options), woven(options)];
      if (!(await canRun(place, plain))) return;
      faulty.find("cells").attach(bomb(17, 2)() as never);
      for (let attempt = 0; attempt < 2; attempt++) {
        expect((await refusal(() => faulty.step(30))).code).toBe("host-threw");
        expect(faulty.steps).toBe(17);
      }
      await plain.step(17);
      expect(everything(faulty)).toEqual(everything(plain));
      await faulty.step(13);
      await plain.step(13);
      expect(everything(faulty)).toEqual(everything(plain));
    });

    it("a state that becomes infinite stops the run in the same bits, whether it ran in one call or step by step", async () => {
      const Runaway = defineBehavior({
        name: "runaway",
        priority: Phase.Trace,
        state: { z: { init: 1 } },
        equations: "z = t > 9 ? 1e300 * 1e10 * z : z",
      });
      const [atOnce, stepwise] = [woven(options), woven(options)];
      if (!(await canRun(place, atOnce))) return;
      for (const net of [atOnce, stepwise]) net.find("cells").attach(Runaway() as never);
      expect((await refusal(() => atOnce.step(60))).code).toBe("non-finite-state");
      const single = async (): Promise<void> => {
        for (let k = 0; k < 60; k++) await stepwise.step();
      };
      expect((await refusal(single)).code).toBe("non-finite-state");
      expect(atOnce.steps).toBe(20);
      expect(everything(atOnce)).toEqual(everything(stepwise));
    });
  },
);
