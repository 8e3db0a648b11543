import type { EditionView, FestivalClockView, Programme } from '#libs/contracts';

const FRESH_MS = 30_000;
/** A page does not wait longer than this for its first words. */
const PATIENCE_MS = 250;
const ASK_MS = 3_000;

export interface KnownFestival {
  programme: Programme;
  /** Where festival time is not the machine's. */
  clock: FestivalClockView;
}

/** The festival as the pages' shells need it: kept, renewed in the background, absent while screenings is away. */
export class PageFacts {
  private kept: KnownFestival | undefined;
  private until = 0;
  private asking: Promise<void> | undefined;

  constructor(private readonly screenings: string) {}

  async festival(now = Date.now()): Promise<KnownFestival | undefined> {
    if (this.until <= now) {
      this.asking ??= this.ask().finally(() => {
        this.asking = undefined;
      });
      if (!this.kept) await Promise.race([this.asking, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    }
    return this.kept;
  }

  private async ask(): Promise<void> {
    try {
      const [edition] = await this.get<EditionView[]>('/editions');
      if (edition) {
        const [programme, clock] = await Promise.all([
          this.get<Programme>(`/editions/${edition.id}/programme`),
          this.get<FestivalClockView>(`/editions/${edition.id}/festival-clock`),
        ]);
        this.kept = { programme, clock };
      }
      this.until = Date.now() + FRESH_MS;
    } catch {
      // A page without its first words is a page all the same; the next one asks again.
    }
  }

  private async get<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.screenings}${path}`, { signal: AbortSignal.timeout(ASK_MS) });
    if (!answer.ok) throw new Error(`screenings answered ${answer.status}`);
    return (await answer.json()) as T;
  }
}
