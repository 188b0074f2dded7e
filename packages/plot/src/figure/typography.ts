/** Sizes of type in pixels of a figure at its own width. */
export const typeSize = { title: 17, label: 12.5, tick: 12, panel: 13 } as const;

/** The interface font of the reader's system; DejaVu and Arial where a renderer knows no system font. */
export const fontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', Arial, sans-serif";
