import type {
  DetailsAction,
  DetailsMessage,
  DetailsModel,
  DetailsSection,
  DetailsState,
  DetailsViewState,
} from '../views/details/protocol.ts';
import type { FromPage, ToPage } from '../views/webviewProtocol.ts';
import { element, keyed, setIcon, setText } from './dom.ts';
import { createRow, createValue, showRow, showValue, valueKey } from './row.ts';

/*
 * The script of the details webview: draws a model, and on the next one changes only what differs, so that focus,
 * selection and scroll position stay. All text of the model becomes text nodes; none is ever read as HTML.
 */

const vscode = acquireVsCodeApi<DetailsState & Partial<DetailsViewState>>();
const main = document.querySelector('main') ?? document.body;
const announcement = document.getElementById('announcement');
let target = '';
/** Of an earlier page: the editor has written it into this one. */
const restored = vscode.getState();
/** Whether the advanced rows show; over refreshes, reloads and whatever else this panel shows. */
let advancedOpen = restored?.advancedOpen === true;

const send = (message: FromPage | DetailsMessage) => vscode.postMessage(message);

window.addEventListener('message', ({ data }: MessageEvent<ToPage<DetailsModel, DetailsState>>) => {
  if (data.type === 'copied') {
    confirmCopy(data);
  } else {
    show(data.model, data.state);
  }
});
window.addEventListener('scroll', () => remember(vscode.getState()));

send({ type: 'ready' });

function show(model: DetailsModel, state: DetailsState | undefined): void {
  const shown = JSON.stringify(state?.ref ?? null);
  const isOther = target !== shown;
  const scrollY = target === '' ? (vscode.getState()?.scrollY ?? 0) : 0;
  main.classList.toggle('gone', model.gone);
  keyed(
    main,
    ['header', 'notice', 'sections', 'footer'],
    (part) => part,
    createPart,
    (node, part) => showPart(node, part, model),
  );
  if (isOther) {
    moveTo(scrollY);
    target = shown;
  }
  remember(state);
  if (state === undefined && restored !== undefined) {
    send({ type: 'forgotten' });
  }
}

/** Keeps what the page is about and how it stands; nothing where it is about nothing. */
function remember(state: DetailsState | undefined): void {
  vscode.setState(state && { ...state, scrollY: window.scrollY, advancedOpen });
}

/** To where a page that came back was, or to the top of one about something else, which a keyboard goes on from. */
function moveTo(scrollY: number): void {
  window.scrollTo(0, scrollY);
  if (target !== '' && document.hasFocus()) {
    focusHeading();
  }
}

function focusHeading(): void {
  const heading = main.querySelector('h1');
  if (heading) {
    heading.tabIndex = -1;
    heading.focus();
  }
}

type Part = 'header' | 'notice' | 'sections' | 'footer';

function createPart(part: Part): HTMLElement {
  switch (part) {
    case 'header': {
      const header = element('header');
      const words = element('div', 'words');
      words.append(element('h1'), element('p', 'subtitle'));
      header.append(element('span', 'icon'), words, element('div', 'actions'));
      return header;
    }
    case 'footer':
      return element('footer');
    case 'notice':
      return element('p', 'notice');
    case 'sections':
      return element('div', 'sections');
  }
}

function showPart(node: HTMLElement, part: Part, model: DetailsModel): void {
  switch (part) {
    case 'header':
      showHeader(node, model);
      break;
    case 'notice':
      if (model.notice !== undefined && node.textContent !== model.notice) {
        announce(model.notice);
      }
      setText(node, model.notice ?? '');
      break;
    case 'sections':
      keyed(node, model.sections, ({ key }) => key, createSection, showSection);
      break;
    case 'footer':
      showFooter(node, model);
      break;
  }
}

function showHeader(header: HTMLElement, model: DetailsModel): void {
  const [icon, words, actions] = header.children as unknown as HTMLElement[];
  const [title, subtitle] = (words?.children ?? []) as unknown as HTMLElement[];
  if (icon && title && subtitle && actions) {
    setIcon(icon, model.icon);
    setText(title, model.title);
    const { state } = model;
    const parts = [
      { text: model.subtitle, style: 'plain' } as const,
      ...(state === undefined ? [] : [state]),
    ];
    keyed(subtitle, parts, valueKey, (value) => createValue(value, send), showValue);
    const head = model.actions.filter(({ place }) => place === 'header');
    keyed(actions, head, ({ id }) => id, createAction, showAction);
  }
}

/** When the values were read, and what else can be done, as words in a line. */
function showFooter(footer: HTMLElement, { asOf, actions }: DetailsModel): void {
  const foot = actions.filter(({ place }) => place === 'footer');
  keyed<DetailsAction | string>(
    footer,
    asOf === '' ? foot : [asOf, ...foot],
    (item) => (typeof item === 'string' ? 'as-of' : item.id),
    (item) => (typeof item === 'string' ? element('span', 'as-of') : createQuietAction(item)),
    (node, item) => setText(node, typeof item === 'string' ? item : item.label),
  );
}

function createAction({ id }: DetailsAction): HTMLElement {
  const button = element('button', 'action');
  button.append(element('span', 'icon'), element('span'));
  button.dataset['action'] = id;
  button.addEventListener('click', () => {
    if (id === 'onaScm.keepDetails') {
      // It goes away once it has worked; the focus must not.
      const beside = button.nextElementSibling ?? button.previousElementSibling;
      if (beside instanceof HTMLElement) {
        beside.focus();
      } else {
        focusHeading();
      }
    }
    send({ type: 'action', id });
  });
  return button;
}

function showAction(button: HTMLElement, { label, icon }: DetailsAction): void {
  const [glyph, text] = button.children as unknown as HTMLElement[];
  if (glyph && text) {
    glyph.hidden = icon === undefined;
    setIcon(glyph, icon ?? '');
    setText(text, label);
  }
}

function createQuietAction({ id }: DetailsAction): HTMLElement {
  const button = element('button', 'link');
  button.addEventListener('click', () => send({ type: 'action', id }));
  return button;
}

function createSection({ key }: DetailsSection): HTMLElement {
  const section = element('section');
  const heading = element('h2');
  heading.id = `heading-${key}`;
  section.setAttribute('aria-labelledby', heading.id);
  section.append(heading, element('dl'));
  return section;
}

/** Stands as this panel's others did. */
function createDisclosure(): HTMLDetailsElement {
  const disclosure = document.createElement('details');
  const summary = element('summary');
  summary.append(element('span', 'icon icon-chevron-right'), element('span'));
  disclosure.append(summary, element('dl'));
  disclosure.open = advancedOpen;
  disclosure.addEventListener('toggle', () => {
    advancedOpen = disclosure.open;
    remember(vscode.getState());
  });
  return disclosure;
}

function showSection(section: HTMLElement, { heading, rows, advanced }: DetailsSection): void {
  const [title, list] = section.children as unknown as HTMLElement[];
  if (title && list) {
    setText(title, heading);
    showRows(list, rows);
  }
  showAdvanced(section, advanced);
}

function showAdvanced(section: HTMLElement, advanced: DetailsSection['advanced']): void {
  let disclosure = section.querySelector('details');
  if (advanced === undefined) {
    disclosure?.remove();
    return;
  }
  if (disclosure === null) {
    disclosure = createDisclosure();
    section.append(disclosure);
  }
  const [summary, list] = disclosure.children as unknown as HTMLElement[];
  if (summary?.lastElementChild && list) {
    setText(summary.lastElementChild, advanced.label);
    showRows(list, advanced.rows);
  }
}

function showRows(list: HTMLElement, rows: DetailsSection['rows']): void {
  keyed(
    list,
    rows,
    // A label that leads somewhere is another element.
    ({ key, open }) => (open === undefined ? key : `${key} ${JSON.stringify(open)}`),
    (row) => createRow(row, send),
    (node, row) => showRow(node, row, send),
  );
}

function announce(text: string): void {
  if (announcement) {
    // Emptied first: the same words twice would be announced once.
    announcement.textContent = '';
    announcement.textContent = text;
  }
}

/** Says so to a screen reader, and shows a check mark in the button for a moment. */
function confirmCopy({ key, announcement: text }: { key: string; announcement: string }): void {
  announce(text);
  const name = CSS.escape(key);
  const glyph = main.querySelector(`[data-row="${name}"] .copy .icon, [data-action="${name}"] .icon`);
  glyph?.classList.replace('icon-copy', 'icon-check');
  setTimeout(() => glyph?.classList.replace('icon-check', 'icon-copy'), 2_000);
}
