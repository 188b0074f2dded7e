/** Names of columns that the engine keeps for itself; `~` cannot stand in a symbol. */
export const sumName = (input: string): string => `${input}~sum`;
/** What a variable was before a group of simultaneous stages. */
export const beforeName = (variable: string): string => `${variable}~before`;
export const isSetAside = (name: string): boolean => name.endsWith(beforeName(""));
export const historyName = (variable: string): string => `${variable}~history`;
/** The variable of a history's name. */
export const variableOf = (history: string): string => history.slice(0, -"~history".length);
