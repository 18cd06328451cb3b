import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';

/** What a person sees of the details panel that is in front, and what they do there. */
export class DetailsPage {
  readonly #page: Page;
  readonly frame: FrameLocator | Page;

  /** @param frame where the panel's own page is: by default the frame that VS Code shows it in */
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

  /** Waits until the panel is about this. */
  async waitFor(title: string): Promise<void> {
    await this.frame.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  }

  /** Shows the rarer fields of a runner. */
  async expandMore(): Promise<void> {
    await this.more.click();
    await this.frame.locator('details[open]').waitFor();
  }

  get more(): Locator {
    return this.frame.locator('summary', { hasText: 'More about this runner' });
  }

  /** All fields that show: section, label and value as they are read. */
  async fields(): Promise<Record<string, string>> {
    const fields: Record<string, string> = {};
    for (const section of await this.frame.locator('section').all()) {
      const name = await section.locator('h2').innerText();
      for (const row of await section.locator('.row:visible').all()) {
        const values = await row.locator('.value').allInnerTexts();
        fields[`${name}: ${await row.locator('dt').innerText()}`] = values.join(', ').trim();
      }
    }
    return fields;
  }

  /** What looks wrong, by field. */
  async hints(): Promise<Record<string, string>> {
    const hints: Record<string, string> = {};
    for (const row of await this.frame.locator('.row', { has: this.frame.locator('.hint') }).all()) {
      hints[await row.locator('dt').innerText()] = (await row.locator('.hint').allInnerTexts()).join(' ');
    }
    return hints;
  }

  /** What can be done, in the order of the page. */
  actions(): Promise<string[]> {
    return this.frame.locator('.actions button, footer button').allInnerTexts();
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

/** VS Code shows a webview as a frame in a frame, laid over the editor; those of hidden tabs are hidden. */
function webviewOf(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
}
