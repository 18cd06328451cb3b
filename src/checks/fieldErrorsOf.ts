import type { ConfigurationValidation } from '../api/validation.ts';
import type { FieldError } from '../inventory/reasons.ts';

/** What a runner has found wrong, field by field. */
export function fieldErrorsOf(validation: ConfigurationValidation): FieldError[] {
  return (['scmId', 'host', 'oauth', 'pat'] as const)
    .map((field) => ({ field, text: validation[`${field}Error`] }))
    .filter(({ text }) => text !== '');
}
