import type { Problem } from '#libs/contracts';

export interface RefusedRow {
  id: string;
  file: string;
  line: number;
  pointer: string;
  reason: string;
}

interface Placed {
  file: string;
  line: number;
  pointer: string;
}

/** The rows that a programme was refused for, each with file, line and reason. */
export function refusedRows(problem: Partial<Problem>): RefusedRow[] {
  const rows = problem.code === 'programme-refused' ? ((problem.facts?.rows ?? []) as Placed[]) : [];
  return rows.map(({ file, line, pointer }, index) => ({
    id: `${index}`,
    file,
    line,
    pointer,
    reason: problem.errors?.[index]?.reason ?? '',
  }));
}

/** The edition that a programme file is for, where one of the files says it. */
export function editionIn(files: readonly { text: string }[]): string | undefined {
  for (const { text } of files) {
    try {
      const { edition } = JSON.parse(text) as { edition?: { id?: unknown } };
      if (typeof edition?.id === 'string') return edition.id;
    } catch {
      // What is no JSON is named by the server, with its line.
    }
  }
  return undefined;
}
