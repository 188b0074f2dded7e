import { describe, expect, test } from "vitest";
import { closureOf, manifestOf, publishedManifest } from "../../packages/bench/src/installed.ts";

describe("packages as users get them", () => {
  const names = closureOf("neuroweave");

  test("are neuroweave and all that it needs, each after what it needs itself", () => {
    expect(names.at(-1)).toBe("neuroweave");
    expect(new Set(names).size).toBe(names.length);
    for (const [index, name] of names.entries())
      for (const [needed, version] of Object.entries(manifestOf(name).dependencies ?? {}))
        if (version.startsWith("workspace:")) expect(names.slice(0, index)).toContain(needed);
  });

  test.each(names.map((name) => [name]))("%s is entered through its build, and names versions", (name) => {
    const text = JSON.stringify(publishedManifest(name));
    expect(publishedManifest(name)).toMatchObject({ exports: { ".": { default: "./dist/index.js" } } });
    expect(text).not.toContain("workspace:");
    expect(text).not.toContain("publishConfig");
    expect(text).not.toContain("./src/");
  });
});
