import { UserError } from '../../config/user-error.ts';
import { matches } from '../../core/notification/mute.ts';
import { renderHistory } from '../../core/render/text/history.ts';
import { readHistory } from '../../io/store/history.ts';
import { scopesIn } from '../../io/store/scopes.ts';
import { openStore } from '../../io/store/store.ts';
import { type ListForm, sayStructured } from '../structured.ts';
import { terminal } from '../terminal.ts';
import { inTable, type TableOptions } from './mute.ts';

export interface HistoryOptions extends TableOptions {
  output: ListForm;
}

/** Prints what the deployed auditors remember: all findings, or those whose fingerprint fits. */
export const history = (pattern = '*', { output, ...options }: HistoryOptions) =>
  inTable(options, async (place) => {
    const { client, table } = place;
    const scopes = await scopesIn(client, table);
    const memories = await Promise.all(scopes.map((scope) => openStore({ ...place, scope }).remember()));
    const all = memories.flatMap((memory) => memory.findings);
    const findings = all.filter(({ fingerprint }) => matches(pattern, fingerprint));
    if (findings.length === 0 && pattern !== '*') {
      throw new UserError(
        `no finding "${pattern}" is remembered; \`nlb-auditor history --table ${table}\` lists all ${all.length}.`,
      );
    }
    if (output !== 'text') return sayStructured(findings, output);
    const [only, ...others] = findings;
    const happened = only === undefined || others.length > 0 ? [] : await readHistory(place, only.fingerprint);
    process.stdout.write(renderHistory(findings, terminal(process.stdout), happened));
  });
