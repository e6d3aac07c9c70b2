import type { Diagnosis } from '../../model/diagnosis.ts';
import { type Markup, markup } from './markup.ts';
import { groupName, type Judged, stateNames } from './state.ts';

/** What a reader may type to find a target group: names, state, and what is wrong with it. */
export const wordsOfGroup = ({ group, state, diagnoses }: Judged): Markup =>
  markup`${group.cluster} ${groupName(group)} ${group.name} ${group.loadBalancer} ${stateNames[state]}${diagnoses.map(wordsOfCause)}`;

/** What a reader may type to find a finding: where it is, its cause, how bad it is, and whose it is. */
export const wordsOfFinding = (diagnosis: Diagnosis, name: string | undefined): Markup =>
  markup`${diagnosis.cluster} ${diagnosis.namespace}/${diagnosis.service} ${name ?? ''} ${diagnosis.severity} ${diagnosis.confidence}${wordsOfCause(diagnosis)}`;

const wordsOfCause = ({ cause, title, team }: Diagnosis): Markup => markup` ${cause} ${title} ${team ?? ''}`;
