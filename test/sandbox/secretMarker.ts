/** Part of every secret in every answer, so that tests can look for it where no secret belongs. */
export const SECRET_MARKER = 'sandbox-secret-never-show-this';
/** The same in fields of type bytes, which JSON encodes as base64. */
export const SECRET_MARKER_BASE64 = Buffer.from(SECRET_MARKER).toString('base64');
