/** Makes screen readers read a text, through the page's live region. */
export function announce(text: string): void {
  const region = document.getElementById('announcement');
  if (region) {
    // Emptied first, because the same text twice would be read only once.
    region.textContent = '';
    region.textContent = text;
  }
}
