import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RushDesk } from '#libs/contracts';
import { MINUTE, venueTime } from '#libs/kernel';
import { useSureDeed } from '../../../../api/sure-deed';
import { admitNext, drawNumber, rushDeskQuery, skipNumber } from '../../../../api/tickets-rush.api';
import { useWords } from '../../../../i18n';
import { useSession } from '../../../../session/use-session';
import { Trouble } from '../../../../ui/data-table';
import { Figures } from '../../../../ui/overlays';
import { Button, Notice, Waiting } from '../../../../ui/parts';
import styles from './rush.module.css';

const MOST_SEATED = 5;

/** The line of one screening with big numbers: who is next, how many seats are free, and the deeds of whoever calls. */
export function RushPanel({ screening }: { screening: string }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(rushDeskQuery(screening));
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting label={t('app.loading')} rows={3} />;
  return (
    <div className={styles.panel}>
      <Phase desk={data} />
      <div className={styles.next}>
        <p>{t('rush.next')}</p>
        <p className={data.line.next === null ? styles.nobody : `${styles.number} tabular`} aria-live="polite">
          {data.line.next ?? t('rush.nobody')}
        </p>
      </div>
      <Figures
        items={[
          { id: 'free', figure: data.line.free, words: t('rush.free') },
          { id: 'waiting', figure: data.line.waiting, words: t('rush.waiting') },
          {
            id: 'admitted',
            figure: data.line.numbers.filter(({ state }) => state === 'admitted').length,
            words: t('rush.admitted'),
          },
        ]}
      />
      <Deeds screening={screening} desk={data} />
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      <Seated desk={data} />
    </div>
  );
}

/** Before seats are released, while they are, and after the start. */
function Phase({ desk }: { desk: RushDesk }) {
  const { t } = useWords();
  const { may } = useSession();
  const { festivalTime, opensAt, startsAt, timezone, waitingFor, confirmedAt } = desk;
  const phase = festivalTime < opensAt ? 'before' : festivalTime < startsAt ? 'open' : 'begun';
  const left = Math.ceil((Date.parse(startsAt) - Date.parse(festivalTime)) / MINUTE);
  const waits = phase !== 'before' && waitingFor.length > 0 && confirmedAt === null;
  return (
    <>
      <p className={styles.phase} data-phase={phase}>
        {left > 0 && (
          <span className={styles.left}>
            <strong className="tabular">{left}</strong> {t('rush.minutes-left')}
          </span>
        )}
        <span>
          {phase === 'before'
            ? t('rush.before', { time: venueTime(new Date(opensAt), timezone) })
            : phase === 'open'
              ? t('rush.open')
              : t('rush.begun')}
        </span>
      </p>
      {waits && (
        <Notice tone="warning" title={t('rush.waits-for', { devices: waitingFor.join(', ') })}>
          {!may('house-manager') && <p>{t('rush.waits-who')}</p>}
        </Notice>
      )}
    </>
  );
}

function Deeds({ screening, desk }: { screening: string; desk: RushDesk }) {
  const { t } = useWords();
  const client = useQueryClient();
  const told = (page: RushDesk) => client.setQueryData(rushDeskQuery(screening).queryKey, page);
  const [sureDraw, sureAdmit] = [useSureDeed<RushDesk>(), useSureDeed<RushDesk>()];
  const draw = useMutation({ mutationFn: () => sureDraw((key) => drawNumber(screening, key)), onSuccess: told });
  const admit = useMutation({ mutationFn: () => sureAdmit((key) => admitNext(screening, key)), onSuccess: told });
  const skip = useMutation({ mutationFn: (number: number) => skipNumber(screening, number), onSuccess: told });
  const { next, numbers } = desk.line;
  const last = numbers.at(-1)?.number;
  const begun = desk.festivalTime >= desk.opensAt;
  const error = draw.error ?? admit.error ?? skip.error;
  return (
    <>
      <div className={styles.deeds}>
        {next !== null && begun && (
          <Button busy={admit.isPending} onClick={() => admit.mutate()}>
            {t('rush.admit', { number: next })}
          </Button>
        )}
        {next !== null && begun && (
          <Button kind="outline" busy={skip.isPending} onClick={() => skip.mutate(next)}>
            {t('rush.skip', { number: next })}
          </Button>
        )}
        <Button
          kind={next !== null && begun ? 'outline' : undefined}
          busy={draw.isPending}
          onClick={() => draw.mutate()}
        >
          {t('rush.draw')}
        </Button>
      </div>
      <p role="status" className={styles.drawn}>
        {last !== undefined && t('rush.drawn', { number: last })}
      </p>
      {error && <Trouble error={error} />}
    </>
  );
}

/** Whom to send to which seat, the latest first. */
function Seated({ desk }: { desk: RushDesk }) {
  const { t } = useWords();
  const seated = desk.line.numbers.filter(({ state }) => state === 'admitted').reverse();
  if (seated.length === 0) return null;
  return (
    <div>
      <h3>{t('rush.seated-title')}</h3>
      <ul className={styles.seated} aria-live="polite">
        {seated.slice(0, MOST_SEATED).map(({ id, number, row, seat }) => (
          <li key={id} className="tabular">
            {t('rush.seated', { number, row: row ?? '', seat: seat ?? '' })}
          </li>
        ))}
      </ul>
    </div>
  );
}
