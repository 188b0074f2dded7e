import { parseUnit, sameDimensions } from "@neuroweave/equations";
import { defineBehavior, isDistribution, Phase } from "@neuroweave/model";
import { createNetwork } from "neuroweave";
import { describe, expect, it } from "vitest";
import { AdEx, Leak, LIF, MembraneNoise, StepCurrent } from "@neuroweave/behaviors";
import { refusal } from "../equations/refusal.ts";
import { behaviors, declarationIn, membersOf, models, rules } from "./library.ts";

const duration = parseUnit("ms");

describe.each(behaviors)("behavior %s", (exported, behavior) => {
  const declaration = behavior.describe();

  it("is named as it is exported, says what it does and where it comes from", () => {
    expect(behavior.behavior).toBe(exported.charAt(0).toLowerCase() + exported.slice(1));
    expect(declaration.doc).toMatch(/^[A-Z].*\.$/);
    expect(declaration.source.length).toBeGreaterThan(10);
  });

  it("documents every parameter, state and input", () => {
    for (const { doc } of [
      ...declaration.parameters.values(),
      ...declaration.states.values(),
      ...declaration.inputs.values(),
    ])
      expect(doc).toMatch(/^\S.{3,}/);
  });

  it("has defaults within their ranges, and units that can be read", () => {
    for (const [name, { default: value, min = -Infinity, max = Infinity, unit }] of declaration.parameters) {
      expect(typeof value, name).toBe("number");
      expect(value, name).toBeGreaterThanOrEqual(min);
      expect(value, name).toBeLessThanOrEqual(max);
      if (unit !== undefined) expect(parseUnit(unit).dims, name).toHaveLength(6);
    }
  });

  it("accepts no time, conductance, capacitance or rate below zero", () => {
    const never = ["ms", "nS", "mS/cm^2", "pF", "uF/cm^2", "Hz", "MOhm"];
    for (const [name, { unit, min }] of declaration.parameters) {
      const measures = unit !== undefined && never.some((each) => sameDimensions(parseUnit(each), parseUnit(unit)));
      // Rates of recovery are negative in two panels of Izhikevich 2004, and couplings may have either sign.
      if (measures && !["a", "b", "alpha"].includes(name) && unit !== "1/ms")
        expect(min, name).toBeGreaterThanOrEqual(0);
    }
  });

  it("is on the grid where a parameter is a moment or a refractory time", () => {
    for (const [name, { unit, onGrid }] of declaration.parameters) {
      const isDuration = unit !== undefined && sameDimensions(duration, parseUnit(unit));
      if (isDuration) expect(onGrid ?? false, name).toBe(/^(start|stop|tau_ref|t_clamp)$/.test(name));
    }
  });
});

describe("symbols that behaviors share", () => {
  it("have one declaration, whoever declares them", () => {
    const seen = new Map<string, unknown>();
    for (const [, behavior] of behaviors.filter(([, each]) => each.describe().scope === "shared"))
      for (const name of ["R", "v_rest", "C", "phi"]) {
        const own = behavior.describe().parameters.get(name);
        // The capacitance of the models in pF is another parameter than that per area.
        const key = `${name} in ${own?.unit}`;
        if (own) expect(seen.set(key, seen.get(key) ?? own).get(key), key).toEqual(own);
      }
    expect([...seen.keys()].sort()).toEqual(["C in pF", "C in uF/cm^2", "R in MOhm", "phi in 1/ms", "v_rest in mV"]);
  });
});

describe.each(models)("model %s", (exported, model) => {
  it("is named as it is exported, with its source and method", () => {
    expect(model.model).toBe(exported);
    expect(model.options.doc).toMatch(/\.$/);
    expect(model.options.source?.length).toBeGreaterThan(5);
    expect(model.options.method).toMatch(/^(euler|exponentialEuler|exact|rk4)$/);
  });

  it("runs with nothing given, its units agreeing, at rest and silent for 20 ms", async () => {
    const net = createNetwork({ dt: 0.01, seed: 1 });
    const cells = net.population("cells", 3, model);
    await net.run(20);
    expect(cells.spikes().ids).toHaveLength(0);
  });

  it("is held to its units: with its first state in kg it is refused", () => {
    const net = createNetwork({ dt: 0.01, seed: 1 });
    const first = membersOf(model).find((each) => declarationIn(model, each).equations.length > 0);
    const definition = model.members.find((each) => each.kind === "definition" && each.behavior === first);
    if (definition?.kind !== "definition") throw new Error(`${exported} begins with an instance`);
    const [state] = definition.describe().states.keys();
    const wrong = model.replace(definition, definition.redeclare({ [state!]: { unit: "kg" } }));
    expect(refusal(() => net.population("cells", 1, wrong)).code).toBe("unit-mismatch");
  });
});

describe.each(rules)("rule %s", (exported, { model, options }) => {
  it("is named as it is exported, with what it does and its source", () => {
    expect(model).toBe(exported);
    expect(options.doc).toMatch(/\.$/);
    expect(options.source?.length).toBeGreaterThan(5);
  });
});

describe("what models are woven from", () => {
  it.each([
    ["LIF", ["leak", "currentInput", "fire"]],
    ["ELIF", ["leak", "currentInput", "fire", "exponentialUpstroke"]],
    ["AELIF", ["leak", "currentInput", "fire", "exponentialUpstroke", "adaptation"]],
    ["AdEx", ["membraneConstants", "leak", "currentInput", "exponentialUpstroke", "adaptation", "fire"]],
    ["AdExIF", ["leak", "currentInput", "exponentialUpstroke", "adaptation", "fire"]],
    ["Izhikevich", ["izhikevichMembrane", "izhikevichRecovery", "fire", "refractory"]],
    ["QIF", ["quadraticMembrane", "fire", "refractory"]],
    ["QIFMeanField", ["quadraticMeanField", "noiseOfVoltage", "noiseOfRate"]],
    ["HodgkinHuxley", ["capacitiveMembrane", "sodiumChannel", "potassiumChannel", "leakConductance", "upwardCrossing"]],
    [
      "TraubMiles",
      ["capacitiveMembrane", "traubMilesSodium", "traubMilesPotassium", "leakConductance", "upwardCrossing"],
    ],
    ["CUBACell", ["leak", "currentInput", "fire", "refractory", "g_exc", "g_inh"]],
    ["RateNeuron", ["rateDynamics", "transfer"]],
    ["COBACell", ["leak", "currentInput", "fire", "refractory", "g_exc", "g_inh"]],
  ])("%s lists %j", (name, members) => {
    const found = models.find(([exported]) => exported === name);
    expect(membersOf(found![1])).toEqual(members);
  });

  it("nothing else ships", () => {
    expect(models.map(([name]) => name).sort()).toEqual(
      [
        "AELIF",
        "AdEx",
        "AdExAfterpotential",
        "AdExIF",
        "COBACell",
        "CUBACell",
        "ELIF",
        "HodgkinHuxley",
        "Izhikevich",
        "LIF",
        "QIF",
        "QIFMeanField",
        "RateNeuron",
        "TraubMiles",
      ].sort(),
    );
  });
});

describe.each(rules)("rule %s", (exported, rule) => {
  it("is named as it is exported, with its source", () => {
    expect(rule.model).toBe(exported);
    expect(rule.options.doc).toMatch(/\.$/);
    expect(rule.options.source?.length).toBeGreaterThan(10);
  });

  it("documents what its behaviors do, and every parameter and state", () => {
    for (const { declaration } of rule().members) {
      expect(declaration.doc).toMatch(/^[A-Z].*\.$/);
      expect(declaration.source.length).toBeGreaterThan(10);
      for (const { doc } of [...declaration.parameters.values(), ...declaration.states.values()])
        expect(doc).toMatch(/^\S.{3,}/);
    }
  });

  it("marks what learns, and lets traces go on", () => {
    const adaptive = rule().members.filter(({ declaration }) => declaration.adaptive);
    expect(adaptive.length).toBeGreaterThan(0);
    for (const { name } of adaptive) expect(name).not.toMatch(/^(pre|post|conex).*Trace$/i);
  });
});

describe("units", () => {
  const Channel = defineBehavior({
    name: "channel",
    parameters: { g: { default: 1, unit: "nS" }, E: { default: 0, unit: "mV" } },
    requires: ["v", "I"],
    equations: "I += g * (E - v)",
  });

  it("let a conductance in nS join AdEx, whose input is in pA, and refuse one in uS", () => {
    const net = createNetwork({ dt: 0.1 });
    expect(net.population("cells", 1, [AdEx(), Channel()]).n).toBe(1);
    const larger = Channel.redeclare({ g: { unit: "uS" } });
    expect(refusal(() => net.population("others", 1, [AdEx(), larger()])).code).toBe("unit-mismatch");
  });

  it("leave the input of LIF open to any, as its source does", () => {
    const net = createNetwork({ dt: 0.1 });
    for (const unit of ["nS", "uS"])
      expect(net.population(unit, 1, [LIF(), Channel.redeclare({ g: { unit } })()]).n).toBe(1);
  });
});

describe("where behaviors stand", () => {
  it("stimuli at Input, integration at Dynamics, noise on the voltage with it", () => {
    expect(StepCurrent.describe().priority).toBe(Phase.Input);
    expect(Leak.describe().priority).toBe(Phase.Dynamics);
    expect(MembraneNoise.describe().priority).toBe(Phase.Dynamics);
  });

  it("stimuli, sources, receptors and what synapses do keep their symbols to themselves", () => {
    const scopes = Object.fromEntries(behaviors.map(([name, each]) => [name, each.describe().scope]));
    const own = Object.keys(scopes).filter((name) => scopes[name] === "instance");
    expect(own.sort()).toEqual(
      [
        "AlphaConductance",
        "AlphaCurrent",
        "ApicalDendrite",
        "ConductanceReceptor",
        "ConstantCurrent",
        "CorrelatedSource",
        "CouplingReceptor",
        "CurrentCoefficient",
        "CurrentReceptor",
        "DelayedReward",
        "DeltaReceptor",
        "DistalDendrite",
        "DoubleExponentialConductance",
        "DoubleExponentialCurrent",
        "GapJunction",
        "InhomogeneousPoissonSource",
        "KWTA",
        "LateralInhibition",
        "MembraneNoise",
        "NMDAReceptor",
        "NoisyCurrent",
        "PoissonInput",
        "PoissonSource",
        "PopulationRate",
        "ProximalDendrite",
        "RampCurrent",
        "RateCoupling",
        "RewardPrediction",
        "SignalPulses",
        "SignalSchedule",
        "SineCurrent",
        "SpikeTrain",
        "StepCurrent",
        "StochasticRelease",
        "TimedCurrent",
        "TimedPoissonSource",
        "TsodyksMarkram",
        "WeightClip",
        "WeightDecay",
        "WeightNormalization",
      ].sort(),
    );
  });
});

describe("start values", () => {
  it("are at rest: v_rest, E_L, -65 with u = b·v, and uniform(0, 0.05) for the mean field", () => {
    expect(declarationIn(LIF, "leak").states.get("v")?.init).toBe("v_rest");
    expect(declarationIn(AdEx, "leak").states.get("v")?.init).toBe("E_L");
    const meanField = behaviors.find(([name]) => name === "QuadraticMeanField")![1].describe().states;
    for (const name of ["r", "v"]) {
      const init = meanField.get(name)?.init;
      expect(isDistribution(init) && init.text).toBe("uniform(0, 0.05)");
    }
  });
});
