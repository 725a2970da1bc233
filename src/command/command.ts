import type { Output, Progress } from './output.js';

/**
 * How the program ends: `0` all is well; `1` there is something that a person should look at; `2` it could not be found out, or
 * done to its end; `3` a brake holds.
 */
export type ExitCode = 0 | 1 | 2 | 3;

/** An option, as it is read and as the help shows it. */
export interface CommandOption {
  /** What its value is called in the help. Without it the option is a switch. */
  readonly value?: string;
  readonly help: string;
  /** Whether it may be given several times. */
  readonly multiple?: true;
  readonly short?: string;
}

export type CommandOptions = Readonly<Record<string, CommandOption>>;

/** One of the things that the program does. */
export interface Command {
  readonly name: string;
  /** One line, for the list of all commands. */
  readonly summary: string;
  /** What its one argument without a name is called in the help; without it, it takes none. */
  readonly argument?: string;
  readonly options: CommandOptions;
  /** What the help says behind the options: paragraphs. */
  readonly details: readonly string[];
  /** What `0` and `1` mean here, and `3` where it has that. */
  readonly exits: { readonly 0: string; readonly 1?: string; readonly 3?: string };
  run(call: Call): Promise<ExitCode>;
}

/** What stands behind the name of a command. */
export interface Given {
  /** The argument without a name. */
  readonly argument: string | undefined;
  /** The value of an option; an empty one is a mistake. */
  text(name: string): string | undefined;
  /** All values of an option that may be given several times, or of one whose value is a list with commas. */
  list(name: string): readonly string[] | undefined;
  number(
    name: string,
    range?: { readonly least?: number; readonly most?: number; readonly whole?: boolean },
  ): number | undefined;
  has(name: string): boolean;
}

/** What a command is run with. */
export interface Call {
  readonly given: Given;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output: what was asked for, and nothing else. */
  readonly out: Output;
  /** Standard error: how far it has come, on a terminal only, and what to know. */
  readonly progress: Progress;
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
}
