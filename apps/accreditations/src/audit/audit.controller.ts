import { Controller, Get, Query } from '@nestjs/common';
import { AuditFilter, AuditPage } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { Access, Answers, auditPage, valid } from '#libs/service-defaults';

/** Privileged changes of accreditation: append-only, read by admins. */
@Controller('audit')
export class AuditController {
  constructor(private readonly database: Database) {}

  @Get()
  @Access('admin')
  @Answers('Decisions on applications and badges, the newest first', AuditPage)
  page(@Query(valid(AuditFilter)) filter: AuditFilter): Promise<AuditPage> {
    const columns = { table: 'audit', id: 'seq', actor: 'actor_id', subject: 'object_id' };
    return auditPage((sql, values) => this.database.query(sql, values), columns, filter);
  }
}
