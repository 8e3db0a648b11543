import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AuditFilter,
  AuditPage,
  ChoosePassword,
  FindPeople,
  FoundPeople,
  InviteStaff,
  PeopleByIds,
  SetStaffRoles,
  StaffInvited,
  StaffList,
  StaffMember,
} from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { Access, Answers, auditPage, type Caller, CallerParam, valid } from '#libs/service-defaults';
import { personUnknown } from '../people/people.refusals.js';
import { SignInLimits } from '../people/sign-in-limits.js';
import { ManageStaff } from './manage-staff.js';
import { StaffQueries } from './staff.queries.js';

/** Staff and their roles, and people as staff look them up. */
@Controller('api')
export class StaffController {
  constructor(
    private readonly staff: StaffQueries,
    private readonly manage: ManageStaff,
    private readonly limits: SignInLimits,
    private readonly database: Database,
  ) {}

  @Get('staff')
  @Access('admin')
  @Answers('Everybody who has a role.', StaffList)
  async list(): Promise<StaffList> {
    return { staff: await this.staff.list() };
  }

  @Post('staff')
  @Access('admin')
  @Answers('The new member of staff, with the link to choose a password: it is shown only here.', StaffInvited)
  invite(@CallerParam() caller: Caller, @Body(valid(InviteStaff)) body: InviteStaff): Promise<StaffInvited> {
    return this.manage.invite(caller.id, body);
  }

  @Put('staff/:id/roles')
  @Access('admin')
  @Answers('The member of staff with these roles.', StaffMember)
  setRoles(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(SetStaffRoles)) body: SetStaffRoles,
  ): Promise<StaffMember> {
    return this.manage.setRoles(caller.id, known(id), body.roles);
  }

  @Post('staff/:id/password-link')
  @HttpCode(200)
  @Access('admin')
  @Answers('A new link to choose a password: it is shown only here.', StaffInvited)
  renew(@CallerParam() caller: Caller, @Param('id') id: string): Promise<StaffInvited> {
    return this.manage.renewLink(caller.id, known(id));
  }

  @Post('staff/:id/sign-out')
  @HttpCode(200)
  @Access('admin')
  @Answers('The member of staff, signed out everywhere.', StaffMember)
  signOut(@CallerParam() caller: Caller, @Param('id') id: string): Promise<StaffMember> {
    return this.manage.endSessions(caller.id, known(id));
  }

  @Post('session/password')
  @HttpCode(204)
  @Access('public')
  @Answers('Nothing: the password is chosen and the link is used up.')
  async choosePassword(
    @Body(valid(ChoosePassword)) body: ChoosePassword,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.limits.check(request);
    await this.manage.choosePassword(body.token, body.password);
  }

  @Get('people')
  @Access('box-office', 'finance', 'house-manager', 'accreditation-officer')
  @Answers('People whose name, in any script, or address fits.', FoundPeople)
  async find(@Query(valid(FindPeople)) { query }: FindPeople): Promise<FoundPeople> {
    return { people: await this.staff.find(query) };
  }

  @Get('people/named')
  @Access('box-office', 'finance', 'house-manager', 'accreditation-officer')
  @Answers('Names and addresses of these people.', FoundPeople)
  async named(@Query(valid(PeopleByIds)) { ids }: PeopleByIds): Promise<FoundPeople> {
    return { people: await this.staff.byIds(ids.split(',').filter(isId).slice(0, 200)) };
  }

  @Get('audit/staff')
  @Access('admin')
  @Answers('What was done to staff and their roles, the newest first.', AuditPage)
  staffAudit(@Query(valid(AuditFilter)) filter: AuditFilter): Promise<AuditPage> {
    return this.audit('staff_audit', filter);
  }

  @Get('audit/privacy')
  @Access('admin')
  @Answers('Who was forgotten at whose asking, the newest first.', AuditPage)
  privacyAudit(@Query(valid(AuditFilter)) filter: AuditFilter): Promise<AuditPage> {
    return this.audit('privacy_audit', filter);
  }

  private audit(table: 'staff_audit' | 'privacy_audit', filter: AuditFilter): Promise<AuditPage> {
    const columns = { table, id: 'seq', actor: 'actor', subject: 'subject' };
    return auditPage((sql, values) => this.database.query(sql, values), columns, filter);
  }
}

function known(id: string): string {
  if (!isId(id)) throw personUnknown();
  return id;
}
