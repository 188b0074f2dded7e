/** What the command ends with. Scripts branch on these numbers; they do not change. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  output: 3,
  interrupted: 130,
} as const;

/** One of the numbers of `exitCodes`. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What each of them means, in the words of `--help`. */
export const exitCodeMeanings: Readonly<Record<ExitCode, string>> = {
  0: "done",
  1: "the run failed, or the file that was given has an error",
  2: "wrong usage: an option, a command or a file that does not exist",
  3: "output could not be written; what was written stays readable",
  130: "interrupted (Ctrl-C); what there was has been written",
};
