import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';

/** What a person sees of the details panel that is in front, and what they do there. */
export class DetailsPage {
  readonly #page: Page;
  readonly frame: FrameLocator;

  constructor(page: Page) {
    this.#page = page;
    // VS Code shows a webview as a frame in a frame, laid over the editor; those of hidden tabs are hidden.
    this.frame = page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
  }

  get heading(): Locator {
    return this.frame.getByRole('heading', { level: 1 });
  }

  get notice(): Locator {
    return this.frame.locator('.notice');
  }

  get scroller(): Locator {
    return this.frame.locator('html');
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** Waits until the panel is about this. */
  async waitFor(title: string): Promise<void> {
    await this.frame.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  }

  /** All fields: section, label and value as they are read. */
  async fields(): Promise<Record<string, string>> {
    const fields: Record<string, string> = {};
    for (const section of await this.frame.locator('section').all()) {
      const heading = section.locator('h2:not([hidden])');
      const name = (await heading.count()) === 0 ? '' : `${await heading.innerText()}: `;
      for (const row of await section.locator('.row').all()) {
        const values = await row.locator('.value').allInnerTexts();
        fields[name + (await row.locator('dt').innerText())] = values.join(', ').trim();
      }
    }
    return fields;
  }

  /** The document itself, for what only a script in it can tell. */
  async document(): Promise<Frame> {
    const handle = await this.frame.locator('html').elementHandle();
    const document = await handle.ownerFrame();
    if (!document) {
      throw new Error('The details panel has no document');
    }
    return document;
  }

  /** Tabs of the editor area, as they are named. */
  tabs(): Promise<string[]> {
    return this.#page.locator('.tabs-container .tab .label-name').allInnerTexts();
  }
}
