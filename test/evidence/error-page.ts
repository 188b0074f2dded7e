/** `npm run errors` writes `docs/errors.md`: every code, what it means, what leads to it, and what helps. */
import { errorCodes, errorGuide, type ErrorCode } from "@neuroweave/equations";
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { format } from "prettier";

export const errorPage = "docs/errors.md";

const introduction = `# Codes of errors

Whatever Neuroweave refuses, it refuses with one type of error: a \`NeuroweaveError\`. Its \`code\` is one of this table and does not change
between versions, so that programs can branch on it; its \`message\` names the place and the cure for people.

\`\`\`ts
import { createNetwork, NeuroweaveError } from "neuroweave";

try {
  createNetwork({ dt: -1 });
} catch (error) {
  if (!(error instanceof NeuroweaveError) || error.code !== "invalid-dt") throw error;
  console.log(error.remedy);
}
\`\`\`
`;

/** A vertical bar would end its cell. */
const cell = (text: string): string => text.replaceAll("|", "\\|");

/** The page as it must be. */
export function errorPageText(): Promise<string> {
  const rows = (Object.keys(errorCodes) as ErrorCode[]).sort().map((code) => {
    const { cause, remedy } = errorGuide[code];
    return `| \`${code}\` | ${[errorCodes[code], cause, remedy].map(cell).join(" | ")} |`;
  });
  const table = ["| code | meaning | what usually leads to it | what helps |", "| --- | --- | --- | --- |", ...rows];
  return format(`${introduction}\n${table.join("\n")}\n`, {
    parser: "markdown",
    printWidth: 120,
    trailingComma: "all",
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) writeFileSync(errorPage, await errorPageText());
