/**
 * Draws the rows that the page carries as data (rows.ts), some at a time: those of a fold when it opens, those of the map when
 * they come near the screen, findings before they are printed. After a key stroke each list is drawn in a task of its own, so
 * that the next key does not wait for it. The texts of rows were escaped where the data was written.
 */
export const drawRowsScript = `
document.querySelector('.unscripted')?.remove();
const data = JSON.parse(document.getElementById('rows')?.textContent ?? '{"lists":[]}');
const write = (ref) => {
  if (Array.isArray(ref)) return ref.map(write).join('');
  if (ref >= 0) return data.texts[ref];
  const [template, ...parts] = data.pieces[-1 - ref];
  return data.templates[template].reduce((page, text, index) => page + write(parts[index - 1]) + text);
};
const decode = (html) => html.replace(/&#(\\d+);/g, (_, code) => String.fromCharCode(code));
const rowsOf = (flat) => Array.from({ length: flat.length / 4 }, (_, index) => {
  const [words, html, address, lead] = flat.slice(index * 4, index * 4 + 4);
  return { words, html, address: data.texts[address], lead };
});
const perStep = { cells: 600, groups: 30, findings: 8 };
const lists = [...document.querySelectorAll('[data-rows]')].map((place) => {
  const rows = rowsOf(data.lists[place.dataset.rows]);
  const fold = place.closest('details');
  return { place, rows, fitting: rows, drawn: 0, step: perStep[place.className], fold, isNear: false, more: null };
});
function drawMore(list) {
  const { place, fitting, drawn, step } = list;
  let lead = fitting[drawn - 1]?.lead ?? 0;
  let html = '';
  for (const row of fitting.slice(drawn, drawn + step)) {
    if (row.lead !== lead) html += write(row.lead);
    lead = row.lead;
    html += write(row.html);
  }
  place.insertAdjacentHTML('beforeend', html);
  list.drawn = Math.min(drawn + step, fitting.length);
  addCopyButtons(place);
  offerMore(list);
}
function offerMore(list) {
  const left = list.fitting.length - list.drawn;
  if (list.more === null && left > 0) {
    list.more = document.createElement('button');
    list.more.type = 'button';
    list.more.className = 'step';
    list.more.addEventListener('click', () => drawMore(list));
    list.place.after(list.more);
  }
  if (list.more === null) return;
  list.more.hidden = left === 0;
  list.more.textContent = 'Show ' + Math.min(left, list.step) + ' more';
}
const isInView = ({ fold, isNear }) => (fold === null ? isNear : fold.open);
const drawOnce = (list) => { if (list.drawn === 0) drawMore(list); };
let waiting = [];
function redrawAll() {
  for (const list of lists) {
    if (list.drawn > 0) list.place.textContent = '';
    list.drawn = 0;
    if (list.more !== null) list.more.hidden = true;
  }
  const isIdle = waiting.length === 0;
  waiting = lists.filter(isInView);
  if (isIdle && waiting.length > 0) setTimeout(drawNext);
}
function drawNext() {
  const list = waiting.shift();
  if (isInView(list)) drawOnce(list);
  if (waiting.length > 0) setTimeout(drawNext);
}
const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const list = lists.find(({ place }) => place === target);
    list.isNear = isIntersecting;
    if (isIntersecting) drawOnce(list);
  }
}, { rootMargin: '600px' });
for (const list of lists) {
  if (list.fold === null) sight.observe(list.place);
  else list.fold.addEventListener('toggle', () => { if (list.fold.open) drawOnce(list); });
}
function drawForPaper() {
  for (const list of lists) {
    if (list.place.className === 'groups') continue;
    while (list.drawn < list.fitting.length) drawMore(list);
  }
}
addEventListener('beforeprint', drawForPaper);
matchMedia('print').addEventListener('change', ({ matches }) => { if (matches) drawForPaper(); });
`;
