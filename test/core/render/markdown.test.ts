import { marked, type Token } from 'marked';
import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../../core/render/text/markdown.ts';
import { crashReport, expectedReport, gap } from './crash-report.ts';

function tokensOf(markdown: string): Token[] {
  const tokens: Token[] = [];
  const walked = marked.walkTokens(marked.lexer(markdown), (token) => void tokens.push(token));
  expect(walked.length).toBe(tokens.length);
  return tokens;
}

/** What there is besides plain text. */
const structureOf = (markdown: string): string[] =>
  tokensOf(markdown).flatMap(({ type }) => (['text', 'escape'].includes(type) ? [] : [type]));

describe('the report as Markdown', () => {
  test('is the verdict, then the cause with what was seen and the command that mends it', () => {
    const tokens = tokensOf(renderMarkdown(crashReport()));
    const headings = tokens.flatMap((token) => (token.type === 'heading' ? [token['text']] : []));
    expect(headings).toEqual(['1 cause on 1 Service', expect.stringContaining('shop shop/web: Containers')]);
    const commands = tokens.flatMap((token) => (token.type === 'code' ? [token['text']] : []));
    expect(commands[0]).toBe('aws eks update-kubeconfig --region eu-west-1 --name shop');
    expect(commands[1]).toMatch(/^kubectl --context \S+:cluster\/shop --namespace shop logs web-1 /);
  });

  test('tells expected states and what was not read', () => {
    expect(renderMarkdown(expectedReport())).toMatch(/^## Nothing wrong\n[\s\S]*### Expected, no alarm/);
    const alone = renderMarkdown(expectedReport({ crossZone: false }));
    expect(alone).toMatch(/^## Nothing wrong, but 1 Service has a zone without a healthy target\n/);
    expect(alone).toMatch(
      /### Expected, but a zone has no healthy target\n\n- .* is left without a healthy target: eu.*1c \(`etp-local-no-local-pod`\)/,
    );
    expect(alone).not.toContain('no alarm');
    const unread = renderMarkdown(crashReport('gone', [gap]));
    expect(unread).toMatch(/^## 1 cause on 1 Service; not everything could be read/);
    expect(unread).toContain('denied nodes of shop: nodes is forbidden');
  });

  test.each([
    '<img src=x onerror=alert(1)>',
    'mail me@attacker.example',
    '**bold** _slanted_ ~~gone~~ `code`',
    '# heading',
    '| a | b |',
    '1. one',
    '- one',
    '```',
    '<!-- gone -->',
  ])('shows %j as text', (lastWords) => {
    expect(structureOf(renderMarkdown(crashReport(lastWords)))).toEqual(structureOf(renderMarkdown(crashReport())));
  });

  test.each([
    ['https://attacker.example/a?b=1&c=*d* and', 'https://attacker.example/a?b=1&c=*d*'],
    ['see www.attacker.example.', 'www.attacker.example'],
    ['[click](https://attacker.example)', 'https://attacker.example'],
    ['![](https://attacker.example/a.png)', 'https://attacker.example/a.png'],
    ['see http://[fd00::1]:8080/x`y, then', 'http://[fd00::1]:8080/x'],
  ])('shows the address in %j as code: no link, and its copy works', (lastWords, address) => {
    const tokens = tokensOf(renderMarkdown(crashReport(lastWords)));
    expect(tokens.filter(({ type }) => type === 'link' || type === 'image')).toEqual([]);
    expect(tokens).toContainEqual(expect.objectContaining({ type: 'codespan', text: address }));
    expect(renderMarkdown(crashReport(lastWords))).not.toContain('&#8203;');
  });

  test('names the targets', () => {
    const [diagnosis] = crashReport().diagnoses;
    const { id = '', port = 0 } = diagnosis?.targets[0] ?? {};
    expect(id).not.toBe('');
    expect(renderMarkdown(crashReport())).toContain(`- Targets: \`${id}:${port}\``);
  });

  test('calls nobody: an @ is followed by something that a name cannot have', () => {
    expect(renderMarkdown(crashReport('ask @somebody'))).toContain('ask @&#8203;somebody');
  });
});
