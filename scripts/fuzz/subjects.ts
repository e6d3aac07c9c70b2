import type { Subject } from './subject.ts';
import { documentSubjects } from './subjects/documents.ts';
import { keptSubjects } from './subjects/kept.ts';
import { lineSubjects } from './subjects/line.ts';
import { textSubjects } from './subjects/texts.ts';

/** Everything that reads what others wrote. */
export const subjects: Subject[] = [...textSubjects, ...documentSubjects, ...keptSubjects, ...lineSubjects];
