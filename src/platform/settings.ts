import { ConfigurationTarget, type Disposable, workspace } from 'vscode';
import { trimInvisible } from '../base/invisible.ts';
import { SETTINGS } from '../names.ts';

/** `onaScm.apiUrl` if the user has set it; empty counts as unset. Application scope: a workspace cannot set it. */
export function configuredApiUrl(): string | undefined {
  const value = workspace.getConfiguration(SETTINGS).inspect<string>('apiUrl')?.globalValue;
  return typeof value === 'string' && trimInvisible(value) !== '' ? value : undefined;
}

/** `onaScm.requestTimeout` in milliseconds: 5 s to 1 h, whatever the settings file contains. */
export function requestTimeoutMs(): number {
  const seconds = workspace.getConfiguration(SETTINGS).get<unknown>('requestTimeout');
  const valid = typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : 30;
  return Math.round(Math.min(Math.max(valid, 5), 3600) * 1000);
}

/** `onaScm.refreshInterval` in milliseconds: 0 for never, or 30 s to 1 day, whatever the settings file contains. */
export function refreshIntervalMs(): number {
  const seconds = workspace.getConfiguration(SETTINGS).get<unknown>('refreshInterval');
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) {
    return 300_000;
  }
  return seconds <= 0 ? 0 : Math.min(Math.max(seconds, 30), 86_400) * 1000;
}

/** How the rows of the tree can be grouped. */
export type Grouping = 'runner' | 'provider' | 'host';

/** `onaScm.groupBy` */
export function groupBy(): Grouping {
  const value = workspace.getConfiguration(SETTINGS).get<unknown>('groupBy');
  return value === 'provider' || value === 'host' ? value : 'runner';
}

/** Sets `onaScm.groupBy` for the workspace if it is already set there, otherwise for the user. */
export async function setGroupBy(grouping: Grouping): Promise<void> {
  const configuration = workspace.getConfiguration(SETTINGS);
  const isOfWorkspace = configuration.inspect('groupBy')?.workspaceValue !== undefined;
  const target = isOfWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await configuration.update('groupBy', grouping, target);
}

/** `onaScm.liveUpdates` */
export function liveUpdates(): boolean {
  return workspace.getConfiguration(SETTINGS).get<unknown>('liveUpdates') !== false;
}

/** `onaScm.notifyOnChange` */
export function notifyOnChange(): boolean {
  return workspace.getConfiguration(SETTINGS).get<unknown>('notifyOnChange') !== false;
}

export async function setNotifyOnChange(isOn: boolean): Promise<void> {
  await workspace.getConfiguration(SETTINGS).update('notifyOnChange', isOn, ConfigurationTarget.Global);
}

/** Calls the listener when one of the settings may have changed. */
export function onSettingChange(
  names: readonly ('apiUrl' | 'refreshInterval' | 'liveUpdates' | 'notifyOnChange' | 'groupBy')[],
  listener: () => void,
): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (names.some((name) => event.affectsConfiguration(`${SETTINGS}.${name}`))) {
      listener();
    }
  });
}
