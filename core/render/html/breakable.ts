import { type Markup, markup } from './markup.ts';

/** A name that may go on in the next line after a slash, dot, underscore or colon, rather than anywhere. */
export const breakable = (name: string): Markup =>
  markup`${name.split(/(?<=[/._:])/).map((part, index) => (index === 0 ? part : markup`<wbr>${part}`))}`;
