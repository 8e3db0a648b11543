/** What is wrong, each with the file it stands in. */
export class Problems {
  readonly list: string[] = [];

  /** Notes `what` unless `fine`. */
  unless(fine: unknown, file: string, what: string): void {
    if (!fine) this.list.push(`${file}: ${what}`);
  }
}
