/** Links, hostile ones too, and files. */
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openPlayground } from "./open-playground.ts";
import { cardNames, goesOn, openCard, runToEnd, spikesShown, visit } from "./playground-page.ts";

const open = openPlayground();

const linkTo = (text: string): string => `${open.address}#n=${deflateRawSync(text).toString("base64url")}`;

describe("a link to a network", () => {
  it("opens elsewhere with every change, and gives the same spikes", async () => {
    const { page } = await visit(open.browser, `${open.address}#preset=adex-notebook`);
    await page.getByRole("button", { name: "Pause" }).click();
    const current = await openCard(page, "stepCurrent");
    const amplitude = current.getByRole("textbox", { name: /^amplitude/u });
    await amplitude.fill("450, 480, 390, 230, 310, 500, 350, 160");
    await amplitude.press("Enter");
    const upstroke = await openCard(page, "leak");
    const equations = upstroke.getByRole("textbox", { name: "Equations" });
    await equations.fill("tau * dv/dt += 0.9 * (E_L - v)");
    await equations.press("Control+Enter");
    await upstroke.getByText("edited here").waitFor();
    await page.getByRole("button", { name: "Reset" }).click();
    await runToEnd(page, 550);
    const spikes = await spikesShown(page);
    expect(spikes).not.toEqual([42, 10, 10, 9, 30, 0, 66, 25]);

    await page.getByRole("button", { name: "Share link" }).click();
    const link = await page.getByRole("dialog", { name: "Link to this network" }).getByRole("textbox").inputValue();
    const { page: other, complaints } = await visit(open.browser, link);
    expect(await cardNames(other)).toEqual(await cardNames(page));
    await runToEnd(other, 550);
    expect(await spikesShown(other)).toEqual(spikes);
    expect(complaints).toEqual([]);
  });

  const cell = { name: "cells", n: 1, behaviors: [{ use: "LIF" }] };
  const file = { format: "neuroweave network", version: 1, network: { dt: 0.1 }, populations: [cell] };
  it.each([
    ["is cut off", () => linkTo(JSON.stringify(file)).slice(0, -40)],
    ["holds no network", () => linkTo('{"hello": "world"}')],
    ["inflates without end", () => linkTo(" ".repeat(64 * 2 ** 20))],
    ["asks for a billion neurons", () => linkTo(JSON.stringify({ ...file, populations: [{ ...cell, n: 1e9 }] }))],
    ["means another page", () => `${open.address}#/etc/passwd`],
    ["has markup for a name", () => linkTo(JSON.stringify({ ...file, populations: [{ ...cell, behaviors: [{ use: "<img src=x onerror=alert(1)>" }] }] }))], // prettier-ignore
  ])("that %s opens the first example and says so", async (_, link) => {
    const { page, complaints } = await visit(open.browser, link());
    await page.getByRole("alert").filter({ hasText: "The link could not be opened" }).waitFor();
    await page.getByRole("heading", { name: "AdEx: eight patterns (notebook)" }).waitFor();
    await goesOn(page);
    expect(await page.locator("img").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("that names an example there is not opens the first one and says so", async () => {
    const { page, complaints } = await visit(open.browser, `${open.address}#preset=izhikevich-Z`);
    await page.getByRole("alert").filter({ hasText: "There is no example izhikevich-Z" }).waitFor();
    await page.getByRole("heading", { name: "AdEx: eight patterns (notebook)" }).waitFor();
    await goesOn(page);
    expect(complaints).toEqual([]);
  });

  it("shows names with markup in them as text", async () => {
    const name = "<b onmouseover=alert(1)>cells";
    const { page, complaints } = await visit(open.browser, linkTo(JSON.stringify({ ...file, name, doc: name, populations: [{ ...cell, name, n: 3 }] }))); // prettier-ignore
    await page.getByRole("heading", { name }).waitFor();
    expect(await page.locator("[onmouseover]").count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

describe("a network file", () => {
  it("that is wrong is refused with its place, and the network before runs on", async () => {
    const { page } = await visit(open.browser, `${open.address}#preset=lif-family`);
    await page.getByRole("button", { name: "Open" }).click();
    const dialog = page.getByRole("dialog", { name: "Open a network file" });
    await dialog.getByRole("textbox").fill('{ "format": "neuroweave network", "version": 1, "network": { "dt": 0.1 }, "populations": [{ "name": "a", "n": 2, "behaviors": [{ "use": "LIF", "values": { "tua": 5 } }] }] }'); // prettier-ignore
    await dialog.getByRole("button", { name: "Open" }).click();
    const alert = dialog.getByRole("alert");
    await alert.filter({ hasText: "populations[0].behaviors[0]" }).waitFor();
    expect(await alert.innerText()).toContain("tau");
    await dialog.getByRole("button", { name: "Close" }).click();
    await page.getByRole("heading", { name: "LIF, ELIF, AELIF" }).waitFor();
    await goesOn(page);
  });
});
