import { allOf, isTrue, type Match } from './rules-in-order.ts';

const quoted = `(?:"([^"]*)"|'([^']*)')`;
const term = new RegExp(
  `^\\s*(?:(all\\(\\))|(!?)\\s*has\\(([^)]+)\\)|([\\w./-]+)\\s*(==|!=)\\s*${quoted}|([\\w./-]+)\\s*(not\\s+in|in)\\s*\\{([^}]*)\\})\\s*$`,
);

/**
 * Whether labels fit a selector of Calico (reference, "Selectors"): terms joined by `&&`. `maybe` where it holds anything else, or a
 * label that `isKnown` does not take.
 */
export function fitsCalico(
  selector: string,
  labels: Record<string, string>,
  isKnown: (key: string) => boolean = () => true,
): Match {
  if (selector.trim() === '') return 'yes';
  return allOf(...selector.split('&&').map((text) => fitsTerm(text, labels, isKnown)));
}

function fitsTerm(text: string, labels: Record<string, string>, isKnown: (key: string) => boolean): Match {
  const parts = term.exec(text);
  if (parts === null) return 'maybe';
  const [, all, not, has, equal, operator, double, single, listed, within, list = ''] = parts;
  if (all !== undefined) return 'yes';
  const key = (has ?? equal ?? listed ?? '').trim();
  if (!isKnown(key)) return 'maybe';
  const value = labels[key];
  if (has !== undefined) return isTrue((value !== undefined) !== (not === '!'));
  if (equal !== undefined) return isTrue((value === (double ?? single)) === (operator === '=='));
  const values = list.split(',').map((each) => each.trim().replace(/^["']|["']$/g, ''));
  return isTrue((value !== undefined && values.includes(value)) === (within === 'in'));
}
