import type { Browser, Page } from 'playwright-core';
import type { DetailsMessage, DetailsModel, DetailsState } from '../../src/views/details/protocol.ts';
import { webviewHtml } from '../../src/views/webviewHtml.ts';
import type { FromPage, ToPage } from '../../src/views/webviewProtocol.ts';
import { DetailsPage } from './detailsPage.ts';
import { actionTimeout } from './speed.ts';

const ORIGIN = 'http://details.test';

/** The details page with its own script and style sheets, without an editor around it. */
export class BareDetails extends DetailsPage {
  readonly page: Page;

  private constructor(page: Page) {
    super(page, page);
    this.page = page;
  }

  static async open(browser: Browser): Promise<BareDetails> {
    const page = await browser.newPage({ reducedMotion: 'reduce', viewport: { width: 700, height: 600 } });
    page.setDefaultTimeout(actionTimeout);
    await page.route(`${ORIGIN}/**`, async (route) => {
      const path = new URL(route.request().url()).pathname.slice(1);
      if (path === '') {
        const body = webviewHtml('details', ORIGIN, (folder, file) => `${ORIGIN}/${folder}/${file}`);
        await route.fulfill({ body, contentType: 'text/html' });
      } else {
        await route.fulfill({ path });
      }
    });
    // The three functions a webview script calls to reach VS Code.
    await page.addInitScript(() => {
      const sent: unknown[] = [];
      let memory: unknown;
      Object.assign(globalThis, {
        sent,
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => sent.push(message),
          getState: () => memory,
          setState: (next: unknown) => (memory = next),
        }),
      });
    });
    await page.goto(`${ORIGIN}/`);
    return new BareDetails(page);
  }

  /** Gives the page a model, as the extension does. */
  async show(model: DetailsModel, state?: DetailsState): Promise<void> {
    const message: ToPage<DetailsModel, DetailsState> = { type: 'show', model, ...(state && { state }) };
    await this.page.evaluate(`window.postMessage(${JSON.stringify(message)})`);
    await this.waitFor(model.title);
  }

  /** Messages from the page to the extension so far. */
  sent(): Promise<readonly (FromPage | DetailsMessage)[]> {
    return this.page.evaluate('sent');
  }
}
