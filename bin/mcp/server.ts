import { McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { stages } from '../../core/diagnosis/check.ts';
import { severities } from '../../core/model/severity.ts';
import { renderCheckPage } from '../../core/render/pages/check-page.ts';
import { checkNamed } from '../commands/catalogue.ts';
import { version } from '../version.ts';
import { reportAnswer } from './answer.ts';
import { examineFile, type Filters, findingsInTable, gateOnce, judgeAccount, type Place } from './looks.ts';
import { answering } from './tool-result.ts';

const filters = {
  namespace: z.string().optional(),
  service: z.string().optional(),
  check: z.string().optional().describe('id of a check: only what it found'),
  severity: z.enum(severities).optional().describe('only this severity and worse'),
  limit: z.number().int().min(1).max(50).default(10).describe('most findings in the answer'),
};
const region = z.string().optional().describe('AWS Region; default: that of the server');
const probe = z.boolean().default(true).describe('send single connections or GETs to targets that fail');

/** Nothing is changed; AWS and clusters are read. */
const reads = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true };
const looksUp = { ...reads, openWorldHint: false };

const checkSummary = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.string(),
  stage: z.string(),
  severity: z.string(),
});

/** The server of the Model Context Protocol: the read-only part of the command line as tools. */
export function buildServer(place: Place): McpServer {
  const server = new McpServer(
    { name: 'nlb-auditor', version },
    {
      instructions:
        'Names the cause of every unhealthy Network Load Balancer target of EKS clusters. Start with audit, narrowed by cluster, namespace or service. Answers are decided by rules: the same facts give the same answer. An empty list of findings proves nothing where verdict is "unread". Every tool only reads; a fix is for people to run.',
    },
  );
  const auditInput = z.object({ region, cluster: z.string().optional(), ...filters, probe });
  server.registerTool(
    'audit',
    {
      title: 'Audit the account',
      description:
        'Surveys EKS clusters and Network Load Balancers of one Region, probes failing targets and names the cause of each with evidence, what was ruled out, what could not be read, and a fix. Takes seconds to minutes; with namespace and service it reads only what those need.',
      inputSchema: auditInput,
      outputSchema: reportAnswer,
      annotations: reads,
    },
    ({ limit, ...asked }) => answering(() => judgeAccount({ ...place, ...without(asked) }, limit)),
  );
  server.registerTool(
    'gate',
    {
      title: 'One look at one Service',
      description:
        'Whether the targets of one Service take traffic now: healthy, waiting (may still come), hopeless (a confirmed cause that waiting does not fix) or unread. Looks once and does not wait.',
      inputSchema: z.object({ region, cluster: z.string(), namespace: z.string(), service: z.string(), probe }),
      outputSchema: reportAnswer.extend({
        state: z.enum(['healthy', 'waiting', 'hopeless', 'unread']),
        detail: z.string(),
      }),
      annotations: reads,
    },
    (asked) => answering(() => gateOnce({ ...place, ...without(asked) })),
  );
  server.registerTool(
    'examine',
    {
      title: 'Judge saved facts',
      description:
        'Judges a file that `nlb-auditor collect` or `audit --save-facts` wrote, without touching AWS; the same file always gives the same answer.',
      inputSchema: z.object({ path: z.string().describe('file of facts on the machine of the server'), ...filters }),
      outputSchema: reportAnswer,
      annotations: looksUp,
    },
    ({ path, limit, ...asked }) => answering(() => examineFile(path, place, { ...without(asked), limit })),
  );
  server.registerTool(
    'explain',
    {
      title: 'Everything about one cause',
      description:
        'The page of one check in Markdown: symptom, why it happens, how it is proved, near misses, fix, sources.',
      inputSchema: z.object({ check: z.string() }),
      outputSchema: checkSummary.extend({ page: z.string() }),
      annotations: looksUp,
    },
    ({ check: id }) =>
      answering(() => {
        const check = checkNamed(id);
        return { ...summaryOf(check), page: renderCheckPage(check, catalogue) };
      }),
  );
  server.registerTool(
    'checks',
    {
      title: 'The catalogue of causes',
      description:
        'One line on each check, all or those of a stage of the chain or with a word in id, title or symptom.',
      inputSchema: z.object({ stage: z.enum(stages).optional(), word: z.string().optional() }),
      outputSchema: z.object({ checks: z.array(checkSummary) }),
      annotations: looksUp,
    },
    ({ stage, word = '' }) =>
      answering(() => ({
        checks: catalogue
          .filter((each) => stage === undefined || each.stage === stage)
          .filter(({ id, title, symptom }) => `${id} ${title} ${symptom}`.toLowerCase().includes(word.toLowerCase()))
          .map(summaryOf),
      })),
  );
  server.registerTool(
    'history',
    {
      title: 'Findings over time',
      description:
        'What the deployed auditors keep in their table: open, suspected and resolved findings with their episodes.',
      inputSchema: z.object({
        region,
        table: z.string().optional().describe('output TableName of the stack; default: that of the server'),
        pattern: z.string().default('*').describe('fingerprint; * stands for any characters'),
        limit: z.number().int().min(1).max(200).default(50),
      }),
      outputSchema: z.object({
        findings: z.array(
          z.object({
            fingerprint: z.string(),
            status: z.string(),
            title: z.string(),
            openedAt: z.string(),
            resolvedAt: z.string().nullable(),
            episodes: z.number(),
            observed: z.array(z.string()),
          }),
        ),
        omitted: z.number(),
      }),
      annotations: reads,
    },
    ({ limit, pattern, ...asked }) => answering(() => findingsInTable({ ...place, ...without(asked) }, pattern, limit)),
  );
  return server;
}

const summaryOf = ({ id, title, kind, stage, severity }: (typeof catalogue)[number]) => ({
  id,
  title,
  kind,
  stage,
  severity,
});

type Given<Asked> = { [Key in keyof Asked]: Exclude<Asked[Key], undefined> };

/** What was given: an option that is undefined would hide that of the server. */
const without = <Asked extends object>(asked: Asked): Partial<Given<Asked>> & Pick<Asked, RequiredOf<Asked>> =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as never;

type RequiredOf<Asked> = { [Key in keyof Asked]-?: undefined extends Asked[Key] ? never : Key }[keyof Asked];

export type { Filters };
