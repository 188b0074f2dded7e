/** What usually leads to each code, and what helps: the second half of the table of errors. */
import type { ErrorCode } from "./error-codes.ts";

export interface ErrorGuide {
  /** What usually leads to it. */
  readonly cause: string;
  /** What to do, where the message itself says nothing better. */
  readonly remedy: string;
}

/** A row for every code of `errorCodes`. */
export const errorGuide: Readonly<Record<ErrorCode, ErrorGuide>> = {
  syntax: row("a bracket or an operator is missing, or a character is none of the language", "look at the underlined place; brackets must be in pairs, products need `*`"),
  "too-long": row("equations were made by a program, or a file was given in their place", "split the text over several behaviors"),
  "too-deep": row("brackets, conditionals or a sum of hundreds of terms are nested in one another", "name parts of it with `let`, or split the sum over several statements"),
  "too-large": row("each `let` uses the one before it more than once, so that the text doubles with every line", "make some of the intermediates state variables"),
  "not-an-equation": row("a line is an expression alone, or assigns with a sign that there is not", "write `dx/dt = …`, `x = …`, `x += …` or `let x = …`"),
  "unknown-function": row("a function of another language is called, or its name is misspelled", "use one of the candidates; the functions of the language are listed in the guide"),
  "wrong-arity": row("an argument was left out, or there is one too many", "give as many arguments as the message says"),
  "reserved-name": row("a parameter or state is called like a function or a symbol that is always there, or like a property of every JavaScript object", "choose another name"),
  "invalid-name": row("a name has a blank, a hyphen or a letter outside a-z, or begins with a digit", "use letters, digits and underscores"),
  "unknown-symbol": row("a symbol is misspelled, or the behavior that provides it is not in the list", "declare it as parameter, state or input, or add the behavior that provides it"),
  "used-before-definition": row("a `let` stands below the line that uses it", "move the `let` up"),
  "not-a-variable": row("`delayed` or the left side of an equation is given an expression", "name a state variable there"),
  "type-mismatch": row("a comparison is added to a number, or a number stands before `?`", "write `a > b ? 1 : 0` where a number is meant, and a comparison where a truth value is"),
  "unit-mismatch": row("a factor is missing in an equation, or a unit is declared wrongly", "correct the term or the declared unit; a bare number takes the unit of its neighbour"),
  "unknown-unit": row("a unit is misspelled, or is none of the known ones with a known prefix", "write units like `mV`, `pA*ms`, `1/ms`, or `1` for a pure number"),

  "duplicate-name": row("two things were given the same name, or a behavior was used twice without a name", "name one of them otherwise"),
  "unknown-name": row("a name or an option is misspelled, or belongs to something else", "use one of the candidates"),
  "ambiguous-name": row("two instances have a variable of this name", "write the instance before it: `g_exc.tau`"),
  "missing-companion": row("a behavior was used without one that it builds on", "add one of the behaviors that the message names"),
  "two-owners": row("two behaviors both say `=` for one variable, or both decide about the same thing", "use `+=` for what is added, or leave one of them out"),
  "cyclic-order": row("behaviors ask to run before one another in a circle", "remove one `before` or `after`"),
  structure: row("populations do not have the shape or place that a connector needs, or a call does not fit the kind of population", "give the population a shape or positions, or choose another connector"),

  "wrong-length": row("a list has not one value for each neuron or synapse", "give one number for all, or as many as the message says"),
  "state-names": row("a state is loaded into a network with other populations or behaviors", "load it into a network that is made as the first one was"),
  "not-finite": row("a value came out of a calculation as NaN or infinite", "check the calculation before the value is given"),
  "out-of-range": row("a value has the wrong sign, unit or order of magnitude", "give a value in the range that the message names"),
  "invalid-dt": row("the step was left out, or is zero, negative or a text", "give `dt` in ms, such as 0.1"),
  "invalid-n": row("the number of neurons is zero, broken or a text", "give a whole number from 1 on"),
  "off-grid": row("a duration is given that dt does not divide", "give a multiple of dt"),
  "negative-duration": row("a run or a wait was computed from two times in the wrong order", "give a duration of zero or more"),
  "invalid-value": row("a text stands where a number is meant, or a plain value where a list or function is", "give what the message names"),

  "method-does-not-apply": row("`exact` is asked for equations that are not linear, or a method for noise that it cannot take", "leave `method` out, or choose one that the message names"),
  "not-supported": row("the device cannot run here, or the precision cannot store what is asked", 'use the device "auto"'),
  "non-finite-state": row("the step is too long for the equations, or a parameter lets them grow without end", "shorten dt, choose a method of higher order, or watch where it begins with `net.watch`"),
  "broken-invariant": row("host code has written what a device relies on; otherwise a defect of the framework", "look for host code that writes into columns of others"),
  "silent-population": row("input or weights are too small, or a threshold is too high", "look at the input of the population, or let the watch only warn"),
  "exploding-population": row("excitation is too strong for the inhibition, or a refractory time is missing", "scale the weights down, or let the watch only warn"),
  "host-threw": row("a `step` of a behavior, an environment or a callback threw", "the error itself is in `cause`; the network stands at the border before that step"),
  "wrong-moment": row("a network is changed or run while it is running", "await the run first, or use `net.every`"),
  snapshot: row("bytes are damaged, cut off, or of a network that is made otherwise", "restore into a network that is made as the first one was; take an earlier checkpoint"),
  "out-of-memory": row("the network has more synapses or records more than memory holds", "make it smaller, record less with `keep`, or hand recordings on with `net.spill`"),
  "no-compiler": row("neither gcc nor clang is on the path", 'install one, name one in `CC`, or use the device "wasm"'),
  "compiler-failed": row("the compiler is none, is too old, or cannot write its output", "look at what it printed, and set `CC` to another compiler"),
  "library-failed": row("somebody else can write where libraries are kept, or programs may not be loaded from there", "set `NEUROWEAVE_CACHE` to a folder that is yours alone"),
  "missing-package": row("an optional package was not installed with the others", "install it with the command that the message gives"),
  "faulty-device": row("a device of a plugin gives back no program, does a number of steps that it was not asked for, or throws or says what is none when it is asked for its threads, text or notes", "choose another device, and tell the author: `checkDevice` of the test kit finds it"),
  "thread-lost": row("the system ended a thread or gives no more of them", "run with fewer threads; after a loss, restore the last snapshot into a new network"),

  "cannot-write": row("the folder is not there, is not yours, or the disk is full", "choose a folder that can be written to"),
  "unreadable-file": row("the path is wrong, or the file was cut off or is of another program", "check the path and the format; make the file again"),
  "would-lose": row("a number has more digits, or a table more columns, than the other format can say", "convert to a format that keeps it, or allow the loss where it does not matter"),

  "no-file": row("the path is misspelled, or the file is in another folder", "use one of the candidates, or give the path from the folder that you are in"),
  "experiment-file": row("the file gives neither a network nor a function that makes one, or throws while it is loaded", "let its default export be a network or a function; the guide to the command line has an example"),
  "not-resumable": row("the file, its options or the version have changed since the run was stopped; or the run is complete, or was never begun", "resume with what the run began with, or run anew with `--overwrite`"),

  "no-plugin": row("the name is misspelled, the package is not installed where the command is run, or its module exports no `plugin`", "install it there, or export what `definePlugin` returns as `plugin`"),
  conformance: row("a behavior depends on the device or the step, writes what it does not declare, or is not documented; a connector draws in another way when it is asked again; a device gives other bits than the reference, or stops elsewhere", "look at the checks that failed; `except` takes a reason where one does not apply"),

  internal: row("a defect of Neuroweave", "please report it with the network file or the program that leads to it"),
}; // prettier-ignore

function row(cause: string, remedy: string): ErrorGuide {
  return { cause, remedy };
}
