/** How a figure grows with the work: a value for each size, every size twice the one before. */
export interface Growth {
  /** Each value by the one before it; 2 is linear. */
  ratios: number[];
  /** The power of the work that the values follow between the smallest and the largest size: 1 is linear, 2 quadratic. */
  exponent: number;
}

/** Growth over sizes that double. */
export function growthOf(values: number[]): Growth {
  const ratios = values.slice(1).map((value, index) => round(value / (values[index] ?? value)));
  const whole = (values.at(-1) ?? 1) / (values[0] ?? 1);
  return { ratios, exponent: round(Math.log2(whole) / Math.max(1, values.length - 1)) };
}

/** `2.1, 1.9, 2.0; exponent 1.0`. */
export const formatGrowth = ({ ratios, exponent }: Growth): string =>
  `${ratios.map((ratio) => ratio.toFixed(1)).join(', ')}; exponent ${exponent.toFixed(1)}`;

const round = (value: number): number => Number(value.toFixed(2));
