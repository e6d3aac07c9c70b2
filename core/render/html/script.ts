import type { Markup } from './markup.ts';

/**
 * What the page does besides being read: a button that copies each command, and a field that narrows the list of target
 * groups. Nothing is lost where scripts are off.
 */
export const script: Markup = {
  html: `
for (const command of document.querySelectorAll('.command')) {
  const button = document.createElement('button');
  const pre = command.querySelector('pre');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(pre.textContent);
    } catch {
      getSelection().selectAllChildren(pre);
      document.execCommand('copy');
    }
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
  command.prepend(button);
}
const all = document.querySelector('.all');
const lines = [...document.querySelectorAll('.groups > li')].map((line) => [line, line.textContent.toLowerCase()]);
if (lines.length > 12) {
  const label = document.createElement('label');
  const field = document.createElement('input');
  label.textContent = 'Only those with ';
  label.className = 'narrow';
  field.type = 'search';
  field.placeholder = 'namespace, Service, load balancer or state';
  field.addEventListener('input', () => {
    const words = field.value.toLowerCase().split(' ').filter(Boolean);
    for (const [line, text] of lines) line.hidden = !words.every((word) => text.includes(word));
    for (const list of document.querySelectorAll('.list')) {
      list.hidden = list.querySelector('li:not([hidden])') === null;
      list.open = words.length > 0;
    }
  });
  label.append(field);
  all.querySelector('h2').after(label);
}
`,
};

/** What the page's Content-Security-Policy lets run: the SHA-256 of the script above, and nothing else. */
export const scriptHash = 'sha256-RA28GI0yOyy9HmGmsMhLALeAm25VIqmIKE9+gI+yOQ0=';
