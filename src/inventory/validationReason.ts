import type { IntegrationReason } from './reasons.ts';
import type { ValidationAnswer } from './statusFacts.ts';

/** What it means that a runner did not find a configuration valid. */
export function validationReason({ errors, at }: Omit<ValidationAnswer, 'valid'>): IntegrationReason {
  const ofRunner = { source: 'ValidateRunnerConfiguration', at } as const;
  const [first] = errors;
  if (first === undefined) {
    return { code: 'invalidWithoutReason', status: 'attention', ...ofRunner };
  }
  // The runner cannot judge OAuth without the client secret, which is never sent.
  return errors.length === 1 && first.field === 'oauth'
    ? { code: 'oauthNotValidated', status: 'attention', ...ofRunner, text: first.text }
    : { code: 'invalid', status: 'broken', ...ofRunner, errors };
}
