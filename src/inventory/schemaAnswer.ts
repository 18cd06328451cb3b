import type { RunnerSchema, SchemaProvider } from '../api/runnerSchema.ts';
import type { OnaApiError } from '../api/transport/errors.ts';

/** Whether it is known what a runner could offer. */
export type SchemaAnswer =
  | { readonly kind: 'known'; readonly schema: RunnerSchema }
  | { readonly kind: 'loading' }
  /** The error is undefined if a bug in the extension is the reason. */
  | { readonly kind: 'failed'; readonly error: OnaApiError | undefined }
  /** There is nobody who could answer: a runner that is not live, or none at all. */
  | { readonly kind: 'notAsked' };

/** What a runner says of one of its providers; undefined if that is not known. */
export function describedProvider(
  answer: SchemaAnswer | undefined,
  scmId: string,
): SchemaProvider | undefined {
  return answer?.kind === 'known' ? answer.schema.providers.find((one) => one.scmId === scmId) : undefined;
}
