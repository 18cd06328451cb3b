/**
 * The web address of a host: admin-typed text, so only what is nothing but host, port and path becomes an address, and
 * always with https.
 */
export function hostUrl(host: string, virtualDirectory = ''): string | undefined {
  const text = `https://${host}${virtualDirectory}`;
  const isHost = /^[\w.-]+(?::\d+)?(?:\/[\w./-]*)?$/.test(host);
  // Anything but a path would lead elsewhere than the link says.
  const isPath = /^(?:\/[\w./-]*)?$/.test(virtualDirectory);
  return isHost && isPath && URL.canParse(text) ? new URL(text).href : undefined;
}
