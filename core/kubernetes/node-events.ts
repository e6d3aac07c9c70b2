import { under } from '../model/indexed.ts';
import type { Event } from '../model/kubernetes.ts';

/** Events about a node, in the order given. */
export const eventsOfNode = (events: Event[], name: string | undefined): Event[] => under(events, nodeOf, name);

const nodeOf = ({ regarding }: Event): string[] => (regarding.kind === 'Node' ? [regarding.name] : []);
