#!/usr/bin/env node
// Nothing is imported before this is known: an older Node.js fails in the middle of a module.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 19)) {
  await import('./main.ts');
} else {
  console.error(`nlb-auditor: this is Node.js ${process.versions.node}; install 22.19 or newer.`);
  process.exitCode = 2;
}
