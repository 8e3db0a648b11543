import { Inject, Injectable } from '@nestjs/common';
import type { InboxNote, InboxPage } from '#libs/contracts';
import type { Language } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type CommonSettings, SETTINGS } from '#libs/service-defaults';
import { writeMessage } from '../letters/write-letter.js';

interface NoteRow {
  person_id: string;
  number: string;
  template: string;
  class: string;
  language: Language | null;
  data: unknown;
  at: Date;
  read_at: Date | null;
}

const DEFAULT_LIMIT = 30;

/** A person's inbox: what was said, in words that are made when it is read. */
@Injectable()
export class InboxQueries {
  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
  ) {}

  async page(
    personId: string,
    { before, limit = DEFAULT_LIMIT, language }: { before?: number; limit?: number; language?: Language },
  ): Promise<InboxPage> {
    const rows = await this.database.query<NoteRow>(
      `SELECT n.*, d.template, d.class, d.data, c.language FROM note n JOIN delivery d ON d.id = n.delivery_id
         LEFT JOIN contact c ON c.person_id = n.person_id
        WHERE n.person_id = $1 AND ($2::bigint IS NULL OR n.number < $2) ORDER BY n.number DESC LIMIT $3`,
      [personId, before ?? null, limit],
    );
    return { notes: rows.map((row) => this.note(row, language)), unread: await this.unread(personId) };
  }

  async unread(personId: string): Promise<number> {
    const [row] = await this.database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM note WHERE person_id = $1 AND read_at IS NULL',
      [personId],
    );
    return row?.n ?? 0;
  }

  /**
   * What came after each number, for several people in one question, oldest first.
   * @param limit most notes in all
   */
  async since(
    asked: readonly { personId: string; number: number }[],
    limit: number,
  ): Promise<{ personId: string; note: InboxNote }[]> {
    const rows = await this.database.query<NoteRow>(
      `SELECT n.*, d.template, d.class, d.data, c.language
         FROM unnest($1::text[], $2::bigint[]) AS a(person_id, number)
         JOIN note n ON n.person_id = a.person_id AND n.number > a.number
         JOIN delivery d ON d.id = n.delivery_id LEFT JOIN contact c ON c.person_id = n.person_id
        ORDER BY n.at, n.number LIMIT $3`,
      [asked.map(({ personId }) => personId), asked.map(({ number }) => number), limit],
    );
    return rows.map((row) => ({ personId: row.person_id, note: this.note(row) }));
  }

  async newest(personId: string): Promise<number> {
    const [row] = await this.database.query<{ last: string }>('SELECT last FROM note_count WHERE person_id = $1', [
      personId,
    ]);
    return Number(row?.last ?? 0);
  }

  /** Marks everything up to a number as read; what was read stays read since then. Answers what is unread still. */
  async read(personId: string, until: number): Promise<number> {
    await this.database.query(
      'UPDATE note SET read_at = clock_timestamp() WHERE person_id = $1 AND number <= $2 AND read_at IS NULL',
      [personId, until],
    );
    return this.unread(personId);
  }

  private note(row: NoteRow, language?: Language): InboxNote {
    const speaks = language ?? row.language ?? 'kk';
    return {
      number: Number(row.number),
      template: row.template,
      class: row.class,
      ...writeMessage(row.template, speaks, row.data, this.settings.PUBLIC_URL),
      at: row.at.toISOString(),
      readAt: row.read_at?.toISOString() ?? null,
    };
  }
}
