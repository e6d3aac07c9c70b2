/** A word that readers should not meet, and what to write instead. */
export interface BannedWord {
  pattern: RegExp;
  instead: string;
}

/** Words of an older or a private English, for readers whose first language may be another. */
export const bannedWords: readonly BannedWord[] = [
  { pattern: /\bmend(s|ed|ing)?\b/gi, instead: 'fix' },
  {
    pattern: /\b(is|are|was|were|be|been) told\b|\b(it|auditor|message|report|command) (tells|says|said)\b/gi,
    instead: 'notified, reported, shows',
  },
  { pattern: /\bsays? so\b/gi, instead: 'reports it' },
  { pattern: /\b(alarm|alarms|it) rings?\b/gi, instead: 'fires' },
  { pattern: /\bowed?\b|\bowes\b/gi, instead: 'pending' },
  { pattern: /\banew\b/gi, instead: 'again' },
  { pattern: /\bin the place of\b/gi, instead: 'instead of' },
  { pattern: /\bof its own\b/gi, instead: 'own, separate' },
  { pattern: /\bnobody\b/gi, instead: 'no one' },
  { pattern: /\bfor lack of\b/gi, instead: 'because … is missing' },
  { pattern: /\bforms? of (a|the) (report|list)\b/gi, instead: 'output format' },
  { pattern: /\bway to the\b/gi, instead: 'path to the' },
];

/** What is wrong in a text, a sentence for each word with its line. */
export const wordsIn = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line, index) =>
      bannedWords.flatMap(({ pattern, instead }) =>
        [...line.matchAll(pattern)].map(([word]) => `${index + 1}: "${word}": write ${instead}`),
      ),
    );
