/** What one check found. */
export interface Finding {
  readonly ok: boolean;
  readonly detail: string;
}

export const passed = (detail: string): Finding => ({ ok: true, detail });
export const failed = (detail: string): Finding => ({ ok: false, detail });

/** The lines of a message behind one another. */
export const onOneLine = (message: string): string =>
  message
    .split("\n")
    .map((line) => line.trim())
    .join(" | ");
