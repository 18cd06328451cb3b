/*
 * In the bundles, this replaces those parts of @bufbuild/protobuf that the extension does not use: writing messages,
 * reading texts (`errorDetails.ts` decodes them itself), and 64-bit integers without BigInt. They would be almost
 * as large as the reader.
 */

function unsupported(): never {
  throw new Error('This part of @bufbuild/protobuf is not bundled.');
}

// text-encoding.js
export { unsupported as configureTextEncoding, unsupported as emulateEncodeInto };
export const getTextEncoding = () => ({ decodeUtf8: unsupported });

// proto-int64.js
export const protoInt64 = {
  /** Reads a signed integer, given its halves as signed integers of 32 bits. */
  dec: (low: number, high: number): bigint => (BigInt(high) << 32n) | BigInt(low >>> 0),
};
