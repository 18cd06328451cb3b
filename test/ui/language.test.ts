import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { OnaPage } from './onaPage.ts';
import { test } from './test.ts';

type Texts = Readonly<Record<string, string>>;

test.describe('the language', () => {
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Texts;

  /** The visible and the screen-reader text of the view and the details, line by line. */
  async function words(ona: OnaPage): Promise<string[]> {
    const texts = [
      await ona.view.innerText(),
      ...(await ona.rows()),
      await ona.details.frame.locator('body').innerText(),
    ];
    return texts.flatMap((text) => text.split('\n')).map((line) => line.trim());
  }

  for (const { locale, runner, integration, staging, details, menu, filter, count } of [
    {
      locale: 'de',
      runner: /^Runner eu-production: .*4 Integrationen/,
      integration: /^Integration gitlab\.acme/,
      staging: /3 Integrationen/,
      details: 'Integrations-ID',
      menu: 'command.copyHost',
      filter: 'command.filter',
      count: /16 Integrationen/,
    },
    {
      locale: 'ja',
      runner: /eu-production.*4 件の統合/,
      integration: /gitlab\.acme/,
      staging: /3 件の統合/,
      details: '統合 ID',
      menu: 'command.copyHost',
      filter: 'command.filter',
      count: /16 件の統合/,
    },
  ]) {
    test(`${locale} is spoken in rows, details, menus and boxes, and English nowhere`, async ({ scene }) => {
      const manifest = read(`package.nls.${locale}.json`);
      const bundle = read(`l10n/bundle.l10n.${locale}.json`);
      const ona = await scene.newWindow({ locale });
      await ona.openView();
      await ona.row(runner).waitFor();
      assert.match((await ona.rows()).find((row) => row.includes('us-staging')) ?? '', staging);
      await ona.row(runner).click();
      await ona.row(integration).click();
      await ona.details.waitFor('gitlab.acme.example:8443');
      await ona.details.frame.getByText(details, { exact: true }).waitFor();
      const english = new Set(
        Object.entries(bundle)
          .filter(([key, text]) => key !== text && key.length > 4 && !/[{$]/.test(key))
          .map(([key]) => key),
      );
      const said = await words(ona);
      assert.ok(said.length > 30);
      assert.deepEqual(
        said.filter((line) => english.has(line)),
        [],
      );

      await ona.row(integration).click({ button: 'right' });
      await ona.page.getByRole('menuitem', { name: manifest[menu] ?? '-', exact: true }).waitFor();
      await ona.page.keyboard.press('Escape');
      await ona.titleAction(manifest[filter] ?? '-').click();
      await ona.quickPickRow(count).waitFor();
      await ona.page.keyboard.press('Escape');
    });
  }
});
