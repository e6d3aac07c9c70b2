/** Redraws the pictures of the docs: an audit in the terminal, its report in a browser, and what Slack shows of it. */
import { spawnSync } from 'node:child_process';
import { installPackages } from './conformance/install-packages.ts';
import { installChromium } from './conformance/install-programs.ts';
import { drawTerminal } from './picture/terminal.ts';

const conformance = new URL('../test/conformance/', import.meta.url);

await drawTerminal();
installPackages(conformance);
installChromium();
// Its own program, because the browser's packages are those of that folder.
for (const program of ['chromium/draw-report.ts', 'chromium/draw-slack.ts']) {
  const { status } = spawnSync(process.execPath, [program], { cwd: conformance, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
