/**
 * Every code a `NeuroweaveError` can carry, with its one-line meaning. Codes are stable: programs branch on them.
 * All packages list theirs here, so that one table answers what can go wrong; add a row to add a code.
 */
export const errorCodes = {
  // Text of equations
  syntax: "the text does not follow the grammar of expressions and equations",
  "too-long": "the text is longer than the parser accepts",
  "too-deep": "the expression is nested deeper than the parser accepts",
  "too-large": "inlining definitions or bindings would make the expression larger than is accepted",
  "not-an-equation": "a statement is none of `dx/dt = …`, `x = …`, `x += …`, `let x = …`",
  "unknown-function": "a call names no function of the language",
  "wrong-arity": "a function is called with a wrong number of arguments",
  "reserved-name": "a name is used or declared that has a fixed meaning, or that is refused for safety",
  "invalid-name": "a name is not letters, digits and underscores, beginning with a letter or underscore",
  "unknown-symbol": "a symbol in an expression has no value and no provider",
  "used-before-definition": "a `let` is used above the line that defines it",
  "not-a-variable": "a place that takes the name of a variable holds another expression",
  "type-mismatch": "a truth value stands where a number is needed, or the other way round",
  "unit-mismatch": "a term does not have the unit that its place demands",
  "unknown-unit": "a declared unit is not understood",

  // Declarations, names and composition
  "duplicate-name": "a name is taken twice where it must be unique",
  "unknown-name": "no entity, behavior, column or parameter has this name",
  "ambiguous-name": "a bare name fits more than one thing",
  "missing-companion": "a behavior reads a symbol that no other instance provides",
  "two-owners": "two behaviors own what only one may own",
  "cyclic-order": "the order that behaviors ask for contains a cycle",
  structure: "the network does not have the structure that the call needs",

  // Values
  "wrong-length": "an array or list has a wrong number of entries",
  "state-names": "the names of a state that is loaded do not match those of the network",
  "not-finite": "a value that must be finite is not",
  "out-of-range": "a value lies outside the range that is declared for it",
  "invalid-dt": "the time step is not a positive finite number",
  "invalid-n": "the number of neurons is not a positive integer",
  "off-grid": "a duration is not a whole number of steps",
  "negative-duration": "a duration is below zero",
  "invalid-value": "a value has a type or form that its place does not take",

  // Methods, devices and running
  "method-does-not-apply": "the integration method cannot integrate these equations",
  "not-supported": "the chosen device or precision cannot do what is asked",
  "non-finite-state": "a state variable became infinite or not a number during a run",
  "broken-invariant": "something that holds at every step border does not hold",
  "silent-population": "a population that is watched fires less than it should",
  "exploding-population": "a population that is watched fires more than it should",
  "host-threw": "a behavior, an environment or another function written in TypeScript threw an error",
  "wrong-moment": "the call is not possible in the present state of the network",
  snapshot: "a snapshot cannot be read or does not fit the network",
  "out-of-memory": "the memory that a network needs cannot be had",
  "no-compiler": "a device needs a C compiler and none is found",
  "compiler-failed": "the C compiler refused a program, did not come back in time or did not do what it was asked",
  "library-failed": "a compiled library cannot be loaded, or is not the one that was built",
  "missing-package": "an optional package is needed and not installed",
  "thread-lost": "a thread of a network has ended, or cannot be started",
  "faulty-device": "a device did not do what every device promises",

  // Files
  "cannot-write": "a file or folder cannot be written",
  "unreadable-file": "a file cannot be read: it is not there, damaged, of another format, or larger than is accepted",
  "would-lose": "a conversion would lose something that the other format cannot keep",

  // The command line
  "no-file": "a file or folder does not exist or cannot be read",
  "experiment-file": "an experiment file cannot be loaded, or gives no network that can be run as asked",
  "not-resumable": "a folder of results does not belong to the run that is to be resumed",

  // Plugins
  "no-plugin": "what is named as a plugin is not there, cannot be loaded, or exports none",
  conformance: "a behavior, model, connector or device does not pass the checks of the test kit",

  internal: "a stage handed on something that its checker refuses; this is a defect of the framework",
} as const satisfies Readonly<Record<string, string>>;

/** One of the stable codes of `errorCodes`. */
export type ErrorCode = keyof typeof errorCodes;
