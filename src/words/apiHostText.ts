/** About what fits on a line of a quick pick, even in a narrow window. */
const MAX_LENGTH = 40;

const LEFT_OUT = '[…]';

/**
 * The host of a URL for a line that VS Code cuts at its end. The end of a host says whose it is, so a long one is
 * shortened here instead, at its start: `app.gitpod.io.<…>.evil.example` must not look like Ona's own.
 *
 * @param url an origin or an API address
 */
export function apiHostText(url: string): string {
  const { host } = new URL(url);
  if (host.length <= MAX_LENGTH) {
    return host;
  }
  const labels = host.split('.');
  let text = labels.splice(-2).join('.');
  for (let label = labels.pop(); label !== undefined; label = labels.pop()) {
    if (`${LEFT_OUT}.${label}.${text}`.length > MAX_LENGTH) {
      return `${LEFT_OUT}.${text}`;
    }
    text = `${label}.${text}`;
  }
  return text;
}
