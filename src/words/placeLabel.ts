/** How VS Code names its remotes to people, by `env.remoteName`. These are product names, which are not translated. */
const REMOTES: ReadonlyMap<string, string> = new Map([
  ['ssh-remote', 'SSH'],
  ['wsl', 'WSL'],
  ['dev-container', 'Dev Container'],
  ['attached-container', 'Container'],
  ['codespaces', 'GitHub Codespaces'],
  ['tunnel', 'Tunnel'],
]);

/**
 * The name of a remote machine, e.g. `SSH: build-7`.
 *
 * @param remoteName as in `env.remoteName`
 * @param authority of a folder on that machine, e.g. `ssh-remote+build-7`; for some remotes it is encoded
 * @param hostname the machine's own name, used if the authority does not name it
 */
export function placeLabel(
  remoteName: string | undefined,
  authority: string | undefined,
  hostname: string,
): string {
  const remote = REMOTES.get(remoteName ?? '');
  if (remote === undefined) {
    return hostname;
  }
  const name = /^[a-z-]+\+(.+)$/.exec(authority ?? '')?.[1] ?? '';
  // Dev containers, and SSH hosts with a user or port, are written as hexadecimal JSON.
  const isReadable = /^[\w.-]{1,64}$/.test(name) && !/^[\da-f]{16,}$/i.test(name);
  return `${remote}: ${isReadable ? name : hostname}`;
}
