import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Where this machine, as opposed to the packages of this repository, has what the README asks for. Throws with the name of
 * what it has not.
 */
export function programsOf(): Record<string, string> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return Object.fromEntries(
    ['node', 'npm', 'npx', 'git', 'sh'].map((name) => {
      const path = folders.map((folder) => join(folder, name)).find(existsSync);
      if (path === undefined) throw new Error(`this machine has no ${name}`);
      return [name, realpathSync(path)];
    }),
  );
}
