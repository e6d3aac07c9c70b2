import { log } from '../log.ts';
import type { ItemKey } from './item-key.ts';

/** Called with each stored item that cannot be read and is left out, and with what follows from that. */
export type OnSkipped = (message: string, key: ItemKey) => void;

/** One line in the log of the function. */
export const logSkipped: OnSkipped = (message, { sk }) => log('warn', message, { item: sk });
