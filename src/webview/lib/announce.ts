/** Has a screen reader read a text, by the live region of every page. */
export function announce(text: string): void {
  const region = document.getElementById('announcement');
  if (region) {
    // Emptied first: the same words twice would be announced once.
    region.textContent = '';
    region.textContent = text;
  }
}
