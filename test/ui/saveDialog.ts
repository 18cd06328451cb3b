import type { OnaPage } from './onaPage.ts';

/**
 * Chooses the format and the path of an export; VS Code in a browser has its own dialog for that.
 *
 * @param format how its entry begins
 * @param neighbor an entry that the dialog shows once it has read the folder
 * @param title of the dialog in another language
 */
export async function saveAs(
  ona: OnaPage,
  format: string,
  path: string,
  neighbor: RegExp,
  title?: string,
): Promise<void> {
  await ona.pick(new RegExp(`^${format}`));
  await suggestedPath(ona, title);
  await ona.input.fill(path);
  await ona.quickPickRow(neighbor).waitFor();
  await ona.page.keyboard.press('Enter');
}

/** The dialog's path, once set. */
export async function suggestedPath(ona: OnaPage, title = 'Export Integrations'): Promise<string> {
  const dialog = ona.page.locator('.quick-input-widget:visible');
  await dialog.locator('.quick-input-titlebar').getByText(title).waitFor();
  await ona.page.waitForFunction(
    `[...document.querySelectorAll('.quick-input-widget input')].some(({ value }) => value.includes('scm-integrations-'))`,
  );
  return ona.input.inputValue();
}
