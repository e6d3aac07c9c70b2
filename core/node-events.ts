import { under } from './indexed.ts';
import type { Event } from './kubernetes.ts';

/** Events about a node, in the order given. */
export const eventsOfNode = (events: Event[], name: string | undefined): Event[] => under(events, nodeOf, name);

const nodeOf = ({ regarding }: Event): string[] => (regarding.kind === 'Node' ? [regarding.name] : []);
