/**
 * Characters that are not seen but act: controls but tab and line feed, and what Unicode calls format, surrogate, line or
 * paragraph separator, or ignorable by default: marks that turn the direction of writing, zero-width characters, tags
 * (UAX #44, `General_Category` and `Default_Ignorable_Code_Point`).
 */
const acting = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu;

/** Text that can neither steer a terminal nor look other than it is; each character that could becomes U+FFFD. */
export const inertText = (text: string): string => text.replace(acting, '\uFFFD');
