import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { circlesOf } from './circles.ts';
import { importsOf } from './graph.ts';
import { catalogues, folders, mostFiles, rules } from './rules.ts';

/** What breaks the rules of the rooms in the project at this folder, a sentence each. */
export function violationsIn(root: string): string[] {
  const imports = importsOf(root, folders);
  const forbidden = rules.flatMap(({ name, from, to, except }) =>
    imports
      .filter((each) => from.test(each.from) && to.test(each.to) && !except?.(each))
      .map((each) => `${each.from} imports ${each.to}: ${name}`),
  );
  const circles = circlesOf(imports).map((files) => `a circle of imports: ${files.join(', ')}`);
  return [...forbidden, ...circles, ...crowded(root)];
}

function crowded(root: string): string[] {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }));
  return [...Map.groupBy(files, dirname)]
    .filter(([folder, held]) => held.length > mostFiles && !catalogues.test(folder))
    .map(
      ([folder, held]) =>
        `${folder} holds ${held.length} files, more than ${mostFiles}: divide it by what they are about`,
    );
}
