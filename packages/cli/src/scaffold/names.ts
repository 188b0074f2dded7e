/** Names of what is made by `neuroweave new`. */
import { isName, reservedNames } from "@neuroweave/equations";
import { usageFailure } from "../failure.ts";
import { keywords } from "../source/keywords.ts";

export interface ScaffoldName {
  /** As files are called: slow-potassium. */
  readonly kebab: string;
  /** As behaviors are called: slowPotassium. */
  readonly camel: string;
  /** As their factories are called: SlowPotassium. */
  readonly pascal: string;
}

const longest = 60;

/** Words for files and code of a name in kebab-case. Refuses every other spelling, with the one that fits, and names with a fixed meaning. */
export function scaffoldName(given: string): ScaffoldName {
  const kebab = given;
  const camel = kebab.replace(/-(.)/gu, (_, letter: string) => letter.toUpperCase());
  const fits = given.length <= longest && /^[a-z][a-z\d]*(?:-[a-z\d]+)*$/u.test(given);
  if (fits && isName(camel) && !reservedNames.has(camel) && !keywords.has(camel))
    return { kebab, camel, pascal: camel[0]!.toUpperCase() + camel.slice(1) };
  const proposed = given.replace(/([a-z\d])([A-Z])/gu, "$1-$2").toLowerCase().replaceAll(/[^a-z\d]+/gu, "-").replace(/^[-\d]+/u, "").replace(/-$/u, "").slice(0, longest);
  throw usageFailure("invalid-name", `${given} cannot be the name of files and code`, {
    remedy: fits
      ? "The name has a fixed meaning; choose another."
      : `Use small letters, digits and hyphens${proposed === "" ? ": slow-potassium." : `: ${proposed}.`}`,
  });
} // prettier-ignore
