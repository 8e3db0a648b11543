import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { BeginWalkUp, EvidenceRule, IssueWalkUp } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import { type Caller, hasRole } from '#libs/service-defaults';
import { AddEvidence } from '../applications/add-evidence.js';
import { ApplicationRow } from '../applications/application.entity.js';
import { applicationAlreadyOpen } from '../applications/application.refusals.js';
import { ENDED } from '../applications/application.rules.js';
import { ApplicationSteps } from '../applications/application-steps.js';
import { BeginApplication } from '../applications/begin-application.js';
import { SaveApplication } from '../applications/save-application.js';
import { SubmitApplication } from '../applications/submit-application.js';
import type { UploadForm } from '../applications/upload-form.js';
import { Audit } from '../audit/audit.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { ruleFor } from '../evidence/evidence.rules.js';
import { People } from '../people/people.js';
import { ChangePrint } from '../prints/change-print.js';
import { ApproveApplication } from '../review/approve-application.js';
import { DecideApplication } from '../review/decide-application.js';
import { notAtDesk, walkUpUnknown } from './desk.refusals.js';

/** Accreditation on the day: an officer fills in, photographs, decides and prints for who stands at the desk. */
@Injectable()
export class WalkUps {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly categories: CategoriesQueries,
    private readonly begins: BeginApplication,
    private readonly saves: SaveApplication,
    private readonly submits: SubmitApplication,
    private readonly decides: DecideApplication,
    private readonly approves: ApproveApplication,
    private readonly steps: ApplicationSteps,
    private readonly papers: AddEvidence,
    private readonly prints: ChangePrint,
    private readonly audit: Audit,
  ) {}

  /**
   * The person of the address, made by the gateway when there was none; asked before the transaction.
   * @throws part-unavailable when the gateway does not answer
   */
  personOf(order: BeginWalkUp): Promise<string> {
    const name = order.fields.name?.trim().slice(0, 120);
    return this.people.record({ email: order.email, language: order.language, ...(name && { name }) });
  }

  /**
   * A draft at the desk with the answers so far. A draft of the person's own in that category is gone on with: its owner
   * stands there.
   * @throws not-at-desk, application-already-open for one that was handed in already
   */
  async begin(tx: Tx, { order, personId, officer }: { order: BeginWalkUp; personId: string; officer: Caller }) {
    const { editionId, category, language, fields } = order;
    if (!(await this.categories.one(editionId, category, tx)).walkUp) throw notAtDesk({ category });
    const [open]: { id: string; state: string }[] = await tx.query(
      `SELECT id, state FROM application WHERE edition_id = $1 AND person_id = $2 AND category = $3
          AND NOT state = ANY ($4)`,
      [editionId, personId, category, ENDED],
    );
    if (open && open.state !== 'draft') throw applicationAlreadyOpen({ applicationId: open.id, state: open.state });
    const id = open?.id ?? (await this.begins.within(tx, { editionId, category, personId, language, atDesk: true }));
    await tx.query(
      `INSERT INTO walk_up (application_id, officer_id) VALUES ($1, $2)
       ON CONFLICT (application_id) DO UPDATE SET officer_id = excluded.officer_id`,
      [id, officer.id],
    );
    const { version, fields: known } = await this.steps.lock(tx, id, personId);
    const answers = { language, fields: { ...known, ...fields } };
    await this.saves.within(tx, { id, personId, version, answers });
    await this.audit.record(tx, { actorId: officer.id, action: 'walk-up.fill', objectId: id, facts: { category } });
    return id;
  }

  /** The rules of papers of a draft at the desk, or a no before the first byte is read. */
  async rules(id: string, officer: Caller): Promise<{ personId: string; rules: EvidenceRule[] }> {
    const { personId } = await this.find(this.database.source.manager, id, officer);
    return { personId, rules: await this.papers.rules(id, personId) };
  }

  /** A photo from the camera, or a paper that was shown, by the same rules as an upload. */
  async addPaper(command: { id: string; officer: Caller; key: string; form: UploadForm }): Promise<void> {
    const { id, officer, key, form } = command;
    const { personId, rules } = await this.rules(id, officer);
    const limit = form.early === undefined ? undefined : ruleFor(rules, form.early).maxBytes;
    const file: Readable = form.file;
    await this.papers.execute(
      { applicationId: id, personId, key, fileName: form.fileName, file, told: form.finish },
      limit,
    );
  }

  /**
   * Hands in, decides and prints as one act. Where the quota is full, a fee is due or another officer must agree, there is
   * no badge yet and the state says so. An act that was done already answers what it did.
   */
  async issue(tx: Tx, { id, officer, order }: { id: string; officer: Caller; order: IssueWalkUp }): Promise<void> {
    const { personId } = await this.find(tx, id, officer);
    const application = await this.steps.lock(tx, id);
    if (application.state === 'approved') return;
    await this.submits.within(tx, { id, personId, consent: order.consent?.version, atDesk: officer.id });
    await this.decides.start(tx, { id, officer });
    const { reason = null, override } = order;
    await this.approves.within(tx, { id, officer, reason, override });
    const { state } = await tx.findOneByOrFail(ApplicationRow, { id });
    if (state !== 'approved') return;
    const [badge]: { id: string }[] = await tx.query(
      `SELECT id FROM badge WHERE application_id = $1 AND state = 'live'`,
      [id],
    );
    if (badge) await this.prints.atDesk(tx, { badgeId: badge.id, format: order.format, officer });
  }

  private async find(tx: Tx, id: string, officer: Caller): Promise<{ personId: string }> {
    const [found]: { person: string; edition: string }[] = await tx.query(
      `SELECT a.person_id AS person, a.edition_id AS edition
         FROM walk_up w JOIN application a ON a.id = w.application_id WHERE a.id = $1`,
      [id],
    );
    if (!found || !hasRole(officer, 'accreditation-officer', found.edition)) throw walkUpUnknown();
    return { personId: found.person };
  }
}
