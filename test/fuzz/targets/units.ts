import { parseUnit, printUnit, sameUnit } from "@neuroweave/equations";
import { must, textOf, type Target } from "../target.ts";

/** Units as text. */
export const units: Target = {
  name: "units",
  seeds: ["mV", "pA*ms", "mV/ms", "nS mV", "ms^-0.5", "m^(1/2)", "sqrt(ms)", "1e-3*V", "%", "µF/(cm^2)"],
  words: ["m", "V", "A", "s", "Ohm", "Ω", "µ", "k", "^", "**", "/", "*", "·", "(", ")", "sqrt(", "1", "10", "1e", "-", "0.5", " ", "%", "1e300"],
  enter: (input) => {
    const unit = parseUnit(textOf(input));
    const printed = printUnit(unit);
    // What is too large, small or uneven for any prefix is printed for people only.
    const dimensions = Object.values(unit).filter((each) => typeof each === "number");
    if (dimensions.some((each) => !Number.isFinite(each) || Math.abs(each) > 1e9)) return;
    if (/^[\w%µΩ^*/ .-]+$/u.test(printed) && Number.isInteger(Math.log10(unit.scale)))
      must(sameUnit(parseUnit(printed), unit), `${printed} is another unit`);
  },
}; // prettier-ignore
