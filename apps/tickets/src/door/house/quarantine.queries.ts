import { Injectable } from '@nestjs/common';
import type { QuarantinedScans } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { HouseQueries } from './house.queries.js';

const MOST = 200;

type Row = QuarantinedScans['scans'][number] & { total: number };

/** What revoked devices handed in for a screening, one by one. */
@Injectable()
export class QuarantineQueries {
  constructor(
    private readonly database: Database,
    private readonly house: HouseQueries,
  ) {}

  /** @throws screening-unknown, role-needed */
  async of(caller: Caller, screening: string): Promise<QuarantinedScans> {
    await this.house.managed(caller, screening);
    const rows = await this.database.query<Row>(
      `SELECT q.id AS "scanId", coalesce(q.body->>'festivalAt', q.body->>'at')::timestamptz AS at, q.received_at AS "receivedAt",
              d.name AS device, d.gate, coalesce(q.body->>'direction', 'in') AS direction, q.body->>'verdict' AS verdict,
              (q.body->>'admitted')::boolean AS admitted, coalesce((q.body->>'undone')::boolean, false) AS undone,
              q.body->>'last4' AS last4, (count(*) OVER ())::int AS total
         FROM quarantined_scan q JOIN device d ON d.id = q.device_id
        WHERE q.screening_id = $1 ORDER BY 2 DESC, q.id LIMIT ${MOST}`,
      [screening],
    );
    return {
      scans: rows.map(({ total: _, at, receivedAt, ...scan }) => ({
        ...scan,
        at: new Date(at).toISOString(),
        receivedAt: new Date(receivedAt).toISOString(),
      })),
      total: rows[0]?.total ?? 0,
    };
  }
}
