/** Where compiled libraries are kept between runs, or for this run only where nothing can be kept. */
import { NeuroweaveError } from "@neuroweave/equations";
import { whyUntrusted } from "./trust.ts";
import { homedir, join, mkdir, mkdtempSync, resolve, rmSync, tmpdir } from "./node.ts";

/** `NEUROWEAVE_CACHE`, or the user's cache folder of the system. */
export function cacheFolder(): string {
  const { NEUROWEAVE_CACHE: named, XDG_CACHE_HOME: xdg } = process.env;
  if (named) return resolve(named);
  if (xdg?.startsWith("/") === true) return join(xdg, "neuroweave");
  return process.platform === "darwin"
    ? join(homedir(), "Library", "Caches", "neuroweave")
    : join(homedir(), ".cache", "neuroweave");
}

/** The folder for libraries below a cache folder, made if there is none; the reason why it is no use as a string. */
export async function openFolder(cache: string): Promise<{ readonly path: string } | { readonly unusable: string }> {
  const path = join(cache, "native");
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const why = await whyUntrusted(path);
    return why === null ? { path } : { unusable: `the cache folder ${path} is not used: ${why}` };
  } catch (error) {
    return { unusable: `the cache folder ${path} cannot be used: ${(error as Error).message}` };
  }
}

let temporary: string | undefined;

/** A folder of this process alone, gone when the process is. */
export function temporaryFolder(): string {
  if (temporary !== undefined) return temporary;
  let folder: string;
  try {
    folder = mkdtempSync(join(tmpdir(), "neuroweave-"));
  } catch (cause) {
    throw new NeuroweaveError(
      "compiler-failed",
      `there is no folder to compile in: ${(cause as Error).message}`,
      { remedy: "set NEUROWEAVE_CACHE or TMPDIR to a folder that can be written to" },
      { cause },
    );
  }
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return (temporary = folder);
}
