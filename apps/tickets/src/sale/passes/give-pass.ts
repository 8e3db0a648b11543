import { Injectable } from '@nestjs/common';
import type { GivePass as GivePassBody, Pass } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { type Caller, hasRole, Idempotency, roleNeeded } from '#libs/service-defaults';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { PassesQueries } from './passes.queries.js';

/** A complimentary pass with its reason, and the end of any pass. */
@Injectable()
export class GivePass {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly passes: PassesQueries,
    private readonly relay: Relay,
  ) {}

  /** @throws pass-kind-unknown, role-needed */
  async execute(caller: Caller, key: string, body: GivePassBody): Promise<Pass> {
    if (!hasRole(caller, 'admin', body.editionId)) throw roleNeeded();
    const call = { key, caller: caller.id, operation: 'give-pass', body };
    const { id } = await this.idempotency.once(call, async (tx) => ({
      id: await callFunction<string>(tx, 'give_pass($1)', [
        {
          id: newId(),
          edition: body.editionId,
          kind: body.kindId,
          person: body.personId,
          language: body.language,
          reason: body.reason,
          by: caller.id,
        },
      ]),
    }));
    this.relay.wake();
    return this.passes.one(id);
  }

  /** No further seats; those that it paid for stand. Ending twice is a success. */
  async end(caller: Caller, id: string): Promise<Pass> {
    const pass = await this.passes.one(id);
    if (!hasRole(caller, 'admin', pass.editionId)) throw roleNeeded();
    await this.database.transaction((tx) => callFunction(tx, 'end_pass($1, $2, $3)', [id, 'admin', caller.id]));
    return this.passes.one(id);
  }
}
