import type { Problem } from '#libs/contracts';

/** A "no" of the API, with its code, its words in the person's language and what it is about. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly problem: Partial<Problem>,
  ) {
    super(problem.code ?? `status ${status}`);
    this.name = 'ApiProblem';
  }

  get code(): string {
    return this.problem.code ?? 'unknown';
  }

  /** Why one field was refused. */
  field(name: string): string | undefined {
    return this.problem.errors?.find((error) => error.field === name)?.reason;
  }
}

/** The network or the server could not be reached: nothing is known about what was asked. */
export class NoAnswer extends Error {}
