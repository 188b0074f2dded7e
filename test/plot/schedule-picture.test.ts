import { schedulePicture } from "@neuroweave/plot";
import { COBACell, createNetwork, fixedProbability, PairSTDP, Recorder, WeightBounds } from "neuroweave";
import { describe, expect, it } from "vitest";
import { byClass, byName, findAll, readMarkup } from "./read-markup.ts";
import type { MarkupNode } from "./read-markup.ts";

const net = createNetwork({ dt: 0.1, seed: 2 });
const cells = net.population("cells", 50, [COBACell(), Recorder({ variables: ["v"], every: 0.1 })]);
const others = net.population("others", 50, [COBACell()]);
net.projection("learning", { source: cells, target: others, connect: fixedProbability(0.2), receptor: "g_exc", weight: 1, behaviors: [PairSTDP(), WeightBounds({ min: 0, max: 2 })] }); // prettier-ignore
const plan = net.explain();
const options = { title: "One step", stages: plan.stages, kernels: plan.kernels };
const page = readMarkup(schedulePicture(options));

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
const boxOf = (node: MarkupNode): Box => {
  const { attributes } = findAll(node, byName("rect"))[0]!;
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(attributes.get(name)));
  return { left: x!, right: x! + width!, top: y!, bottom: y! + height! };
};
const wordsOf = (node: MarkupNode): string => findAll(node, byName("title"))[0]!.text;
const boxes = new Map(
  findAll(page, byClass("nw-stage")).map((node) => [Number(/^Stage (\d+) /u.exec(wordsOf(node))![1]), boxOf(node)]),
);

describe("the schedule as a picture", () => {
  it("has a box for each stage, with its entity, phase and behaviors in words", () => {
    expect([...boxes.keys()].sort((a, b) => a - b)).toEqual(plan.stages.map(({ index }) => index));
    const said = findAll(page, byClass("nw-stage")).map(wordsOf);
    for (const { entity, phase, behaviors } of plan.stages)
      expect(
        said.some((words) => words.includes(`of ${entity}, ${phase}`) && words.endsWith(behaviors.join(", "))),
      ).toBe(true);
  });

  it("lets time run downwards: what comes later stands lower, what is simultaneous is in one band, lanes are entities", () => {
    for (const one of plan.stages)
      for (const other of plan.stages) {
        const [a, b] = [boxes.get(one.index)!, boxes.get(other.index)!];
        const later = one.priority < other.priority || (one.priority === other.priority && one.level < other.level);
        if (later) expect(b.top).toBeGreaterThan(a.bottom);
        if (one !== other) expect(a.left === b.left).toBe(one.entity === other.entity);
        if (one !== other && a.left === b.left) expect(a.bottom < b.top || b.bottom < a.top).toBe(true);
      }
  });

  it("frames each kernel around exactly its stages", () => {
    const frames = findAll(page, byClass("nw-kernel"));
    expect(frames).toHaveLength(plan.kernels.length);
    plan.kernels.forEach(({ name, stages }, j) => {
      expect(wordsOf(frames[j]!)).toContain(name);
      const frame = boxOf(frames[j]!);
      const lane = plan.stages.filter(
        ({ index }) => boxes.get(index)!.left > frame.left && boxes.get(index)!.right < frame.right,
      );
      const inside = lane.filter(
        ({ index }) => boxes.get(index)!.top > frame.top && boxes.get(index)!.bottom < frame.bottom,
      );
      for (const index of stages) expect(inside.map((stage) => stage.index)).toContain(index);
    });
  });

  it("orders lanes as asked, gives the same bytes again, and says when there is nothing to do", () => {
    expect(schedulePicture(options)).toBe(schedulePicture(options));
    const turned = readMarkup(schedulePicture({ ...options, lanes: ["learning", "others", "nobody", "cells"] }));
    const heads = findAll(turned, byName("text"))
      .filter(
        ({ attributes, text }) =>
          attributes.get("font-weight") === "600" && ["learning", "others", "cells"].includes(text),
      )
      .sort((a, b) => Number(a.attributes.get("x")) - Number(b.attributes.get("x")));
    expect(heads.map(({ text }) => text)).toEqual(["learning", "others", "cells"]);
    expect(schedulePicture({ title: "Nothing", stages: [] })).toContain("nothing to do in a step");
  });

  it("takes hostile names as text", () => {
    const hostile = `</svg><script>"'&`;
    const stages = plan.stages.map((stage) => ({ ...stage, entity: hostile, phase: hostile, behaviors: [hostile], kind: hostile, method: hostile })); // prettier-ignore
    const svg = readMarkup(
      schedulePicture({ title: hostile, stages, kernels: [{ name: hostile, entity: hostile, stages: [0] }] }),
    );
    expect(findAll(svg, byName("script"))).toEqual([]);
    expect(findAll(svg, byClass("nw-stage"))).toHaveLength(plan.stages.length);
  });
});
