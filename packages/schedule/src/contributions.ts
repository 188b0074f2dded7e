/** What each enabled instance of an entity contributes, with names resolved and units checked. */
import {
  checkStatementUnits,
  mapExpression,
  NeuroweaveError,
  parseUnit,
  withPlace,
  type Equation,
  type Expression,
  type Unit,
} from "@neuroweave/equations";
import { resolveEquation, resolver, type BehaviorInstance, type Entity } from "@neuroweave/model";

/** One resolved equation and where it came from. */
export interface Contribution {
  readonly instance: BehaviorInstance;
  readonly equation: Equation;
  readonly source: string;
}

export interface EntityContributions {
  readonly equations: readonly Contribution[];
  readonly onSpike: readonly Contribution[];
  readonly spike: readonly { readonly instance: BehaviorInstance; readonly condition: Expression; readonly source: string }[];
  readonly spikeRequires: readonly Expression[];
  readonly holds: readonly { readonly instance: BehaviorInstance; readonly variables: readonly string[] | "all"; readonly while: Expression }[];
}

/** Resolves every text of an entity. Errors name the entity, the behavior and the place in its text. */
export function contributions(entity: Entity): EntityContributions {
  const units = unitsOf(entity);
  const result = { equations: [], onSpike: [], spike: [], spikeRequires: [], holds: [] } as {
    -readonly [K in keyof EntityContributions]: EntityContributions[K][number][];
  };
  for (const instance of entity.enabled()) {
    const { declaration } = instance;
    const names = resolver(entity.symbols, entity.attached, instance);
    const place = { entity: entity.name, behavior: instance.name };
    const within = <T>(source: string, make: () => T): T => {
      try {
        return make();
      } catch (error) {
        throw withPlace(error, { ...place, source });
      }
    };
    const own = (e: Expression): Expression => ownDraws(names.expression(e), instance);
    const equation = (each: Equation, source: string): Contribution =>
      within(source, () => {
        const resolved = mapDraws(resolveEquation(each, names), instance);
        checkTarget(entity, resolved);
        checkStatementUnits(resolved, units);
        return { instance, equation: resolved, source };
      });
    for (const { text, parsed } of declaration.equations)
      result.equations.push(...parsed.map((each) => equation(each, text)));
    for (const { text, parsed } of declaration.onSpike) result.onSpike.push(...parsed.map((each) => equation(each, text)));
    const { spike } = declaration;
    if (spike)
      result.spike.push({ instance, condition: within(spike.text, () => own(spike.parsed)), source: spike.text });
    for (const { text, parsed } of declaration.spikeRequires) result.spikeRequires.push(within(text, () => own(parsed)));
    for (const hold of declaration.holds)
      result.holds.push({
        instance,
        variables: hold.variables === "all" ? "all" : hold.variables.map((name) => within(name, () => names.name(name))),
        while: within("", () => own(hold.while)),
      });
  }
  return result;
}

/** Draws are named by their instance, so that two instances of a behavior draw different numbers. */
const ownDraws = (expression: Expression, { name }: BehaviorInstance): Expression =>
  mapExpression(expression, (inner) =>
    inner.kind === "draw" ? { ...inner, occurrence: `${name}/${inner.occurrence}` } : inner,
  );

function mapDraws(equation: Equation, instance: BehaviorInstance): Equation {
  const value = ownDraws(equation.value, instance);
  if (equation.kind === "assignment") return { ...equation, value };
  return { ...equation, value, factor: equation.factor && ownDraws(equation.factor, instance) };
}

function checkTarget(entity: Entity, equation: Equation): void {
  const { span } = equation;
  if (equation.kind === "derivative") {
    if (entity.symbols.get(equation.variable)?.kind === "state") return;
    throw new NeuroweaveError("unknown-symbol", `d${equation.variable}/dt is given, but ${equation.variable} is no state`, {
      span,
      remedy: `Declare it: state: { ${equation.variable}: { init: 0 } }.`,
    });
  }
  const kind = entity.symbols.get(equation.target)?.kind;
  if (kind === "state" || kind === "parameter") return;
  if (kind === "input") {
    if (equation.operator === "+=") return;
    throw new NeuroweaveError("two-owners", `${equation.target} is an input, a sum that every behavior may add to`, {
      span,
      remedy: `Write ${equation.target} += …`,
    });
  }
  throw new NeuroweaveError("not-an-equation", `${equation.target} cannot be assigned`, {
    span,
    remedy: "Assign a state variable or a parameter; for an intermediate write `let`.",
  });
}

function unitsOf(entity: Entity): (name: string) => Unit | undefined {
  const known = new Map<string, Unit>();
  for (const [name, { declaration }] of entity.symbols)
    if (declaration.unit !== undefined) known.set(name, parseUnit(declaration.unit));
  const ms = parseUnit("ms");
  return (name) => (name === "t" || name === "dt" || name === "t_last_spike" ? ms : known.get(name));
}
