/** Redraws the pictures of the docs: an audit in the terminal, and its report in a browser. */
import { spawnSync } from 'node:child_process';
import { installPackages } from './conformance/install-packages.ts';
import { installChromium } from './conformance/install-programs.ts';
import { drawTerminal } from './picture/terminal.ts';

const conformance = new URL('../test/conformance/', import.meta.url);

await drawTerminal();
installPackages(conformance);
installChromium();
// Its own program, because the browser's packages are those of that folder.
const { status } = spawnSync(process.execPath, ['chromium/draw-report.ts'], { cwd: conformance, stdio: 'inherit' });
process.exit(status ?? 1);
