import { Injectable } from '@nestjs/common';
import type { ConsentText } from '#libs/contracts';
import type { FieldProblem, Language } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { fingerprint } from '#libs/service-defaults';
import { categoriesRefused } from './category.refusals.js';

/** The consent that an edition asks for with a hand-in, and the record of who gave it. */
@Injectable()
export class Consents {
  async current(tx: Tx, editionId: string): Promise<ConsentText | null> {
    const [row]: ConsentText[] = await tx.query(
      `SELECT c.version, t.text FROM edition_consent c JOIN consent_text t USING (edition_id, version) WHERE c.edition_id = $1`,
      [editionId],
    );
    return row ?? null;
  }

  /** Sets what is asked for from now on. @throws categories-refused when another text has this version */
  async set(tx: Tx, editionId: string, consent: ConsentText | undefined): Promise<void> {
    if (!consent) {
      await tx.query('DELETE FROM edition_consent WHERE edition_id = $1', [editionId]);
      return;
    }
    const [known]: { text: ConsentText['text'] }[] = await tx.query(
      'SELECT text FROM consent_text WHERE edition_id = $1 AND version = $2',
      [editionId, consent.version],
    );
    if (known && fingerprint(known.text) !== fingerprint(consent.text))
      throw categoriesRefused({ editionId }, { fields: [CHANGED] });
    await tx.query(
      'INSERT INTO consent_text (edition_id, version, text) VALUES ($1, $2, $3) ON CONFLICT (edition_id, version) DO NOTHING',
      [editionId, consent.version, JSON.stringify(consent.text)],
    );
    await tx.query(
      `INSERT INTO edition_consent (edition_id, version) VALUES ($1, $2)
       ON CONFLICT (edition_id) DO UPDATE SET version = excluded.version`,
      [editionId, consent.version],
    );
  }

  /** What stands against handing in with this consent; nothing where none is asked for. */
  async problems(tx: Tx, editionId: string, given: string | undefined): Promise<FieldProblem[]> {
    const asked = await this.current(tx, editionId);
    return !asked || asked.version === given ? [] : [MISSING];
  }

  async record(
    tx: Tx,
    consent: { applicationId: string; editionId: string; version: string; language: Language; givenBy: string },
  ): Promise<void> {
    const { applicationId, editionId, version, language, givenBy } = consent;
    await tx.query(
      `INSERT INTO consent (application_id, edition_id, version, language, given_by) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (application_id, version) DO NOTHING`,
      [applicationId, editionId, version, language, givenBy],
    );
  }
}

const MISSING: FieldProblem = {
  field: 'consent',
  code: 'consent-missing',
  reason: {
    kk: 'Деректеріңізді өңдеуге келісім керек.',
    ru: 'Нужно согласие на обработку данных.',
    en: 'Your consent to the use of your data is needed.',
  },
};
const CHANGED: FieldProblem = {
  field: 'consent/version',
  code: 'row-consent-changed',
  reason: {
    kk: 'Бұл нұсқаның мәтіні бөлек: жаңа мәтінге жаңа нұсқа керек.',
    ru: 'У этой версии другой текст: новому тексту нужна новая версия.',
    en: 'This version has another text: a new text needs a new version.',
  },
};
