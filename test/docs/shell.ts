/** A command as a page shows it, and what it shows as its output. */
export interface Shown {
  command: string;
  output: string[];
}

/** The commands of a block: after a prompt, or without prompts one on each line. */
export function commandsIn({ language, text }: { language: string; text: string }): Shown[] {
  const shown: Shown[] = [];
  for (const line of text.split('\n')) {
    const isCommand = language === 'sh' ? /^[^#\s]/.test(line) : line.startsWith('$ ');
    if (isCommand) shown.push({ command: line.replace(/^\$ /, ''), output: [] });
    else shown.at(-1)?.output.push(line);
  }
  return shown;
}

/** The words after the name of the program; `undefined` where another program is meant. */
export function wordsForNlbAuditor(command: string): string[] | undefined {
  const [, rest] = /^(?:npm run -s cli --|nlb-auditor) (.*)$/.exec(command) ?? [];
  if (rest === undefined) return undefined;
  const [beforeComment = ''] = rest.split(/(?:^|\s)#/);
  const words = beforeComment.matchAll(/"[^"]*"|'[^']*'|\S+/g);
  return [...words].map(([word]) => word.replace(/^(["'])(.*)\1$/, '$2'));
}
