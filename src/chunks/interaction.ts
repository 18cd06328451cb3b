/*
 * What is loaded together once a person does something, or looks at more than the rows.
 */
export * from '../account/newAuthenticationSession.ts';
export * from '../commands/onDemand.ts';
export * from '../views/details/detailsPanel.ts';
export * from '../views/details/detailsState.ts';
export * from '../views/documents/onDemand.ts';
export * from '../views/tree/tooltips.ts';
