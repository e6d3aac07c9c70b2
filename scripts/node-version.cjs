// Plain JavaScript: it has to run on the old Node.js that it warns of.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `Node.js ${process.versions.node} is too old: 22.19 or newer is needed. npm installs Node.js 24 beside the other packages; ` +
      'run `npm ci` without --ignore-scripts, or install a newer Node.js.',
  );
  process.exit(2);
}
