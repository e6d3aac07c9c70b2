import type { Gap } from '../model/gap.ts';
import { eachIndexed } from '../model/indexed.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Observation } from '../model/observation.ts';
import type { GroupSummary, Report } from '../model/report.ts';
import { compareText } from '../model/target-group-context.ts';
import type { Baseline } from './baseline.ts';
import { catalogue } from './catalogue.ts';
import { type Grades, gradedChecks } from './check-settings.ts';
import { type Conclusion, conclude } from './conclusion.ts';

/** What a configuration and memory say about judging; without any of it the catalogue as it is. */
export interface AssessOptions {
  /** Checks that are switched off or get another severity, by id. */
  checks?: Grades;
  /** Label of Services whose value is the team of their diagnoses. */
  teamLabel?: string | undefined;
  /** How target groups were set up when they were last healthy, by ARN. */
  baselines?: Map<string, Baseline>;
}

/** The Report of a run, finished, and what it leaves to be remembered beside it. */
export interface Assessment {
  report: Report;
  /** Of target groups that are healthy now and whose baseline was another one, or unknown; none without `baselines`. */
  baselines: Map<string, Baseline>;
}

/** Judges everything that a run observed and puts the outcome into one Report, in a stable order. */
export function assess({ facts, ...of }: Observation, { checks = {}, ...rules }: AssessOptions = {}): Assessment {
  const judging = { ...rules, checks: gradedChecks(catalogue, checks) };
  return assemble(
    of,
    eachIndexed(facts, (each) => conclude(each, judging)),
  );
}

/** Puts the conclusions of a run, one for each Facts, into its Report. */
export function assemble({ run, inventory }: Omit<Observation, 'facts'>, conclusions: Conclusion[]): Assessment {
  const gaps = distinct([...inventory.gaps, ...conclusions.flatMap((each) => each.gaps)]);
  const groups = [...conclusions.flatMap((each) => each.groups), ...(inventory.unread ?? [])].toSorted(byPlace);
  const there = groups.filter(({ missing }) => missing !== true);
  const read = there.filter((group) => group.read);
  const alike = conclusions.reduce((sum, each) => sum + each.alike, 0);
  return {
    report: {
      schemaVersion: 1,
      run: {
        ...run,
        account: inventory.account,
        region: inventory.region,
        complete: gaps.every((gap) => gap.reason === 'not-requested'),
        apiCalls: Object.fromEntries(Object.entries(run.apiCalls).toSorted(([a], [b]) => compareText(a, b))),
      },
      coverage: {
        clusters: { seen: clustersSeen(inventory), audited: conclusions.filter(({ audited }) => audited).length },
        targetGroups: { seen: there.length, read: read.length },
        targets: {
          seen: read.reduce((sum, group) => sum + group.total, 0),
          probed: conclusions.reduce((sum, { probed }) => sum + probed, 0),
          ...(alike > 0 && { alike }),
        },
        gaps,
      },
      groups,
      diagnoses: conclusions.flatMap((each) => each.diagnoses),
    },
    baselines: new Map(conclusions.flatMap(({ baselines }) => Object.entries(baselines))),
  };
}

/** Clusters that were described, and those that are known by name but could not be described. */
function clustersSeen({ clusters, gaps }: Pick<Inventory, 'clusters' | 'gaps'>): number {
  const refused = gaps.flatMap(({ slice, scope }) =>
    slice === 'clusters' && scope.kind === 'cluster' ? [scope.name] : [],
  );
  return new Set([...clusters.map(({ name }) => name), ...refused]).size;
}

function distinct(gaps: Gap[]): Gap[] {
  const byKey = new Map(gaps.map((gap) => [JSON.stringify([gap.slice, gap.scope, gap.action]), gap]));
  return [...byKey.entries()].toSorted(([a], [b]) => compareText(a, b)).map(([, gap]) => gap);
}

const byPlace = (a: GroupSummary, b: GroupSummary): number =>
  compareText(a.cluster ?? '~', b.cluster ?? '~') ||
  compareText(a.namespace ?? '', b.namespace ?? '') ||
  compareText(a.service ?? '', b.service ?? '') ||
  compareText(a.targetGroupArn, b.targetGroupArn);
