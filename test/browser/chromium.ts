import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Path of the first Chromium on the PATH. Throws where there is none, with the ways to get one. */
export function findChromium(path = process.env["PATH"] ?? ""): string {
  for (const folder of path.split(delimiter).filter((part) => part !== ""))
    for (const name of names) {
      const file = join(folder, name);
      if (isProgram(file)) return file;
    }
  throw new Error(
    `no browser: none of ${names.join(", ")} is on the PATH. Install Chromium (Debian: apt-get install chromium), ` +
      `or leave these tests to a machine that has it`,
  );
}

/** A headless Chromium; whoever opened it closes it. */
export function openChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox", "--disable-gpu"] });
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
