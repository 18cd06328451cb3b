/** What VS Code calls its remotes in its user interface, by `env.remoteName`. These are product names, which are not translated. */
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
  const encoded = /^[a-z-]+\+(.+)$/.exec(authority ?? '')?.[1] ?? '';
  // Without the user and the port of an SSH host.
  const name = /^(?:[\w.-]+@)?([\w.-]{1,64})(?::\d+)?$/.exec(decoded(encoded))?.[1];
  return `${remote}: ${name ?? hostname}`;
}

/** SSH hosts with a user, a port or capitals are written as hexadecimal JSON. Dev containers too, but without a name. */
function decoded(name: string): string {
  if (!/^[\da-f]{16,}$/i.test(name)) {
    return name;
  }
  try {
    const host = JSON.parse(Buffer.from(name, 'hex').toString()) as { hostName?: unknown } | null;
    return typeof host?.hostName === 'string' ? host.hostName : '';
  } catch {
    return '';
  }
}
