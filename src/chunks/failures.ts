/*
 * What is loaded together once something fails or is missing.
 */
export * from '../api/salvager.ts';
export * from '../api/transport/errorDetails.ts';
export * from '../api/transport/onDemand.ts';
export * from '../inventory/load/onDemand.ts';
export * from '../words/onDemand.ts';
