import type { Sparkline } from '../../model/metrics/measured.ts';
import { formatSparkline } from '../measured-words.ts';
import { type Markup, markup, nothing } from './markup.ts';

const height = 20;

/** How many targets were unhealthy in the hours before the run: a bar for each value, and a gap where nothing is known. */
export function drawSparkline(sparkline: Sparkline | undefined): Markup {
  if (sparkline === undefined) return nothing;
  const { unhealthy, total } = sparkline;
  const most = Math.max(total, ...unhealthy.map((value) => value ?? 0), 1);
  const bars = unhealthy.flatMap((value, index) => {
    if (value === null) return [];
    const size = value === 0 ? 1 : Math.max(3, Math.round((value / most) * height));
    return [
      markup`<rect class="${value === 0 ? 'well' : 'ill'}" x="${index}" y="${height - size}" width="${value === 0 ? '1' : '0.9'}" height="${size}"/>`,
    ];
  });
  return markup`<svg class="spark" role="img" aria-label="${formatSparkline(sparkline)}" viewBox="0 0 ${unhealthy.length} ${height}" preserveAspectRatio="none">${bars}</svg>`;
}
