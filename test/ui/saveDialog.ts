import type { OnaPage } from './onaPage.ts';

/**
 * Chooses the format of an export, and where the file is to stand; VS Code in a browser has a dialog of its own for that.
 *
 * @param neighbor what the dialog shows of that folder once it has read it
 */
export async function saveAs(
  ona: OnaPage,
  format: 'CSV' | 'JSON',
  path: string,
  neighbor: RegExp,
): Promise<void> {
  await ona.pick(new RegExp(`^${format}`));
  await suggestedPath(ona);
  await ona.input.fill(path);
  await ona.quickPickRow(neighbor).waitFor();
  await ona.page.keyboard.press('Enter');
}

/** The path in the dialog, once it has one. */
export async function suggestedPath(ona: OnaPage): Promise<string> {
  const dialog = ona.page.locator('.quick-input-widget:visible');
  await dialog.locator('.quick-input-titlebar').getByText('Export Integrations').waitFor();
  await ona.page.waitForFunction(
    `[...document.querySelectorAll('.quick-input-widget input')].some(({ value }) => value.includes('scm-integrations-'))`,
  );
  return ona.input.inputValue();
}
