import { isList, isMarkup, type Markup, type Piece, raw, writeText } from './markup.ts';

/** A piece of a list that is drawn when it comes into view. */
export interface Row {
  /** What a reader may type to find it. */
  words: Markup;
  html: Markup;
  /** The id of an element in it that links lead to; absent where none does. */
  address?: string;
  /** What stands before the first of several rows that share it. */
  lead?: Markup;
}

/** Lists whose rows a page carries as data. */
export interface Rows {
  /** Keeps a list; returns its number for `data-rows`. */
  keep(rows: Row[]): number;
  /** All that was kept, as JSON inside an element that no browser runs; nothing where nothing was kept. */
  write(): Markup;
}

/** A text (0 and above), a piece (below 0), or a list of both. */
type Ref = number | Ref[];

/** Rows as JSON: every template, text and piece once, so that 3,000 rows that look alike weigh little. */
export function rowsOfPage(): Rows {
  const templates = numbered<readonly string[], readonly string[]>();
  const texts = numbered<string, string>();
  const pieces = numbered<string, Ref[]>();
  const lists: Ref[][] = [];

  texts.of('', '');
  const refer = (piece: Piece): Ref => {
    if (isList(piece)) return piece.map(refer);
    if (!isMarkup(piece)) {
      const text = writeText(piece);
      return texts.of(text, text);
    }
    const [only = ''] = piece.strings;
    if (piece.pieces.length === 0) return texts.of(only, only);
    const parts = [templates.of(piece.strings, piece.strings), ...piece.pieces.map(refer)];
    return -1 - pieces.of(JSON.stringify(parts), parts);
  };

  return {
    keep(rows) {
      lists.push(
        rows.flatMap(({ words, html, address, lead }) => [
          refer(words),
          refer(html),
          refer(address ?? ''),
          refer(lead ?? ''),
        ]),
      );
      return lists.length - 1;
    },
    write() {
      if (lists.length === 0) return raw('');
      const json = JSON.stringify({ templates: templates.all, texts: texts.all, pieces: pieces.all, lists });
      return raw(`<script type="application/json" id="rows">${json.replaceAll('<', '\\u003c')}</script>`);
    },
  };
}

/** Values in the order in which their keys were first seen, and the number of each. */
function numbered<Key, Value>(): { all: Value[]; of(key: Key, value: Value): number } {
  const numbers = new Map<Key, number>();
  const all: Value[] = [];
  return {
    all,
    of(key, value) {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, all.length);
      return all.push(value) - 1;
    },
  };
}
