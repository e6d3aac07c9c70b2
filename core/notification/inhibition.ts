import { catalogue } from '../diagnosis/catalogue.ts';
import type { Finding } from '../model/finding.ts';
import { isActive } from './incident.ts';

/** Causes that take a whole node or its kube-proxy away; what else fails on these targets follows from them. */
const nodeCauses = catalogue.filter(({ takesNodeDown }) => takesNodeDown).map(({ id }) => id);

/** The finding about nodes that accounts for every target of the given one; `undefined` when there is none. */
export type Inhibitors = (finding: Finding) => Finding | undefined;

/** Indexes the active findings about nodes by cluster and target, so that each other finding meets only those of its targets. */
export function inhibitorsOf(findings: Finding[]): Inhibitors {
  const aboutNodes = findings
    .filter((finding) => isActive(finding) && isAboutNodes(finding))
    .map((finding) => ({ finding, gone: new Set(targetIds(finding)) }));
  const atTarget = Map.groupBy(
    aboutNodes.flatMap((node) => [...node.gone].map((id) => ({ key: keyOf(node.finding, id), ...node }))),
    ({ key }) => key,
  );
  return (finding) => {
    const [first, ...others] = targetIds(finding);
    if (first === undefined || isAboutNodes(finding)) return undefined;
    return atTarget.get(keyOf(finding, first))?.find(({ gone }) => others.every((id) => gone.has(id)))?.finding;
  };
}

const keyOf = ({ diagnoses: [first] }: Finding, targetId: string): string => `${first?.cluster ?? ''} ${targetId}`;

const isAboutNodes = ({ diagnoses: [first] }: Finding): boolean => nodeCauses.includes(first?.cause ?? '');

const targetIds = ({ diagnoses }: Finding): string[] => diagnoses.flatMap(({ targets }) => targets.map(({ id }) => id));
