import { globSync, readFileSync } from 'node:fs';
import GithubSlugger from 'github-slugger';
import { type MarkedToken, marked, type Token } from 'marked';

export const root = new URL('../../', import.meta.url).pathname;

/** A block of code: the first word after its fence, the `key=value` words that follow, and its lines. */
export interface Code {
  language: string;
  settings: Record<string, string>;
  text: string;
}

/** A Markdown page as its readers meet it. */
export interface Page {
  /** From the root of the repository. */
  path: string;
  /** Names that a link to this page can end with. */
  anchors: Set<string>;
  /** Addresses of links and pictures. */
  links: string[];
  code: Code[];
}

/** The pages at the root and under docs/. */
export const pages: Page[] = globSync(['*.md', 'docs/**/*.md'], { cwd: root })
  .toSorted()
  .map((path) => readPage(path));

/** Blocks of code of a language, each with its page and number for the name of a test. */
export const codeIn = (...languages: string[]): (Code & { name: string })[] =>
  pages.flatMap(({ path, code }) =>
    code
      .filter(({ language }) => languages.includes(language))
      .map((block, index) => ({ ...block, name: `${path}, ${block.language} ${index + 1}` })),
  );

function readPage(path: string): Page {
  const page: Page = { path, anchors: new Set(), links: [], code: [] };
  const slugger = new GithubSlugger();
  void marked.walkTokens(marked.lexer(readFileSync(root + path, 'utf8')), (token) => {
    const known = token as MarkedToken;
    if (known.type === 'heading') page.anchors.add(slugger.slug(wordsOf(known.tokens)));
    if (known.type === 'link' || known.type === 'image') page.links.push(known.href);
    if (known.type === 'code') page.code.push(codeOf(known.lang ?? '', known.text));
  });
  return page;
}

/** The words without their markup. */
function wordsOf(tokens: Token[]): string {
  return tokens
    .map((token) => {
      if ('tokens' in token && token.tokens !== undefined) return wordsOf(token.tokens);
      return 'text' in token ? String(token.text) : '';
    })
    .join('');
}

function codeOf(information: string, text: string): Code {
  const [language = '', ...words] = information.split(/\s+/);
  const settings = words.map((word): [string, string] => {
    const [key = '', value = ''] = word.split('=');
    return [key, value];
  });
  return { language, settings: Object.fromEntries(settings), text };
}
