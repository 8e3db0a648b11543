/** The house answered, and the answer is no: by its code, in its own words. */
export class HouseSaysNo extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
  ) {
    super(code);
    this.name = 'HouseSaysNo';
  }
}

/** The house could not be reached, or not in time: nothing is known of what was asked. */
export class HouseSilent extends Error {}
