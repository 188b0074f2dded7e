import * as neuroweave from "neuroweave";
import type { BehaviorDefinition, ModelDefinition } from "neuroweave";
import { describe, expect, it } from "vitest";
import { tablesOf } from "../../docs/reference/tables-of.ts";

const isDefinition = (value: unknown): value is BehaviorDefinition | ModelDefinition =>
  typeof value === "function" && "kind" in value && ["definition", "model definition"].includes(String(value.kind));

const definitions = Object.entries(neuroweave).filter(([, value]) => isDefinition(value));

describe("behaviors and models in the reference", () => {
  it.each(definitions)(
    "%s has every parameter with unit and meaning, every variable and every statement",
    (_, value) => {
      const definition = value as BehaviorDefinition | ModelDefinition;
      const text = tablesOf(definition);
      const lines = text.split("\n").map((line) => line.trim());
      const members = definition.kind === "definition" ? [definition] : definition.members;
      for (const member of members) {
        const declared = member.kind === "definition" ? member.describe() : member.declaration;
        for (const [name, { unit, doc }] of [...declared.parameters, ...declared.states, ...declared.inputs]) {
          const rows = lines.filter((line) => line.startsWith(`| \`${name}\` |`));
          expect(rows.some((row) => row.includes(unit ?? "") && row.includes((doc ?? "").slice(0, 20)))).toBe(true);
        }
        for (const { text: statements } of [...declared.equations, ...declared.onSpike, ...declared.onPre])
          for (const statement of statements.split("\n").map((line) => line.trim())) expect(lines).toContain(statement);
      }
      expect(text).toMatch(/Source: \S/u);
    },
  );

  it("is refused for what is neither", () => {
    expect(() => tablesOf(neuroweave.uniform(0, 1))).toThrow("not a behavior or a model");
    expect(() => tablesOf(undefined)).toThrow("not a behavior or a model");
  });
});
