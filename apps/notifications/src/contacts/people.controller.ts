import { Controller, Get, Param } from '@nestjs/common';
import { PersonRecords, Traces } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { Access, Answers } from '#libs/service-defaults';

/** What is known of a person here, and what is left of one who was forgotten. */
@Controller('internal/people')
export class PeopleController {
  constructor(private readonly database: Database) {}

  @Get(':id/export')
  @Access('service')
  @Answers('Everything that is known of a person here, by kind.', PersonRecords)
  async records(@Param('id') id: string): Promise<PersonRecords> {
    const rows = <T>(sql: string) => this.database.query<T & object>(sql, [id]);
    const [contact] = await rows('SELECT email, name, language FROM contact WHERE person_id = $1 AND NOT erased');
    const [preferences] = await rows(
      'SELECT left_classes AS left, telegram, sms, chat_id AS chat, phone FROM preference WHERE person_id = $1',
    );
    return {
      ...(contact && { contact }),
      ...(preferences && { preferences }),
      messages: await rows(
        `SELECT channel, template, class, state, language, queued_at AS "queuedAt", sent_at AS "sentAt", data, facts
           FROM delivery WHERE person_id = $1 AND class <> 'login' ORDER BY queued_at`,
      ),
      inbox: await rows('SELECT number, at, read_at AS "readAt" FROM note WHERE person_id = $1 ORDER BY number'),
      bounces: await rows(
        `SELECT b.address, b.kind, b.status, b.at FROM bounce b JOIN delivery d ON d.id = b.delivery_id WHERE d.person_id = $1`,
      ),
      visits: await rows(
        'SELECT screening_id AS screening, since, ended FROM visit_hold WHERE person_id = $1 ORDER BY since',
      ),
    };
  }

  @Get(':id/traces')
  @Access('service')
  @Answers('What of a person is still there; nothing once it is forgotten. That something was sent stays.', Traces)
  async traces(@Param('id') id: string): Promise<Traces> {
    const left = await this.database.query<{ what: string; count: number }>(
      `SELECT what, n::int AS count FROM (
         SELECT 'contact' AS what, count(*) AS n FROM contact WHERE person_id = $1 AND NOT erased
         UNION ALL SELECT 'messages', count(*) FROM delivery
          WHERE person_id = $1 AND (data <> '{}' OR facts <> '{}' OR address IS NOT NULL)
         UNION ALL SELECT 'messages-under-way', count(*) FROM delivery
          WHERE person_id = $1 AND state IN ('queued', 'in-flight', 'waiting-retry', 'awaiting-contact')
         UNION ALL SELECT 'preferences', count(*) FROM preference WHERE person_id = $1
         UNION ALL SELECT 'codes', count(*) FROM link_code WHERE person_id = $1
         UNION ALL SELECT 'inbox', count(*) FROM note WHERE person_id = $1
         UNION ALL SELECT 'bounces', count(*) FROM bounce b JOIN delivery d ON d.id = b.delivery_id WHERE d.person_id = $1
         UNION ALL SELECT 'visits', count(*) FROM visit_hold WHERE person_id = $1) kinds
        WHERE n > 0 ORDER BY what`,
      [id],
    );
    return { left };
  }
}
