/** The flow of two variables of one neuron on a grid, sampled from the composed equations. */
import { checkNumber, checkOptions, checkWhole, NeuroweaveError } from "@neuroweave/equations";
import type { Population } from "./population.ts";
import type { Shape } from "./shapes.ts";

/** What an axis may show. */
type Variable<S extends Shape> = S["variables"] | `${string}.${S["variables"]}`;

/** One axis of a phase plane: `n` values (64 unless said) from `from` to `to`, in the unit of the variable. */
export interface PhaseAxis<Name extends string = string> {
  readonly name: Name;
  readonly from: number;
  readonly to: number;
  readonly n?: number;
}

/** The two axes of a field, and the neuron that it is of. */
export interface PhaseFieldOptions<Name extends string = string> {
  readonly x: PhaseAxis<Name>;
  readonly y: PhaseAxis<Name>;
  /** Whose other variables, inputs and parameters count; 0 unless given. */
  readonly neuron?: number;
}

/** The values of one axis, ascending, with the name and unit of its variable. */
export interface PhaseScale {
  readonly name: string;
  readonly unit: string;
  readonly values: Float64Array;
}

/** Slopes on a grid as plain data, in row order: `dx[row * x.values.length + column]`, per ms. */
export interface PhaseField {
  readonly x: PhaseScale;
  readonly y: PhaseScale;
  readonly dx: Float64Array;
  readonly dy: Float64Array;
}

/** Slopes at any points of the plane, per ms. */
export type PhaseSlopes = (
  x: ArrayLike<number>,
  y: ArrayLike<number>,
) => { readonly dx: Float64Array; readonly dy: Float64Array };

/**
 * Samples d/dt of two variables on a grid, with everything else as the neuron has it at present; host code adds nothing. Take a
 * moment at which the neuron is not refractory: what is held has no slope. Throws `unknown-name`, `out-of-range`, and
 * `structure` for a variable without a differential equation.
 *
 *     phaseField(cells, { x: { name: "v", from: -80, to: -40 }, y: { name: "w", from: -100, to: 400 } })
 */
export function phaseField<S extends Shape>(
  population: Population<S>,
  options: PhaseFieldOptions<Variable<S>>,
): PhaseField {
  checkOptions("phaseField", options, ["x", "y", "neuron"]);
  const [x, y] = [scaleOf(population, "x", options.x), scaleOf(population, "y", options.y)];
  const columns = x.values.length;
  const count = columns * y.values.length;
  const at = (j: number): [number, number] => [x.values[j % columns]!, y.values[Math.floor(j / columns)]!];
  const xs = Float64Array.from({ length: count }, (_, j) => at(j)[0]);
  const ys = Float64Array.from({ length: count }, (_, j) => at(j)[1]);
  return { x, y, ...slopesOf(population, x.name, y.name, options.neuron)(xs, ys) };
}

/** The slopes of two variables of a neuron as a function of points, for what refines between the points of a grid. */
export function phaseSlopes<S extends Shape>(
  population: Population<S>,
  options: { readonly x: Variable<S>; readonly y: Variable<S>; readonly neuron?: number },
): PhaseSlopes {
  checkOptions("phaseSlopes", options, ["x", "y", "neuron"]);
  return slopesOf(population, options.x, options.y, options.neuron);
}

function slopesOf<S extends Shape>(population: Population<S>, ofX: string, ofY: string, neuron = 0): PhaseSlopes {
  const [x, y] = [ofX, ofY].map((name) => population.entity.find(name, "variable").name) as [string, string];
  if (x === y)
    throw new NeuroweaveError("structure", `both axes are ${x}`, {
      entity: population.name,
      remedy: "Give two variables.",
    });
  return (xs, ys) => {
    const slopes: Readonly<Record<string, Float64Array>> = population.derivatives({
      at: { [x]: xs, [y]: ys } as never,
      neuron,
    });
    const of = (name: string): Float64Array => {
      const found = slopes[name];
      if (found) return found;
      throw new NeuroweaveError("structure", `${name} has no differential equation`, {
        entity: population.name,
        candidates: Object.keys(slopes),
        remedy: `Those that have one are ${Object.keys(slopes).join(", ")}.`,
      });
    };
    return { dx: of(x), dy: of(y) };
  };
}

function scaleOf<S extends Shape>(population: Population<S>, which: "x" | "y", axis: PhaseAxis): PhaseScale {
  checkOptions(`phaseField: ${which}`, axis, ["name", "from", "to", "n"]);
  const { name, declaration } = population.entity.find(axis.name, "variable");
  const from = checkNumber(`phaseField: ${which}.from`, axis.from);
  const to = checkNumber(`phaseField: ${which}.to`, axis.to, { above: from });
  const n = checkWhole(`phaseField: ${which}.n`, axis.n ?? 64, 2, 2000);
  const values = Float64Array.from({ length: n }, (_, j) => from + ((to - from) * j) / (n - 1));
  return { name, unit: declaration.unit ?? "", values };
}
