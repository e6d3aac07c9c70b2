import { inertText } from '../../redaction/inert-text.ts';

/** Text that is HTML already; everything else is escaped when it is put into a page. */
export interface Markup {
  readonly html: string;
}

type Piece = Markup | string | number | null | false | readonly Piece[];

/** A piece of a page: what is put into the template is escaped unless it is Markup; lists are joined. */
export const markup = (strings: TemplateStringsArray, ...pieces: Piece[]): Markup => ({
  html: strings.reduce((page, text, index) => page + write(pieces[index - 1] ?? '') + text),
});

/** Nothing at all. */
export const nothing: Markup = { html: '' };

function write(piece: Piece): string {
  if (piece === null || piece === false) return '';
  if (typeof piece === 'string') return escapeHtml(piece);
  if (typeof piece === 'number') return String(piece);
  return 'html' in piece ? piece.html : piece.map(write).join('');
}

/** Safe as text and inside quoted attributes. */
const escapeHtml = (text: string): string =>
  inertText(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
