/*
 * What is loaded together, once a request does not simply succeed.
 */

export { answerProblem } from './answerProblem.ts';
export { planRetry } from './planRetry.ts';
export { followRedirect } from './redirect.ts';
export { noStreamProblem, streamProblem } from './streamProblem.ts';
export { tooLarge, transportProblem } from './transportProblem.ts';
