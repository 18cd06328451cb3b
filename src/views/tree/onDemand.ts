/*
 * What is loaded together, once rows are filtered or regrouped: most windows show all of them, by runner.
 */

export { Filter } from '../../inventory/filter.ts';
export { FILTER_WORDS } from '../../words/filter.ts';
export { layoutSteps } from './treeLayout.ts';
