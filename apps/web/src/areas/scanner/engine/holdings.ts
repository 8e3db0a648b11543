import type { WireElsewhere } from '#libs/admission-code';
import type { DoorList, DoorScreening, DoorScreenings } from '#libs/contracts';
import { type HeldList, merged, ready } from './held-list';
import type { Drawer } from './ports';

const SCREENINGS = 'screenings';
const listName = (id: string) => `list ${id}`;

/** What the device holds of the house: the screenings of its door and their lists, in memory and under seal. */
export class Holdings {
  screenings: DoorScreening[] = [];
  elsewhere: readonly WireElsewhere[] = [];
  private readonly lists = new Map<string, HeldList>();

  constructor(private readonly drawer: Drawer) {}

  async open(): Promise<void> {
    const kept = await this.drawer.read<DoorScreenings>(SCREENINGS);
    if (!kept) return;
    this.take(kept);
    for (const { id } of kept.screenings) {
      const raw = await this.drawer.read<DoorList>(listName(id));
      if (raw) this.lists.set(id, await ready(raw));
    }
  }

  list(screeningId: string | undefined): HeldList | undefined {
    return screeningId === undefined ? undefined : this.lists.get(screeningId);
  }

  async renewScreenings(fresh: DoorScreenings): Promise<void> {
    const gone = this.screenings.filter(({ id }) => !fresh.screenings.some((one) => one.id === id));
    this.take(fresh);
    await this.drawer.write(SCREENINGS, fresh);
    for (const { id } of gone) {
      this.lists.delete(id);
      await this.drawer.remove(listName(id));
    }
  }

  async renewList(screeningId: string, fetchNews: (since?: string) => Promise<DoorList>): Promise<void> {
    const held = this.lists.get(screeningId)?.raw;
    const raw = merged(held, await fetchNews(held?.version));
    this.lists.set(screeningId, await ready(raw));
    this.screenings = this.screenings.map((one) =>
      one.id === screeningId && raw.screening.version >= one.version ? raw.screening : one,
    );
    await this.drawer.write(listName(screeningId), raw);
  }

  forget(): void {
    this.screenings = [];
    this.elsewhere = [];
    this.lists.clear();
  }

  private take(fresh: DoorScreenings): void {
    this.screenings = fresh.screenings;
    this.elsewhere = fresh.elsewhere;
  }
}
