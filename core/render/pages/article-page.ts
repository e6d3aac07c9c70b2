import type { ArticleEntry } from './article.ts';

/** The page that goes through the article in Markdown, with links to the pages of the checks. */
export function renderArticlePage(entries: ArticleEntry[]): string {
  const rows = entries.map(
    ({ lines, says, checks, today }) =>
      `| ${lines} | ${cell(says)} | ${checks.map((id) => `[\`${id}\`](checks/${id}.md)`).join(', ')} | ${cell(today)} |`,
  );
  return [
    '# The article, instruction by instruction',
    '',
    'The AWS Knowledge Center article on unhealthy targets of Network Load Balancers in Amazon EKS, in its version of 6 January',
    '2022, is where this project began. The table goes through it line by line: its statement or instruction, which checks do that',
    'work now, and whether it still holds. Line numbers are those of its Italian text.',
    '',
    '| lines | the article | checks | today |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** A bar would end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');
