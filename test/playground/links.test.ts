import { deflateRawSync } from "node:zlib";
import { isDeepStrictEqual } from "node:util";
import { NeuroweaveError } from "neuroweave";
import { describe, expect, it } from "vitest";
import { presets } from "../../examples/playground/src/presets/index.ts";
import { fileFromLink, linkOf } from "../../examples/playground/src/worker/link.ts";
import { sharedLimits } from "../../examples/playground/src/worker/own-network.ts";
import { openSession } from "../../examples/playground/src/worker/session.ts";
import { countsAfter, opened, presetNamed } from "./sessions.ts";

const linkTo = (text: string): string => `#n=${deflateRawSync(text).toString("base64url")}`;
const file = presetNamed("lif-family").file;
const population = file.populations[0]!;

describe("a link to a network", () => {
  it.each(presets.map(({ id }) => id))("of %s holds the file, and nothing but letters, digits, - and _", async (id) => {
    const { file } = presetNamed(id);
    const link = await linkOf(file);
    expect(link).toMatch(/^n=[\w-]+$/u);
    expect(isDeepStrictEqual(await fileFromLink(`#${link}`), file)).toBe(true);
  });

  it("gives the same spikes, with the changes that were made", async () => {
    const session = await opened("lif-family");
    const texts = { equations: "tau * dv/dt += 1.5 * (v_rest - v)" };
    await session.change({ do: "rewrite", in: "AELIF", behavior: "leak", texts, declared: [] });
    await session.change({ do: "set", in: "LIF", behavior: "constantCurrent", parameter: "amplitude", value: 6 });
    const other = await openSession(await fileFromLink(await linkOf(session.file)), sharedLimits);
    expect(await countsAfter(other, 3000)).toEqual(await countsAfter(session, 3000));
  });

  const hostile: readonly (readonly [string, string, string])[] = [
    ["nothing", "#n=", "invalid-value"],
    ["another part of the address", "#chapter-2", "invalid-value"],
    ["what is not deflated", "#n=AAAAAAAA", "syntax"],
    ["half of a link", linkTo(JSON.stringify(file)).slice(0, 120), "syntax"],
    ["no JSON", linkTo("{"), "syntax"],
    ["another kind of file", linkTo('{"populations": []}'), "invalid-value"],
    ["64 MB of spaces", linkTo(" ".repeat(64 * 2 ** 20)), "invalid-value"],
    ["a link that is too long", `#n=${"A".repeat(300_000)}`, "invalid-value"],
    ["deep nesting", linkTo("[".repeat(100_000)), "too-deep"],
    ["keys of prototypes", linkTo(JSON.stringify(file).replace('"network":{', '"__proto__":{"n":1},"network":{')), "reserved-name"], // prettier-ignore
    ["no population", linkTo(JSON.stringify({ ...file, populations: [] })), "invalid-value"],
    ["a billion neurons", linkTo(JSON.stringify({ ...file, populations: [{ ...population, n: 1e9 }] })), "too-large"],
    ["a program for an equation", linkTo(JSON.stringify({ ...file, behaviors: { evil: { equations: "v = (() => fetch('/'))()" } }, populations: [{ ...population, behaviors: [...population.behaviors, { use: "evil" }] }] })), "syntax"], // prettier-ignore
    ["a quarter of a billion synapses", linkTo(JSON.stringify({ ...presetNamed("coba-1000").file, populations: presetNamed("coba-1000").file.populations.map((each) => ({ ...each, n: 20_000 })) })), "too-large"], // prettier-ignore
  ];

  it.each(hostile)("that holds %s is refused", async (_, link, code) => {
    const error = await fileFromLink(link)
      .then((found) => openSession(found, sharedLimits))
      .then(
        () => null,
        (thrown: unknown) => thrown,
      );
    expect(error).toBeInstanceOf(NeuroweaveError);
    expect((error as NeuroweaveError).code).toBe(code);
    expect((error as NeuroweaveError).remedy).not.toBe("");
    expect(({} as { n?: number }).n).toBeUndefined();
  });
});
