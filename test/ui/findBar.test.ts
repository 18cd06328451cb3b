import { integrationEntry, sampleEntries } from '../unit/inventory/sampleEntries.ts';
import type { OnaPage } from './onaPage.ts';
import { test } from './test.ts';

test.describe("the editor's find bar", () => {
  /** Presses the find key in the panel, and closes the bar again. A headless browser cannot find text itself. */
  async function findInPanel(ona: OnaPage): Promise<void> {
    await ona.details.heading.click();
    await ona.page.keyboard.press('Control+f');
    const bar = ona.page.locator('.simple-find-part.visible');
    await bar.getByRole('textbox', { name: 'Find' }).waitFor();
    await ona.page.keyboard.press('Escape');
    await bar.waitFor({ state: 'hidden' });
  }

  test('opens in new, kept and restored details', async ({ scene }) => {
    const ona = await scene.newWindow();
    await ona.openSample();
    await ona.expand(/^Runner us-staging/);
    await ona.showDetails(/^Integration tfs\.acme\.example/, 'tfs.acme.example');
    await findInPanel(ona);
    await ona.details.button('Keep Open').click();
    await findInPanel(ona);
    await ona.reloadWithDetails();
    await ona.details.waitFor('tfs.acme.example');
    await findInPanel(ona);
  });

  test('opens in details that a version without it left open', async ({ scene }) => {
    const ona = await scene.newWindow();
    await ona.openSample();
    const { ref } = integrationEntry(sampleEntries(), 'us-staging', 'tfs.acme.example');
    await ona.openOldPanel({ ref, pinned: true });
    await ona.reloadWithDetails();
    await ona.details.waitFor('tfs.acme.example');
    await findInPanel(ona);
  });
});
