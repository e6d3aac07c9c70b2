/** Ids as AWS and Kubernetes make them, but counted: the same account in every run. */
export const account = '111122223333';
export const region = 'eu-west-1';
export const zones = ['a', 'b', 'c'].map((letter) => `${region}${letter}`);

/** Seventeen hexadecimal digits, for example `i-00000000000000a3f`. */
export const awsId = (prefix: string, ...numbers: number[]): string => `${prefix}-${hex(numbers, 17)}`;

/** The end of an ARN or of a generated name. */
export const suffix = (digits: number, ...numbers: number[]): string => hex(numbers, digits);

export const uid = (...numbers: number[]): string =>
  hex(numbers, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** Numbers below 4096 each, so that different ones never give the same digits. */
const hex = (numbers: number[], digits: number): string =>
  numbers
    .map((number) => number.toString(16).padStart(3, '0'))
    .join('')
    .padStart(digits, '0')
    .slice(-digits);

/** The n-th address of a zone in a VPC of 10.0.0.0/8 with one /10 for each zone. */
export const addressIn = (zone: number, index: number): string =>
  `10.${zone * 64 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;

export const zoneCidr = (zone: number): string => `10.${zone * 64}.0.0/10`;

export const at = (takenAt: string, minutesBefore: number): string =>
  new Date(Date.parse(takenAt) - minutesBefore * 60_000).toISOString().replace('.000Z', 'Z');
