/** A button beside each command that copies it. */
export const copyScript = `
function addCopyButtons(place) {
  for (const command of place.querySelectorAll('.command')) {
    if (command.querySelector('button') !== null) continue;
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
}
addCopyButtons(document);
`;
