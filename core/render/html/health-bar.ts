import { formatNumber } from '../number.ts';
import { type Markup, markup } from './markup.ts';

/** How many targets are healthy, as a bar and in words. */
export function healthBar({ healthy, total }: { healthy: number; total: number }): Markup {
  const share = total === 0 ? 0 : (healthy / total) * 100;
  const words = total === 0 ? 'no targets' : `${formatNumber(healthy)} of ${formatNumber(total)} healthy`;
  return markup`<span class="health"><i aria-hidden="true"><i style="width:${share.toFixed(1)}%"></i></i>${words}</span>`;
}
