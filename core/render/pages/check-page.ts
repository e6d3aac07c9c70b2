import type { Check } from '../../diagnosis/check.ts';
import { draft } from '../../diagnosis/fix/draft.ts';
import { withNewGroup } from '../../diagnosis/fix/set-health-check.ts';
import { joined } from '../../diagnosis/fix/verification.ts';
import { isMasked } from '../../diagnosis/masks.ts';

/** The page of one check in Markdown: symptom, why, how it is proved, near misses, fix, sources; `catalogue` says what it leads to. */
export function renderCheckPage(check: Check, catalogue: readonly Check[]): string {
  const { id, kind, stage, severity, title, symptom, why, proof, nearMisses, decidedBy } = check;
  const { fix, links, needs, optional } = check;
  const masked = catalogue.filter((other) => isMasked(other, check));
  return `${[
    `# ${title}`,
    `\`${id}\` · ${kinds[kind]} · stage ${stage} · severity ${severity}`,
    `## Symptom\n\n${flow(symptom)}`,
    `## Why it happens\n\n${flow(why)}`,
    `## How it is proved\n\n${flow(proof)}\n\nWhere it is not confirmed, this settles it: ${flow(decidedBy)}.`,
    `Read for it: ${needs.map(code).join(', ')}.${optional.length > 0 ? ` Sharpened by: ${optional.map(code).join(', ')}.` : ''}`,
    section('Near misses', nearMisses.map((miss) => `- ${flow(miss)}`).join('\n')),
    section('What it leads to', masked.map((other) => `- [\`${other.id}\`](${other.id}.md)`).join('\n')),
    section(
      'Fix',
      joined(fix)
        .map((step) => draft(withNewGroup(step)))
        .map(({ text, command, danger, disturbs, undo, verify }) =>
          [
            `${flow(text)}${danger === undefined ? '' : ` **Careful:** ${danger}`}`,
            ...(disturbs === undefined || danger?.includes(disturbs)
              ? []
              : [`What this disturbs: ${lowerFirst(disturbs)}`]),
            ...(command === undefined ? [] : [`\`\`\`sh\n${command}\n\`\`\``]),
            ...(verify === undefined ? [] : [`To see that it worked: \`${verify}\``]),
            ...(undo === undefined ? [] : [`How to take it back: ${lowerFirst(undo)}`]),
          ].join('\n\n'),
        )
        .join('\n\n'),
    ),
    section('Sources', links.map((link) => `- <${link}>`).join('\n')),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

const kinds: Record<Check['kind'], string> = {
  fault: 'a fault',
  mechanism: 'a mechanism, never a cause',
  expected: 'an expected state, never an alarm',
  latent: 'a risk on healthy targets',
  clients: 'clients that do not get through to healthy targets: an alarm where it is proved, else a risk',
};

const section = (title: string, body: string): string => (body === '' ? '' : `## ${title}\n\n${body}`);
const code = (text: string): string => `\`${text}\``;

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Source text is broken for the editor; a page flows. */
const flow = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();
