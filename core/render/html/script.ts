import { raw } from './markup.ts';
import { copyScript } from './script/copy.ts';
import { drawRowsScript } from './script/draw-rows.ts';
import { filterScript } from './script/filter.ts';
import { revealScript } from './script/reveal.ts';

/**
 * What the page does besides being read: a button that copies each command, a filter over everything, and the rows of long
 * lists. Where scripts are off a short page loses nothing, and a long one still has every cause with its fix.
 */
export const script = raw(copyScript + drawRowsScript + filterScript + revealScript);

/** What the page's Content-Security-Policy lets run: the SHA-256 of the script above, and nothing else. */
export const scriptHash = 'sha256-u0rc2pw1u09K5zRGIhZfgibkQv6Mik+k9ezNbGSOzDw=';
