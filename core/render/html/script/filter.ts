/** A field at the top that leaves on the page what has all the words that are typed. */
export const filterScript = `
const fixed = [...document.querySelectorAll('[data-words]')].map((element) => ({ element, text: element.dataset.words.toLowerCase() }));
const boxes = [...document.querySelectorAll('.rest, .list, .cause, .cluster')].map((element) => ({
  element,
  wasOpen: element.open,
  counter: element.querySelector('[data-count]'),
  fixed: fixed.filter((each) => element.contains(each.element)),
  lists: lists.filter(({ place }) => element.contains(place)),
}));
const lines = [...document.querySelectorAll('.overview li')];
const sections = [...document.querySelectorAll('main > section')].map((section) => ({
  section,
  items: [...section.querySelectorAll('.overview li, .cause, .cluster, .list, .gaps li')],
}));
const count = (some) => ({ fixed, lists }) =>
  fixed.filter(({ element }) => element.matches(some) && !element.hidden).length +
  lists.reduce((sum, { place, fitting }) => sum + (place.matches(some) ? fitting.length : 0), 0);
const countAll = count('*');
const texts = new Map();
function textOf({ words }) {
  if (!texts.has(words)) texts.set(words, decode(write(words)).toLowerCase());
  return texts.get(words);
}
const unread = lists.flatMap(({ rows }) => rows);
function readAhead(idle) {
  while (unread.length > 0 && idle.timeRemaining() > 1) textOf(unread.pop());
  if (unread.length > 0) requestIdleCallback(readAhead);
}
globalThis.requestIdleCallback?.(readAhead);
const mostOpened = { rest: 8, list: 30 };
const mostFitting = 200;
const field = document.createElement('input');
const status = document.createElement('output');
function narrow() {
  const words = field.value.toLowerCase().split(' ').filter(Boolean);
  const fits = (text) => words.every((word) => text.includes(word));
  for (const { element, text } of fixed) element.hidden = !fits(text);
  for (const list of lists) {
    const fitting = words.length === 0 ? list.rows : list.rows.filter((row) => fits(textOf(row)));
    const isSame = fitting.length === list.fitting.length && fitting.every((row, index) => row === list.fitting[index]);
    if (!isSame) redraw(list, fitting);
  }
  const room = { ...mostOpened };
  const isNarrow = words.length > 0 && countAll({ fixed, lists }) <= mostFitting;
  for (const box of boxes) {
    const { element, counter, wasOpen } = box;
    const some = countAll(box);
    element.hidden = some === 0;
    if (counter !== null && element.matches('details')) {
      counter.textContent = (words.length === 0 ? '' : some + ' of ') + counter.dataset.count;
      element.open = isNarrow ? some > 0 && room[element.className] > 0 : wasOpen;
      room[element.className] -= some;
    }
  }
  for (const line of lines) line.hidden = document.getElementById(line.dataset.of).closest('.cause').hidden;
  for (const { section, items } of sections) section.hidden = items.length > 0 && items.every(({ hidden }) => hidden);
  status.textContent = words.length === 0 ? '' : inWords();
}
const inWords = () =>
  count('.groups, .groups > li')({ fixed, lists }) + ' target groups, ' + count('.findings, .finding')({ fixed, lists }) + ' findings';
if (fixed.length + lists.length > 12) {
  const label = document.createElement('label');
  const bar = document.createElement('div');
  label.textContent = 'Filter';
  bar.className = 'narrow';
  field.type = 'search';
  field.placeholder = 'Service, namespace, cluster, cause, team';
  field.addEventListener('input', narrow);
  label.append(field);
  bar.append(label, status);
  document.querySelector('main').prepend(bar);
}
`;
