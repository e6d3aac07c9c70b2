import { wrap } from './wrap.ts';

/** A page of Markdown in lines of at most `width` columns that says the same: commands, headings and code stay whole. */
export function wrapPage(page: string, width: number): string {
  let isCode = false;
  const lines = page.split('\n').flatMap((line) => {
    const isFence = line.startsWith('```');
    if (isFence) isCode = !isCode;
    return isCode || isFence || line.startsWith('#') || line === '' ? [line] : wrapLine(line, width);
  });
  return lines.join('\n');
}

function wrapLine(line: string, width: number): string[] {
  const [, mark = '', text = ''] = /^(- )?(.*)$/.exec(line) ?? [];
  const whole = text.replaceAll(/`[^`]+`/g, (code) => code.replaceAll(' ', noBreak));
  const lines = wrap(whole, width - mark.length, ' '.repeat(mark.length));
  return lines.map((each, index) => (index === 0 ? mark + each.slice(mark.length) : each).replaceAll(noBreak, ' '));
}

/** A space at which no line is broken. */
const noBreak = '\u00a0';
