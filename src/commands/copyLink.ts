import { env, l10n, type QuickPickItem, UIKind, window } from 'vscode';
import { mentionsExactIds } from '../formats/integrationMentions.ts';
import { type LinkForm, linkForms, linkText } from '../formats/linkText.ts';
import { findRunner } from '../inventory/groups.ts';
import { hostText } from '../words/integrations.ts';
import { plural } from '../words/numbersAndDates.ts';
import { runnerName } from '../words/runners.ts';
import type { Command } from './command.ts';
import { copy, noId, nothingCopied, offerExactValues, withoutId } from './copyText.ts';

/**
 * *Copy Link*: asks whether to copy only the link, which opens the integration in the editor, or what is readable where
 * such links do not work. Nothing is remembered, so that Enter always takes the first.
 *
 * @returns false if nothing was copied
 */
export const copyLink: Command = async (context, on) => {
  const { selection, groups } = context;
  const entries = await selection.integrations(on, title());
  const linkable = entries.filter(({ ref }) => ref.id !== '');
  const left = entries.length - linkable.length;
  if (entries.length > 0 && linkable.length === 0) {
    void window.showInformationMessage(entries.length === 1 ? noId() : nothingCopied(withoutId(left)));
  }
  const form = linkable.length > 0 ? await pickForm() : undefined;
  if (form === undefined) {
    return false;
  }
  const integrations = linkable.map((entry) => {
    const { id, runnerId } = entry.ref;
    const runner = findRunner(groups.runners, runnerId);
    return { id, runnerId, host: hostText(entry), runnerName: runner ? runnerName(runner) : runnerId };
  });
  await copy(linkText(integrations, form, env.uriScheme), confirmation(form, integrations.length));
  if (left > 0) {
    void window.showInformationMessage(withoutId(left));
  }
  // A link has every ID exactly, encoded; text does not.
  const hasText = form !== 'link' && form !== 'desktopLink';
  return hasText && !mentionsExactIds(integrations) ? offerExactValues(context, linkable) : true;
};

function title(): string {
  return l10n.t('Copy Link');
}

async function pickForm(): Promise<LinkForm | undefined> {
  const isBrowser = env.uiKind === UIKind.Web;
  const items = linkForms(isBrowser).map((form) => ({ ...itemOf(form), form }));
  const chosen = await window.showQuickPick(items, {
    title: title(),
    ...(isBrowser && {
      placeHolder: l10n.t('No link can open an integration in an editor that runs in a browser'),
    }),
  });
  return chosen?.form;
}

function itemOf(form: LinkForm): QuickPickItem {
  switch (form) {
    case 'link':
      return { label: l10n.t('Link'), description: l10n.t('opens the integration in the editor') };
    case 'markdownLink':
      return {
        label: 'Markdown',
        description: l10n.t(
          'link, host, runner, and IDs; readable even if the link is removed, as on GitHub',
        ),
      };
    case 'text':
      return { label: l10n.t('Text'), description: l10n.t('host, runner, and IDs') };
    case 'markdown':
      return { label: 'Markdown', description: l10n.t('host, runner, and IDs, without a link') };
    case 'desktopLink':
      return {
        label: l10n.t('Link for VS Code on a Desktop'),
        description: l10n.t('opens the integration there if this extension is installed'),
      };
  }
}

function confirmation(form: LinkForm, n: number): string {
  switch (form) {
    case 'link':
    case 'desktopLink':
      return n === 1
        ? l10n.t('Copied the link')
        : plural(n, l10n.t('Copied {0} link', n), l10n.t('Copied {0} links', n));
    case 'markdownLink':
      return n === 1
        ? l10n.t('Copied the link as Markdown')
        : plural(n, l10n.t('Copied {0} link as Markdown', n), l10n.t('Copied {0} links as Markdown', n));
    case 'text':
    case 'markdown':
      return n === 1
        ? l10n.t('Copied the host, runner, and IDs')
        : plural(
            n,
            l10n.t('Copied the host, runner, and IDs of {0} integration', n),
            l10n.t('Copied the hosts, runners, and IDs of {0} integrations', n),
          );
  }
}
