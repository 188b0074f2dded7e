/** The playground in a browser: presets, the clock, changes while it runs. */
import { describe, expect, it } from "vitest";
import { openPlayground } from "./open-playground.ts";
import {
  card,
  cardNames,
  clock,
  eventually,
  goesOn,
  openCard,
  runToEnd,
  spikesShown,
  visit,
} from "./playground-page.ts";

const open = openPlayground();
const at = (hash: string): string => `${open.address}${hash}`;

describe("the playground", () => {
  it("opens with the eight patterns of the AdEx neuron, runs, and asks nobody else for anything", async () => {
    const { page, complaints } = await visit(open.browser, at(""));
    await page.getByRole("heading", { name: "AdEx: eight patterns (notebook)" }).waitFor();
    for (const name of ["Spikes", "Traces", "Phase plane", "Composed equations"])
      await page.getByRole("region", { name }).waitFor();
    await goesOn(page);
    expect(await page.locator("math").count()).toBeGreaterThan(3);
    expect(complaints).toEqual([]);
  });

  it.each([
    ["adex-notebook", 550, [42, 10, 10, 9, 30, 0, 66, 25]],
    ["izhikevich-A", 100, [5]],
    ["izhikevich-T", 350, [12]],
  ])("shows the spikes of %s that are known: after %i ms %j", async (id, end, spikes) => {
    const { page, complaints } = await visit(open.browser, at(`#preset=${id}`));
    await runToEnd(page, end);
    expect(await spikesShown(page)).toEqual(spikes);
    expect(complaints).toEqual([]);
  });

  it("opens every kind of preset from the list, with the theory that belongs to it", async () => {
    const { page, complaints } = await visit(open.browser, at(""));
    const expected = [
      ["Rate against current", "Rate against current", "Rate against input, and the closed form"],
      ["Rate under noise", "Rate under noise", "Rate against input, and the Siegert formula"],
      ["STDP: synapses compete", "STDP: synapses compete", "Change of a weight by one pair"],
      ["COBA, 1,000 neurons", "COBA network, 1,000 neurons", "Weights"],
      ["C tonic bursting", "Izhikevich: tonic bursting", "Phase plane"],
      ["Spiking neurons and their mean field", "Spiking neurons and their mean field", "Population rate"],
    ] as const;
    for (const [preset, name, panel] of expected) {
      await page.getByRole("combobox", { name: "Example" }).selectOption({ label: preset });
      await page.getByRole("heading", { name, exact: true }).waitFor();
      await page.getByRole("region", { name: panel }).waitFor();
      await goesOn(page);
    }
    await page.getByText("its fixed points at the input now").waitFor();
    expect(complaints).toEqual([]);
  });

  it("steps, pauses and begins again", async () => {
    const { page } = await visit(open.browser, at("#preset=lif-family"));
    await goesOn(page);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Run", exact: true }).waitFor();
    await page.waitForTimeout(400);
    const paused = await clock(page);
    await page.getByRole("button", { name: "Step" }).click();
    await eventually(() => clock(page)).toBeCloseTo(paused + 0.1, 6);
    await page.getByRole("button", { name: "Step" }).click({ modifiers: ["Shift"] });
    await eventually(() => clock(page)).toBeCloseTo(paused + 1.1, 6);
    await page.getByRole("button", { name: "Reset" }).click();
    await eventually(() => clock(page)).toBe(0);
  });

  it("spikes alike with one seed, and otherwise with another", async () => {
    const { page } = await visit(open.browser, at("#preset=lif-family"));
    const network = {
      format: "neuroweave network",
      version: 1,
      network: { dt: 0.1, seed: 3 },
      populations: [{ name: "noisy", n: 6, behaviors: [{ use: "LIF", values: { R: 5 } }, { use: "NoisyCurrent", values: { mean: 3, sigma: 2 } }] }],
      run: { duration: 500 },
    }; // prettier-ignore
    await page.getByRole("button", { name: "Open" }).click();
    const dialog = page.getByRole("dialog", { name: "Open a network file" });
    await dialog.getByRole("textbox").fill(JSON.stringify(network));
    await dialog.getByRole("button", { name: "Open" }).click();
    await runToEnd(page, 500);
    const first = await spikesShown(page);
    const seed = page.getByRole("spinbutton", { name: "Seed" });
    const runs: number[][] = [];
    for (const each of ["3", "4", "3"]) {
      await page.getByRole("button", { name: "Reset" }).click();
      await seed.fill(each);
      await seed.press("Enter");
      await eventually(() => clock(page)).toBe(0);
      await runToEnd(page, 500);
      runs.push(await spikesShown(page));
    }
    expect(runs[0]).toEqual(first);
    expect(runs[1]).not.toEqual(first);
    expect(runs[2]).toEqual(first);
  });

  it("takes behaviors in, out, off and elsewhere while it runs", async () => {
    const { page, complaints } = await visit(open.browser, at("#preset=lif-family"));
    await goesOn(page);
    const before = await clock(page);
    expect(await cardNames(page)).toEqual(["constantCurrent", "leak", "currentInput", "exponentialUpstroke", "adaptation", "fire"]); // prettier-ignore

    await page.getByRole("combobox", { name: "Add a behavior" }).selectOption("SineCurrent");
    await page.getByRole("button", { name: "Add" }).click();
    await card(page, "sineCurrent").waitFor();
    await card(page, "exponentialUpstroke").getByRole("button", { name: "Remove exponentialUpstroke" }).click();
    await eventually(() => cardNames(page)).not.toContain("exponentialUpstroke");

    const power = card(page, "adaptation").getByRole("switch", { name: "adaptation is on" });
    await power.click();
    await eventually(() => power.getAttribute("aria-checked")).toBe("false");
    await page
      .getByRole("region", { name: "Composed equations" })
      .getByText("R * omega")
      .waitFor({ state: "detached" });
    await power.click();
    await page.getByRole("region", { name: "Composed equations" }).getByText("R * omega").waitFor();

    await card(page, "adaptation")
      .getByRole("button", { name: /^Move adaptation behind/u })
      .click();
    await eventually(() => cardNames(page)).toEqual(["constantCurrent", "sineCurrent", "leak", "currentInput", "fire", "adaptation"]); // prettier-ignore
    await goesOn(page);
    expect(await clock(page)).toBeGreaterThan(before);
    expect(complaints).toEqual([]);
  });

  it("changes values by number and by slider, and says what is refused beside it", async () => {
    const { page } = await visit(open.browser, at("#preset=lif-family"));
    const leak = await openCard(page, "leak");
    const tau = leak.getByRole("spinbutton", { name: /^tau/u });
    await tau.fill("-3");
    await tau.press("Enter");
    await leak.getByRole("alert").filter({ hasText: "outside" }).waitFor();
    expect(await tau.getAttribute("aria-invalid")).toBe("true");
    await tau.fill("25");
    await tau.press("Enter");
    await eventually(() => tau.getAttribute("aria-invalid")).toBeNull();
    const slider = leak.getByRole("slider", { name: /^v_rest/u });
    const rest = leak.getByRole("spinbutton", { name: /^v_rest/u });
    const start = Number(await rest.inputValue());
    await slider.press("ArrowRight");
    await eventually(async () => Number(await rest.inputValue())).toBeGreaterThan(start);
    await page.getByRole("button", { name: "Code" }).click();
    const code = page.getByRole("dialog").getByRole("textbox");
    expect(await code.inputValue()).toContain("tau: 25");
    expect(await code.inputValue()).toContain(`v_rest: ${await rest.inputValue()}`);
  });

  it("takes other equations at once, and shows what is wrong with bad ones while the last good ones run on", async () => {
    const { page, complaints } = await visit(open.browser, at("#preset=lif-family"));
    const leak = await openCard(page, "leak");
    const equations = leak.getByRole("textbox", { name: "Equations" });
    await equations.fill("tau * dv/dt += v_rest - ");
    await leak.getByRole("button", { name: "Apply" }).click();
    const alert = leak.getByRole("alert").filter({ hasText: "^" });
    await alert.waitFor();
    expect(await alert.innerText()).toContain("tau * dv/dt += v_rest -");
    expect(await equations.getAttribute("aria-invalid")).toBe("true");
    await goesOn(page);

    await equations.fill("tau * dv/dt += v_rest - v + extra");
    await leak.getByRole("button", { name: "Apply" }).click();
    await leak.getByRole("alert").filter({ hasText: "extra" }).waitFor();
    await leak.getByRole("button", { name: "New symbol" }).click();
    await leak.getByRole("textbox", { name: "Name" }).fill("extra");
    await leak.getByRole("textbox", { name: "Unit" }).fill("mV");
    await leak.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("region", { name: "Composed equations" }).getByText("extra").first().waitFor();
    await leak.getByRole("spinbutton", { name: /^extra/u }).waitFor();
    await leak.getByText("edited here").waitFor();
    await goesOn(page);
    expect(complaints).toEqual([]);
  });

  it("takes a behavior of one's own, and switches a projection off and on", async () => {
    const { page, complaints } = await visit(open.browser, at("#preset=coba-1000"));
    await page.getByRole("button", { name: "Write one" }).click();
    const own = await openCard(page, "ownBehavior");
    await own.getByRole("textbox", { name: "Equations" }).fill("I += amount * (v_rest - v)");
    await own.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("region", { name: "Composed equations" }).getByText("amount").first().waitFor();
    const amount = own.getByRole("spinbutton", { name: /^amount/u });
    await amount.fill("0.5");
    await amount.press("Enter");
    await goesOn(page);
    await page.getByRole("tab", { name: "inh→exc" }).click();
    const power = page.getByRole("switch", { name: "inh→exc transmits" });
    await power.click();
    await eventually(() => power.getAttribute("aria-checked")).toBe("false");
    await goesOn(page);
    await power.click();
    await eventually(() => power.getAttribute("aria-checked")).toBe("true");
    expect(complaints).toEqual([]);
  });

  it("keeps running when what the others need is taken away, and says who needs it", async () => {
    const { page } = await visit(open.browser, at("#preset=lif-family"));
    await card(page, "leak").getByRole("button", { name: "Remove leak" }).click();
    await page.getByRole("alert").filter({ hasText: "v is needed" }).waitFor();
    expect(await cardNames(page)).toContain("leak");
    await goesOn(page);
  });
});
