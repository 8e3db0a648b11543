import { VERDICTS } from '#libs/admission-code';
import { formatShortDayTime, venueTime } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import { questionOf, type ShownVerdict } from '../engine/shown';
import { OfflinePill, PracticePill } from './pills';
import styles from './verdict.module.css';
import { VerdictShape } from './verdict-shape';

export interface VerdictDeeds {
  next(): void;
  undo(): void;
  override(): void;
  answer(yes: boolean): void;
  admitMore(people: number): void;
}

interface Props {
  shown: ShownVerdict;
  timezone: string;
  /** The age of the list in minutes where the device decided by itself. */
  listAge: number | null;
  /** Whether this very scan may be taken back still. */
  undoable: boolean;
  loud: boolean;
  /** An answer to a question is on its way. */
  asking: boolean;
  deeds: VerdictDeeds;
}

/** Full bleed: colour, shape, edge, word, sentence, then the seat or what to do. The camera reads on behind it. */
export function VerdictScreen({ shown, timezone, listAge, undoable, loud, asking, deeds }: Props) {
  const { t } = useWords();
  return (
    <section
      className={styles.verdict}
      data-tone={shown.tone}
      data-verdict={shown.verdict}
      data-scan={shown.scanId}
      aria-label={t('scan.verdict')}
      aria-busy={asking}
    >
      <span className={styles.edge} aria-hidden="true" />
      <div className={styles.body}>
        <div className={styles.pills}>
          {shown.practice && <PracticePill />}
          {shown.offline && !shown.practice && <OfflinePill minutes={listAge} />}
        </div>
        <VerdictShape tone={shown.tone} icon={shown.icon} />
        <div className={styles.told} role="alert">
          <h1 className={styles.word}>{t(`scan.word-${shown.overridden ? 'ok' : shown.verdict}`)}</h1>
          <Details shown={shown} timezone={timezone} />
        </div>
      </div>
      <div className={styles.foot}>
        {loud && (
          <p className={styles.heard} aria-hidden="true">
            <Icon name="sound" /> {t(`scan.heard-${shown.sound}`)}
          </p>
        )}
        <Verbs shown={shown} undoable={undoable} deeds={deeds} />
        <span className={styles.edge} aria-hidden="true" />
      </div>
    </section>
  );
}

function Details({ shown, timezone }: { shown: ShownVerdict; timezone: string }) {
  const { t, count, language } = useWords();
  const { text, advice } = VERDICTS[shown.verdict];
  const question = questionOf(shown);
  const sentence = shown.overridden
    ? t('scan.overridden')
    : shown.earlier
      ? t('scan.earlier', { time: venueTime(new Date(shown.earlier.at), timezone), gate: shown.earlier.gate })
      : shown.elsewhere
        ? t('scan.elsewhere', {
            title: shown.elsewhere.title[language],
            hall: shown.elsewhere.hall[language],
            time: formatShortDayTime(new Date(shown.elsewhere.startsAt), timezone, language),
          })
        : question === 'photo'
          ? t('scan.same-person')
          : shown.admitted === 'yes' || shown.proof
            ? undefined
            : text[language];
  return (
    <>
      {sentence && <p className={styles.sentence}>{sentence}</p>}
      {shown.proof && <p className={styles.sentence}>{shown.proof[language]}</p>}
      {shown.photo && <Photo photo={shown.photo} />}
      {shown.row && shown.seat && (
        <dl className={styles.place}>
          <div>
            <dt>{t('scan.row')}</dt>
            <dd>{shown.row}</dd>
          </div>
          <div>
            <dt>{t('scan.seat')}</dt>
            <dd>{shown.seat}</dd>
          </div>
        </dl>
      )}
      {shown.group && (
        <p className={styles.sentence}>
          {shown.group.left === 0 ? t('scan.group-complete') : count('scan.group-left', shown.group.left)}
        </p>
      )}
      {shown.admitted !== 'yes' && !shown.photo?.url && <p className={styles.advice}>{advice[language]}</p>}
    </>
  );
}

function Photo({ photo }: { photo: NonNullable<ShownVerdict['photo']> }) {
  const { t } = useWords();
  return (
    <>
      {photo.url === null ? (
        <p className={styles.advice}>{t('scan.no-photo')}</p>
      ) : (
        <img className={styles.photo} src={photo.url} alt={t('scan.photo')} />
      )}
      <p className={styles.sentence}>{photo.name}</p>
    </>
  );
}

function Verbs({ shown, undoable, deeds }: Pick<Props, 'shown' | 'undoable' | 'deeds'>) {
  const { t } = useWords();
  const question = questionOf(shown);
  if (question === 'photo' || question === 'proof')
    return (
      <div className={styles.verbs}>
        <button type="button" className={styles.verb} onClick={() => deeds.answer(false)}>
          {t(`scan.${question}-no`)}
        </button>
        <button type="button" className={styles.verb} data-first onClick={() => deeds.answer(true)}>
          {t(`scan.${question}-yes`)}
        </button>
      </div>
    );
  return (
    <div className={styles.verbs}>
      {shown.group && shown.group.left > 0 && shown.admitted === 'yes' && shown.direction === 'in' && (
        <button type="button" className={styles.verb} onClick={() => deeds.admitMore(shown.group?.left ?? 1)}>
          {t('scan.group-rest', { n: shown.group.left })}
        </button>
      )}
      {undoable && (
        <button type="button" className={styles.verb} onClick={deeds.undo}>
          {t('scan.undo')}
        </button>
      )}
      {shown.admitted !== 'yes' && shown.overridable && (
        <button type="button" className={styles.verb} onClick={deeds.override}>
          {t('scan.override')}
        </button>
      )}
      <button type="button" className={styles.verb} data-first onClick={deeds.next}>
        {t('scan.next')}
      </button>
    </div>
  );
}
