import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';

/** What a user sees and does in the visible details panel. */
export class DetailsPage {
  readonly #page: Page;
  readonly frame: FrameLocator | Page;

  /** @param frame contains the panel's page: by default the frame that VS Code shows it in */
  constructor(page: Page, frame: FrameLocator | Page = webviewOf(page)) {
    this.#page = page;
    this.frame = frame;
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

  /** Waits until the panel shows this. */
  async waitFor(title: string): Promise<void> {
    await this.frame.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  }

  /** Shows the advanced fields of a runner. */
  async expandMore(): Promise<void> {
    await this.more.click();
    await this.frame.locator('details[open]').waitFor();
  }

  get more(): Locator {
    return this.frame.locator('summary', { hasText: 'More about this runner' });
  }

  /** All visible fields: section, label and value as displayed. */
  async fields(): Promise<Record<string, string>> {
    const fields: Record<string, string> = {};
    for (const section of await this.frame.locator('section').all()) {
      const name = await section.locator('h2').innerText();
      for (const row of await section.locator('.row:visible').all()) {
        const values = await row.locator('> dd > .values > .value').allInnerTexts();
        fields[`${name}: ${await row.locator('> dt').innerText()}`] = values.join(', ').trim();
      }
    }
    return fields;
  }

  /** The hints, by field. */
  async hints(): Promise<Record<string, string>> {
    const hints: Record<string, string> = {};
    for (const row of await this.frame.locator('.row', { has: this.frame.locator('.hint') }).all()) {
      hints[await row.locator('dt').innerText()] = (await row.locator('.hint').allInnerTexts()).join(' ');
    }
    return hints;
  }

  /** The available actions, in page order. */
  actions(): Promise<string[]> {
    return this.frame.locator('.actions button, footer button').allInnerTexts();
  }

  /** The document itself, for checks that need a script. */
  async document(): Promise<Frame> {
    const handle = await this.frame.locator('html').elementHandle();
    const document = await handle.ownerFrame();
    if (!document) {
      throw new Error('The details panel has no document');
    }
    return document;
  }

  /** Titles of the editor tabs. */
  tabs(): Promise<string[]> {
    return this.#page.locator('.tabs-container .tab .label-name').allInnerTexts();
  }
}

/** VS Code shows a webview as a frame in a frame, over the editor; those of hidden tabs are hidden. */
function webviewOf(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
}
