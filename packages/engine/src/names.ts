/** Names of columns that the engine keeps for itself; `~` cannot stand in a symbol. */
export const sumName = (input: string): string => `${input}~sum`;
export const historyName = (variable: string): string => `${variable}~history`;
