/** Names that TypeScript keeps for itself. */

/** Words that no constant of TypeScript may be called. */
export const keywords: ReadonlySet<string> = new Set(
  "break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield let static implements interface package private protected public await async".split(
    " ",
  ),
);
