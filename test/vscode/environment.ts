/** An environment for a child process; `undefined` removes a variable. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What must not reach a VS Code under test: the user's own Ona and Gitpod sign-in, and what another VS Code, a debugger
 * or npm left in the environment that these tests were started from.
 */
const foreign = /^(ONA_|GITPOD_|VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$)/i;

/** The environment of this process without what must not reach a VS Code under test, and with `changes` applied. */
export function cleanEnvironment(changes: Environment = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const all = [...kept, ...Object.entries(changes)];
  return Object.fromEntries(
    [...new Map(all)].filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
