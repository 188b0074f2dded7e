/** Files that are refused: with the place, what is wrong, and what would cure it. */
import { loadNetwork, NeuroweaveError, parseNetworkFile, type ErrorCode, type LoadOptions } from "neuroweave";
import { describe, expect, it } from "vitest";

const cells = { name: "cells", n: 3, behaviors: [{ use: "LIF", values: { tau: 10 } }, { use: "CurrentReceptor" }] };
const base = { format: "neuroweave network", version: 1, network: { dt: 0.1 }, populations: [cells] };
const projection = {
  name: "own",
  source: "cells",
  target: "cells",
  connect: { use: "fixedProbability", arguments: [0.5] },
};

/** What a file is refused with. */
function refusalOf(file: string | object, options: LoadOptions = {}): NeuroweaveError {
  try {
    loadNetwork(file, options);
  } catch (error) {
    if (error instanceof NeuroweaveError) return error;
    throw error;
  }
  throw new Error("the file was read");
}

const withCells = (changes: object) => ({ ...base, populations: [{ ...cells, ...changes }] });
const withBehavior = (entry: object) => withCells({ behaviors: [...cells.behaviors, entry] });
const withProjection = (changes: object) => ({ ...base, projections: [{ ...projection, ...changes }] });
const withOwn = (declaration: object) => ({ ...base, behaviors: { mine: declaration } });

describe("the form of a file", () => {
  it.each<[string, string | object, RegExp]>([
    ["a text that is no JSON", "{", /^the file is no JSON/],
    ["nothing", "", /^the file is no JSON/],
    ["a list", "[]", /^format: this is no network file/],
    ["null", "null", /^format: this is no network file/],
    ["another format", { ...base, format: "csv" }, /^format: .*"csv"/],
    ["another version", { ...base, version: 2 }, /^version: version 2 .*unknown\n.*reads version 1/],
    ["no populations", { ...base, populations: undefined }, /^the key populations is missing/],
    ["a key that does not exist", { ...base, population: [] }, /^population: there is no key population here[^]*Candidates: populations/],
    ["a key of a population that does not exist", withCells({ methd: "euler" }), /^populations\[0\]\.methd: there is no key methd[^]*Candidates: method/],
    ["a key of a behavior that does not exist", withBehavior({ use: "Leak", value: {} }), /^populations\[0\]\.behaviors\[2\]\.value: there is no key value[^]*Candidates: values/],
    ["a number of neurons that is none", withCells({ n: 1.5 }), /^populations\[0\]\.n: 1\.5 stands where a whole number ≥ 1 is expected/],
    ["a number that is too large for double precision", JSON.stringify(withCells({ n: 3 })).replace(`"dt":`, `"dt":1e999,"seed":`), /^network\.dt: Infinity stands where a number of double precision/],
    ["a number beyond double precision", '{"format":"neuroweave network","version":1,"network":{"dt":1e999},"populations":[]}', /^network\.dt: .* a number of double precision/],
    ["a name twice", '{"format":"neuroweave network","version":1,"version":1}', /^version: the key version stands twice/],
    ["a name twice, spelled in another way", '{"format":"neuroweave network","populations":[{"n":1,"\\u006e":2}]}', /^populations\[0\]\.n: the key n stands twice/],
    ["a key that JavaScript knows", '{"format":"neuroweave network","__proto__":{"polluted":1}}', /^__proto__: .*refused for safety/],
    ["such a key deep down", JSON.stringify(withBehavior({ use: "Leak", values: {} })).replace('"values":{}', '"values":{"constructor":1}'), /^populations\[0\]\.behaviors\[2\]\.values\.constructor: .*safety/],
    ["lists without end", "[".repeat(100_000), /nested more than 64 deep/],
  ])("%s", (_, file, message) => {
    expect(refusalOf(file).message).toMatch(message);
  });

  it.each<[string, string]>([
    ["a text that never ends", `{"format":"${'\\"'.repeat(2_000_000)}`],
    ["a text of backslashes", `{"format":"${"\\\\".repeat(4_000_000)}`],
    ["quotes", '"'.repeat(4_000_001)],
    ["keys that never end", '{"a":'.repeat(60) + '{"b"'.repeat(1_000_000)],
  ])("%s, in time that grows with its length only", (_, file) => {
    expect(refusalOf(file)).toBeInstanceOf(NeuroweaveError);
  });

  it("a text of millions of characters, where a short one stands usually", () => {
    expect(refusalOf({ ...base, doc: "x".repeat(8_000_000) }).message).toMatch(/^doc: /);
  });

  it("a text that is too long, before it is looked at", () => {
    expect(refusalOf(`${" ".repeat(1001)}x`, { maxBytes: 1000 }).code).toBe("too-large");
    expect(() => parseNetworkFile(JSON.stringify(base), { maxBytes: 1000 })).not.toThrow();
  });

  it.each([[undefined], [3], [() => 1], [Symbol("x")], [Object.assign({}, { big: 1n })]])("%s instead of a file", (file) => {
    expect(refusalOf(file as never)).toBeInstanceOf(NeuroweaveError);
  });

  it("an object that contains itself", () => {
    const file: Record<string, unknown> = { ...base };
    file["doc"] = file;
    expect(refusalOf(file).code).toBe("invalid-value");
  });

  it("an option of loadNetwork that does not exist", () => {
    expect(refusalOf(base, { presicion: "f32" } as never).candidates).toEqual(["precision"]);
  });
}); // prettier-ignore

describe("what a file says", () => {
  it.each<[string, object, ErrorCode, RegExp]>([
    ["an unknown behavior", withBehavior({ use: "Leek" }), "unknown-name", /^populations\[0\]\.behaviors\[2\]\.use: there is no behavior or model Leek[^]*Candidates: Leak/],
    ["an unknown parameter", withCells({ behaviors: [{ use: "LIF", values: { taw: 10 } }] }), "unknown-name", /^populations\[0\]\.behaviors\[0\]: LIF has no parameter taw[^]*Did you mean tau/],
    ["a value out of its range", withCells({ behaviors: [{ use: "LIF", values: { tau: "NaN" } }] }), "not-finite", /^populations\[0\]: tau is the number NaN/],
    ["a text for a switch", withCells({ behaviors: [{ use: "LIF", values: { strict: "false" } }] }), "invalid-value", /^populations\[0\]\.behaviors\[0\]\.values\.strict: strict is "false"/],
    ["a list of another length", withCells({ behaviors: [{ use: "LIF", values: { tau: [1, 2] } }] }), "wrong-length", /^populations\[0\]: tau has 2/],
    ["an unknown distribution", withCells({ behaviors: [{ use: "LIF", values: { tau: { distribution: "gamma", arguments: [1] } } }] }), "unknown-name", /values\.tau: there is no distribution "gamma"/],
    ["a distribution of texts", withCells({ behaviors: [{ use: "LIF", values: { tau: { distribution: "uniform", arguments: ["a", 2] } } }] }), "invalid-value", /values\.tau\.arguments\[0\]: uniform takes numbers/],
    ["a renaming of what is not there", withBehavior({ use: "Leak", rename: { x: "y" } }), "unknown-name", /^populations\[0\]\.behaviors\[2\]: /],
    ["a change of a model", withBehavior({ use: "AdEx", rename: { v: "u" } }), "invalid-value", /AdEx is a model/],
    ["a model that is switched off as a whole", withCells({ behaviors: [{ use: "LIF", enabled: false }] }), "invalid-value", /"disabled": \["fire"\]/],
    ["two populations of one name", { ...base, populations: [cells, cells] }, "duplicate-name", /^populations\[1\]: /],
    ["an unknown population", withProjection({ source: "cell" }), "unknown-name", /^projections\[0\]\.source: there is no population cell[^]*Candidates: cells/],
    ["a part of a population that it has not", withProjection({ target: { population: "cells", from: 2, to: 9 } }), "out-of-range", /^projections\[0\]\.target: /],
    ["an unknown connector", withProjection({ connect: { use: "fixedProbabilty" } }), "unknown-name", /^projections\[0\]\.connect\.use: [^]*Candidates: fixedProbability/],
    ["a probability above 1", withProjection({ connect: { use: "fixedProbability", arguments: [2] } }), "out-of-range", /^projections\[0\]\.connect: the probability/],
    ["an unknown receptor", withProjection({ receptor: "g_ex" }), "missing-companion", /^projections\[0\]: cells has no receptor g_ex/],
    ["an unknown name in set", withCells({ set: { thresold: 1 } }), "unknown-name", /^populations\[0\]\.set: [^]*threshold/],
    ["an unknown member of a region", { ...base, regions: { L4: { populations: ["cell"] } } }, "unknown-name", /^regions\.L4\.populations\[0\]: [^]*Candidates: cells/],
    ["equations that are none", withOwn({ equations: "dv/dt = -v +" }), "syntax", /^behaviors\.mine: [^]*dv\/dt = -v \+/],
    ["equations that would be a program", withOwn({ equations: "import('node:fs')" }), "syntax", /^behaviors\.mine: /],
    ["a declaration with a key that does not exist", withOwn({ step: "x" }), "unknown-name", /^behaviors\.mine\.step: there is no key step/],
    ["a behavior called like a standard one", { ...base, behaviors: { Leak: {} } }, "duplicate-name", /^behaviors\.Leak: /],
    ["an unknown method", withCells({ method: "eular" }), "method-does-not-apply", /^populations\[0\]: [^]*eular/],
  ])("%s", (_, file, code, message) => {
    const refusal = refusalOf(file);
    expect(refusal.message).toMatch(message);
    expect(refusal.code).toBe(code);
    expect(refusal.remedy).toBeTruthy();
  });

  it("more neurons and synapses than are allowed, before they are made", () => {
    expect(refusalOf(withCells({ n: [100_000, 100_000, 100_000] })).message).toMatch(/^populations\[0\]\.n: .*at most 20000000/);
    const all = { connect: { use: "allToAll" } };
    expect(refusalOf(withProjection(all), { maxSynapses: 8 }).message).toMatch(/^projections\[0\]: .* 9 synapses .* at most 8/);
    expect(() => loadNetwork(withProjection(all), { maxSynapses: 9 })).not.toThrow();
  });

  it("overrides of what is not there", () => {
    expect(refusalOf(base, { set: { "cels.tau": 1 } }).candidates).toEqual(["cells"]);
    expect(refusalOf(base, { set: { "cells.taw": 1 } }).message).toMatch(/taw[^]*tau/);
    expect(refusalOf(base, { set: { tau: 1 } }).remedy).toMatch(/cells\.tau/);
  });
}); // prettier-ignore
