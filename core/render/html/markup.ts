import { inertText } from '../../redaction/inert-text.ts';

/** A piece of a page: text that is HTML already, and between two of them something that is escaped unless it is Markup. */
export interface Markup {
  readonly strings: readonly string[];
  readonly pieces: readonly Piece[];
}

/** What can be put into a page. */
export type Piece = Markup | string | number | null | false | readonly Piece[];

/** A piece of a page: what is put into the template is escaped unless it is Markup; lists are joined. */
export const markup = (strings: TemplateStringsArray, ...pieces: Piece[]): Markup => ({ strings, pieces });

/** Text of our own that is HTML as it stands. */
export const raw = (html: string): Markup => ({ strings: [html], pieces: [] });

/** Nothing at all. */
export const nothing: Markup = raw('');

/** The piece as HTML. */
export function write(piece: Piece): string {
  if (isList(piece)) return piece.map(write).join('');
  if (!isMarkup(piece)) return writeText(piece);
  const { strings, pieces } = piece;
  return strings.reduce((page, text, index) => page + write(pieces[index - 1] ?? '') + text);
}

/** A piece without parts as HTML: safe as text and inside quoted attributes. */
export const writeText = (piece: string | number | null | false): string =>
  piece === null || piece === false
    ? ''
    : inertText(String(piece)).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);

export const isList = (piece: Piece): piece is readonly Piece[] => Array.isArray(piece);

export const isMarkup = (piece: Piece): piece is Markup =>
  typeof piece === 'object' && piece !== null && 'strings' in piece;
