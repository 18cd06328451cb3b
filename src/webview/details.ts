import type {
  DetailsAction,
  DetailsModel,
  DetailsRow,
  DetailsSection,
  DetailsState,
  DetailsValue,
  FromWebview,
  ToWebview,
} from '../views/details/messages.ts';
import { element, keyed, setText } from './dom.ts';

/*
 * The script of the details webview: draws a model, and on the next one changes only what differs, so that focus,
 * selection and scroll position stay. All text of the model becomes text nodes; none is ever read as HTML.
 */

const vscode = acquireVsCodeApi<DetailsState>();
const main = document.querySelector('main') ?? document.body;
const announcement = document.getElementById('announcement');
let target = '';

const send = (message: FromWebview) => vscode.postMessage(message);

window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
  if (data.type === 'copied') {
    confirmCopy(data.key);
  } else {
    show(data.model, data.state);
  }
});
window.addEventListener('scroll', () => {
  const state = vscode.getState();
  if (state !== undefined) {
    vscode.setState({ ...state, scrollY: window.scrollY });
  }
});

send({ type: 'ready' });

function show(model: DetailsModel, state: DetailsState | undefined): void {
  const shown = JSON.stringify(state?.target ?? null);
  const isOther = target !== shown;
  const scrollY = target === '' ? (vscode.getState()?.scrollY ?? 0) : 0;
  main.classList.toggle('gone', model.gone);
  main.dataset['copied'] = model.texts.copied;
  keyed(
    main,
    ['header', 'notice', 'sections', 'as-of'],
    (part) => part,
    createPart,
    (node, part) => {
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
        case 'as-of':
          setText(node, model.asOf);
          break;
      }
    },
  );
  if (isOther) {
    moveTo(scrollY);
    target = shown;
  }
  vscode.setState(state && { ...state, scrollY: window.scrollY });
}

/** To where a page that came back was, or to the top of one about something else, which a keyboard goes on from. */
function moveTo(scrollY: number): void {
  window.scrollTo(0, scrollY);
  const heading = main.querySelector('h1');
  if (target !== '' && document.hasFocus() && heading) {
    heading.tabIndex = -1;
    heading.focus();
  }
}

function createPart(part: string): HTMLElement {
  switch (part) {
    case 'header': {
      const header = element('header');
      const words = element('div', 'words');
      words.append(element('h1'), element('p', 'subtitle'));
      header.append(element('span', 'icon'), words, element('div', 'actions'));
      return header;
    }
    default:
      return element(part === 'sections' ? 'div' : 'p', part);
  }
}

function showHeader(header: HTMLElement, model: DetailsModel): void {
  const [icon, words, actions] = header.children as unknown as HTMLElement[];
  const [title, subtitle] = (words?.children ?? []) as unknown as HTMLElement[];
  if (icon && title && subtitle && actions) {
    setIcon(icon, model.icon);
    setText(title, model.title);
    setText(subtitle, model.subtitle);
    keyed(actions, model.actions, ({ id }) => id, createAction, showAction);
  }
}

function createAction({ id }: DetailsAction): HTMLElement {
  const button = element('button', 'action');
  button.append(element('span', 'icon'), element('span'));
  button.addEventListener('click', () => {
    if (id === 'keep') {
      // It goes away once it has worked; the focus must not.
      (button.nextElementSibling as HTMLElement | null)?.focus();
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

function createSection({ key }: DetailsSection): HTMLElement {
  const section = element('section');
  const heading = element('h2');
  heading.id = `heading-${key}`;
  section.append(heading, element('dl'));
  return section;
}

function showSection(section: HTMLElement, { key, heading, rows }: DetailsSection): void {
  const [title, list] = section.children as unknown as HTMLElement[];
  if (title && list) {
    title.hidden = heading === undefined;
    setText(title, heading ?? '');
    if (heading !== undefined) {
      section.setAttribute('aria-labelledby', `heading-${key}`);
    }
    keyed(list, rows, (row) => row.key, createRow, showRow);
  }
}

function createRow({ key }: DetailsRow): HTMLElement {
  const row = element('div', 'row');
  const description = element('dd');
  const copy = element('button', 'copy');
  copy.append(element('span', 'icon icon-copy'));
  copy.addEventListener('click', () => send({ type: 'copy', key }));
  description.append(element('span', 'values'), copy);
  row.append(element('dt'), description);
  row.dataset['row'] = key;
  return row;
}

function showRow(row: HTMLElement, { label, values, copyLabel }: DetailsRow): void {
  const [term, description] = row.children as unknown as HTMLElement[];
  const [list, copy] = (description?.children ?? []) as unknown as HTMLElement[];
  if (term && list && copy) {
    setText(term, label);
    // A value's element depends on what it is: with another kind it is another element.
    const keyOf = (value: DetailsValue, i: number) =>
      `${i} ${value.style} ${value.href ?? ''} ${JSON.stringify(value.open)} ${value.icon ?? ''}`;
    keyed(list, values, keyOf, createValue, (node, { text }) => setText(node.lastElementChild ?? node, text));
    copy.hidden = copyLabel === undefined;
    copy.title = copyLabel ?? '';
    copy.setAttribute('aria-label', copyLabel ?? '');
  }
}

function createValue({ style, icon, href, open }: DetailsValue): HTMLElement {
  const value = element('span', `value ${style}`);
  if (icon !== undefined) {
    value.append(element('span', `icon icon-${icon}`));
  }
  if (href !== undefined) {
    const link = element('a');
    link.setAttribute('href', href);
    value.append(link);
  } else if (open !== undefined) {
    const button = element('button', 'link');
    button.addEventListener('click', () => send({ type: 'open', target: open }));
    value.append(button);
  } else {
    value.append(element(style === 'code' ? 'code' : 'span'));
  }
  return value;
}

function setIcon(node: HTMLElement, icon: string): void {
  const name = `icon icon-${icon}`;
  if (node.className !== name) {
    node.className = name;
    node.setAttribute('aria-hidden', 'true');
  }
}

function announce(text: string): void {
  if (announcement) {
    // Emptied first: the same words twice would be announced once.
    announcement.textContent = '';
    announcement.textContent = text;
  }
}

/** Says so to a screen reader, and shows a check mark in the button for a moment. */
function confirmCopy(key: string): void {
  announce(main.dataset['copied'] ?? '');
  const glyph = main.querySelector(`[data-row="${CSS.escape(key)}"] .copy .icon`);
  glyph?.classList.replace('icon-copy', 'icon-check');
  setTimeout(() => glyph?.classList.replace('icon-check', 'icon-copy'), 2_000);
}
