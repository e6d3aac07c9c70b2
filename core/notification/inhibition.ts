import { catalogue } from '../diagnosis/catalogue.ts';
import type { Finding } from '../model/finding.ts';
import { isActive } from './incident.ts';

/** Causes that take a whole node or its kube-proxy away; what else fails on these targets follows from them. */
const nodeCauses = catalogue.filter(({ takesNodeDown }) => takesNodeDown).map(({ id }) => id);

/** The finding about nodes that accounts for every target of this one; `undefined` when there is none. */
export function inhibitorOf(finding: Finding, findings: Finding[]): Finding | undefined {
  const ids = targetIds(finding);
  if (ids.length === 0 || isAboutNodes(finding)) return undefined;
  const [own] = finding.diagnoses;
  return findings.find((other) => {
    const [first] = other.diagnoses;
    if (!isActive(other) || !isAboutNodes(other) || first?.cluster !== own?.cluster) return false;
    const gone = new Set(targetIds(other));
    return ids.every((id) => gone.has(id));
  });
}

const isAboutNodes = ({ diagnoses: [first] }: Finding): boolean => nodeCauses.includes(first?.cause ?? '');

const targetIds = ({ diagnoses }: Finding): string[] => diagnoses.flatMap(({ targets }) => targets.map(({ id }) => id));
