import { commands, l10n, window } from 'vscode';
import { plainLine } from '../base/plainLine.ts';
import { runnerSettingsUrl } from '../account/dashboardUrls.ts';
import { findRunner } from '../inventory/groups.ts';
import { hostUrl } from '../inventory/hostUrl.ts';
import { openInBrowser } from '../platform/openInBrowser.ts';
import { plural } from '../words/numbersAndDates.ts';
import { withoutLinks } from '../base/text.ts';
import type { Command } from './command.ts';
import { confirmMany } from './confirmMany.ts';

/** *Open Host in Browser*: opens only what is certain to be an https address. */
export const openHost: Command = async ({ selection }, on) => {
  const entries = await selection.integrations(on, l10n.t('Open Host in Browser'));
  const hosts = new Map(
    entries.map(({ integration: { host, virtualDirectory } }) => [
      `${host}${virtualDirectory ?? ''}`,
      hostUrl(host, virtualDirectory),
    ]),
  );
  const bad = [...hosts].filter(([, url]) => url === undefined).map(([text]) => text);
  const [first] = bad;
  if (first !== undefined) {
    const n = bad.length;
    void window.showWarningMessage(
      n > 1
        ? plural(
            n,
            l10n.t('{0} host is not a web address, so it was not opened.', n),
            l10n.t('{0} hosts are not web addresses, so they were not opened.', n),
          )
        : plainLine(first) === ''
          ? l10n.t('This integration has no host, so nothing was opened.')
          : l10n.t('"{0}" is not a web address, so it was not opened.', withoutLinks(first)),
    );
  }
  await openAll([...hosts.values()].filter((url) => url !== undefined));
};

/**
 * *Open Runner Settings in Browser*: the pages of the selected runners, or of the runners of the selected integrations.
 * All runners if nothing is selected, or if the dashboard has no page for a runner.
 */
export const openDashboard: Command = async ({ session, selection, groups }, on) => {
  await session.whenStarted();
  if (session.current.kind === 'badAddress') {
    // This reports what is wrong with the address.
    await commands.executeCommand('onaScm.signIn');
  } else {
    const runners = selection.inTree(on).map(({ ref }) => findRunner(groups.runners, ref.runnerId)?.runner);
    const pages = runners.length === 0 ? [undefined] : runners;
    await openAll(pages.map((runner) => runnerSettingsUrl(session.apiUrl(), runner)));
  }
};

/** *Open Provider Documentation*: Ona's pages about the providers of the integrations. */
export const openDocs: Command = async ({ selection }, on) => {
  const entries = await selection.integrations(on, l10n.t('Open Provider Documentation'));
  await openAll(entries.map(({ provider }) => provider.docsUrl));
};

/** Opens each address once. */
async function openAll(addresses: readonly string[]): Promise<void> {
  const urls = [...new Set(addresses)];
  const n = urls.length;
  const question = plural(n, l10n.t('Open {0} page?', n), l10n.t('Open {0} pages?', n));
  if (await confirmMany(n, question)) {
    for (const url of urls) {
      await openInBrowser(url);
    }
  }
}
