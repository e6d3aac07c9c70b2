/**
 * Draws the rows that the page carries as data (rows.ts), some at a time: those of a list once it is near the screen and not
 * folded away, or its fold is clicked, and findings before they are printed. Of several lists that come near together one is drawn in each frame, since it
 * may push the others away. The texts of rows were escaped where the data was written.
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
  return { place, rows, fitting: rows, drawn: 0, step: perStep[place.className], more: null };
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
const drawOnce = (list) => { if (list.drawn === 0) drawMore(list); };
function redraw(list, fitting) {
  list.place.textContent = '';
  list.fitting = fitting;
  list.drawn = 0;
  if (list.more !== null) list.more.hidden = true;
  lookAgain(list);
}
function lookAgain({ place }) {
  sight.unobserve(place);
  sight.observe(place);
}
const sight = new IntersectionObserver((entries) => {
  const near = new Set(entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target));
  const [first, ...others] = lists.filter(({ place, drawn }) => drawn === 0 && near.has(place));
  if (first !== undefined) drawMore(first);
  others.forEach(lookAgain);
}, { rootMargin: '600px' });
for (const list of lists) {
  sight.observe(list.place);
  list.place.closest('details')?.querySelector('summary').addEventListener('click', () => drawOnce(list));
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
