import { create, toBinary, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { ActionableErrorDetailsSchema } from './gen/gitpod/v1/actionable_error_pb.js';
import { RetryInfoSchema } from './gen/google/rpc/error_details_pb.js';

/** One of a Connect fault's `details`. */
export interface ErrorDetail {
  /** The message's full name. */
  type: string;
  /** The message in protobuf's binary form, as base64. */
  value: string;
}

/** The delay before a retry, in whole milliseconds; may be zero or negative on the wire. */
export function retryInfo(ms: number): ErrorDetail {
  return detailOf(RetryInfoSchema, { retryDelay: durationFromMs(ms) });
}

/** An explanation of the error for the user, and what they can do. */
export function actionableError(details: MessageInitShape<typeof ActionableErrorDetailsSchema>): ErrorDetail {
  return detailOf(ActionableErrorDetailsSchema, details);
}

function detailOf<Desc extends DescMessage>(desc: Desc, init: MessageInitShape<Desc>): ErrorDetail {
  return { type: desc.typeName, value: Buffer.from(toBinary(desc, create(desc, init))).toString('base64') };
}
