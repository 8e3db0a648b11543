import { Inject, Injectable } from '@nestjs/common';
import type { ApplicationWords } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type CommonSettings, SETTINGS } from '#libs/service-defaults';
import { ApplicationRow, ApplicationStepRow } from '../applications/application.entity.js';
import { applicationUnknown } from '../applications/application.refusals.js';

/** What belongs into a letter about one step of an application; events carry no words of people. */
@Injectable()
export class ApplicationWordsQueries {
  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
  ) {}

  /** @throws application-unknown, also where the application never had that version */
  async one(id: string, version: number): Promise<ApplicationWords> {
    const manager = this.database.source.manager;
    const [application, step] = [
      await manager.findOneBy(ApplicationRow, { id }),
      await manager.findOneBy(ApplicationStepRow, { applicationId: id, version }),
    ];
    if (!application || !step) throw applicationUnknown();
    const link = `${this.settings.PUBLIC_URL}/accreditation`;
    const asked = step.command === 'request-information';
    const still = application.version === version && application.dueAt;
    return {
      ...(asked && step.reason && { message: step.reason }),
      ...(!asked && step.actor === 'officer' && step.reason && { reason: step.reason }),
      link,
      ...(still && { dueAt: still.toISOString() }),
    };
  }
}
