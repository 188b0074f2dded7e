/** Names that a model or behavior takes, options included. */
export type NamesOf<Factory> = Factory extends (values?: infer Values) => unknown ? keyof NonNullable<Values> : never;
