import { existsSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type * as Node from "../../packages/engine/src/native/node.ts";
import { emptyFolder } from "./native-fakes.ts";

const user = vi.hoisted(() => ({ unknown: false }));

vi.mock("../../packages/engine/src/native/node.ts", async (original) => {
  const node = await original<typeof Node>();
  const homedir = (): string => {
    if (user.unknown) throw Object.assign(new Error("ENOENT: no such user"), { syscall: "uv_os_homedir" });
    return node.homedir();
  };
  return { ...node, homedir };
});

const { cacheFolder } = await import("../../packages/engine/src/native/cache-folder.ts");

afterEach(() => {
  user.unknown = false;
  vi.restoreAllMocks();
});

/** Where libraries are kept with this environment; variables that are not given are not set. */
function folderWith(variables: Readonly<Record<string, string>>, platform: NodeJS.Platform = "linux"): string {
  vi.spyOn(process, "platform", "get").mockReturnValue(platform);
  for (const name of ["NEUROWEAVE_CACHE", "XDG_CACHE_HOME", "HOME"]) vi.stubEnv(name, variables[name]);
  return cacheFolder();
}

describe("libraries are kept", () => {
  it.each<[string, Readonly<Record<string, string>>, NodeJS.Platform, string]>([
    ["where the variable says", { NEUROWEAVE_CACHE: "/kept", XDG_CACHE_HOME: "/xdg", HOME: "/home/me" }, "linux", "/kept"],
    ["there, seen from the folder of the process", { NEUROWEAVE_CACHE: "kept/here" }, "linux", join(process.cwd(), "kept/here")],
    ["in the cache of the desktop", { NEUROWEAVE_CACHE: "", XDG_CACHE_HOME: "/xdg", HOME: "/home/me" }, "linux", "/xdg/neuroweave"],
    ["at home, where that is no absolute path, as its specification says", { XDG_CACHE_HOME: "xdg", HOME: "/home/me" }, "linux", "/home/me/.cache/neuroweave"],
    ["at home", { HOME: "/home/me" }, "linux", "/home/me/.cache/neuroweave"],
    ["at home on a Mac", { HOME: "/Users/me" }, "darwin", "/Users/me/Library/Caches/neuroweave"],
  ])("%s", (_, variables, platform, folder) => {
    expect(folderWith(variables, platform)).toBe(folder);
  }); // prettier-ignore

  it("for this process alone by a user whom the system does not know", () => {
    vi.stubEnv("TMPDIR", emptyFolder());
    user.unknown = true;
    const folder = folderWith({});
    expect(folder.startsWith(join(tmpdir(), "neuroweave-"))).toBe(true);
    expect(existsSync(folder)).toBe(true);
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(folderWith({})).toBe(folder);
  });
});
