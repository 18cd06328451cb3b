/** Where an error comes from, for the log. Its message is left out, because it may quote a secret that was read. */
export function traceOf(error: unknown): string {
  return error instanceof Error ? `${error.name} ${error.stack?.replace(error.message, '')}` : typeof error;
}
