import { blank } from './secret-rule.ts';

const name = '[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?';
const whole = new RegExp(`-----BEGIN ${name}-----[\\s\\S]*?(?:-----END ${name}-----|$)`, 'g');
const end = new RegExp(`^.*-----END ${name}-----`);

/** Private keys in PEM: all of their lines, also where only the beginning or only the end is there. */
export function withoutPrivateKeys(text: string): string {
  const rest = text.replace(whole, blank);
  if (!rest.includes('PRIVATE KEY')) return rest;
  const kept: string[] = [];
  // Line feeds stand between the lines as pieces of their own, also those that JSON escapes.
  for (const line of rest.split(/(\r?\n|\\n)/)) {
    if (!end.test(line)) {
      kept.push(line);
      continue;
    }
    if (isBody(kept.at(-1), 1) || isBody(kept.at(-2), 1)) kept.splice(-2);
    while (isBody(kept.at(-1), 16)) kept.pop();
    if (kept.length > 0) kept.push('\n');
    kept.push(line.replace(end, blank));
  }
  return kept.join('');
}

const isBody = (line: string | undefined, least: number): boolean =>
  line !== undefined &&
  (/^(?:\r?\n|\\n)?$/.test(line) || (line.trim().length >= least && /^\s*[A-Za-z0-9+/]*={0,2}\s*$/.test(line)));
