/*
 * What is loaded together, once there is a document: most windows never open one.
 */

export { changesText } from '../../words/changesDocument.ts';
export { DocumentTexts } from './documentTexts.ts';
export { clearTitles, nameTitles } from './documentTitles.ts';
