/** Models and networks end in the same bits in a browser as in Node: both are held to the digests on record. */
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Digests } from "../devices/golden.ts";
import { openChromium } from "./chromium.ts";

const golden = JSON.parse(readFileSync(new URL("../devices/golden.json", import.meta.url), "utf8")) as Digests;
const timeout = 300_000;

let browser: Browser;
let server: Server;
let page: Page;
const complaints: string[] = [];

/** The page's program. What only Node has is asked for by no path that a browser takes. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL("golden-page.ts", import.meta.url).pathname],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: ["node:*", "koffi", "fs", "path", "crypto"],
    logLevel: "silent",
  });
  return outputFiles[0]!.text;
}

beforeAll(async () => {
  const script = await bundle();
  server = createServer((request, response) => {
    const isScript = request.url === "/golden.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    response.end(
      isScript
        ? script
        : '<!doctype html><link rel="icon" href="data:,"><script type="module" src="golden.js"></script>',
    );
  });
  await new Promise<void>((listening) => void server.listen(0, "127.0.0.1", listening));
  browser = await openChromium();
  page = await browser.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}, timeout);

afterAll(async () => {
  await browser.close();
  await new Promise((closed) => void server.close(closed));
});

describe("in Chromium, all models and networks end in the bits that are on record:", () => {
  it.each(["reference", "wasm"] as const)("on %s", { timeout }, async (device) => {
    const digests = await page.evaluate(
      (device) => (globalThis as unknown as { digestsOn(on: object): Promise<Digests> }).digestsOn({ device }),
      device,
    );
    expect(digests).toEqual(golden);
    expect(complaints).toEqual([]);
  });
});
