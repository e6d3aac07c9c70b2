/** Links to a finding that is not drawn, is folded away or is filtered out still lead to it. */
export const revealScript = `
function reveal(id) {
  const list = lists.find(({ rows }) => rows.some(({ address }) => address === id));
  const isThere = document.getElementById(id) !== null;
  if (!isThere && list === undefined) return;
  const isLeftOut = isThere ? document.getElementById(id).closest('[hidden]') !== null : !list.fitting.some(({ address }) => address === id);
  if (isLeftOut) {
    field.value = '';
    narrow();
  }
  while (document.getElementById(id) === null && list.drawn < list.fitting.length) drawMore(list);
  const target = document.getElementById(id);
  for (let fold = target.closest('details'); fold !== null; fold = fold.parentElement.closest('details')) fold.open = true;
  if (isThere) target.scrollIntoView();
  else location.replace('#' + id);
}
const idOf = (hash) => decodeURIComponent(hash.slice(1));
if (location.hash !== '') reveal(idOf(location.hash));
addEventListener('hashchange', () => reveal(idOf(location.hash)));
document.addEventListener('click', ({ target }) => {
  const hash = target.closest('a')?.getAttribute('href') ?? '';
  if (hash === location.hash && hash.startsWith('#')) reveal(idOf(hash));
});
`;
