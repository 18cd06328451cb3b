/** An element with its classes. */
export function element(name: string, className = ''): HTMLElement {
  const node = document.createElement(name);
  if (className !== '') {
    node.className = className;
  }
  if (className.split(' ').includes('icon')) {
    // Icons repeat what stands beside them.
    node.setAttribute('aria-hidden', 'true');
  }
  return node;
}

/** Sets a text without touching the document where it is the same: a selection in it stays. */
export function setText(node: Element, text: string): void {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/**
 * Makes the children of `parent` those of `items`, in their order: re-uses the child of the same key, makes missing ones,
 * removes the rest. A child that stays is not moved, so it keeps focus.
 */
export function keyed<T>(
  parent: HTMLElement,
  items: readonly T[],
  keyOf: (item: T, index: number) => string,
  create: (item: T) => HTMLElement,
  update: (node: HTMLElement, item: T) => void,
): void {
  const keys = items.map(keyOf);
  const wanted = new Set(keys);
  const present = new Map<string, HTMLElement>();
  for (const child of [...parent.children] as HTMLElement[]) {
    const key = child.dataset['key'];
    if (key === undefined || !wanted.has(key)) {
      child.remove();
    } else {
      present.set(key, child);
    }
  }
  items.forEach((item, index) => {
    const key = keys[index] ?? '';
    const known = present.get(key);
    const node = known ?? create(item);
    node.dataset['key'] = key;
    if (parent.children[index] !== node) {
      parent.insertBefore(node, parent.children[index] ?? null);
    }
    update(node, item);
  });
}

export function setIcon(node: HTMLElement, icon: string): void {
  const name = `icon icon-${icon}`;
  if (node.className !== name) {
    node.className = name;
    node.setAttribute('aria-hidden', 'true');
  }
}
