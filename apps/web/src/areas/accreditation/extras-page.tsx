import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MyExtra } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { askExtra, extrasQuery, giveUpExtra } from '../../api/accreditations-applicant.api';
import { clockQuery } from '../../api/screenings.api';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { Button, Empty, StateWord, ui, Waiting } from '../../ui/parts';
import styles from './accreditation.module.css';

const ZONE = 'Asia/Almaty';
const TONE = { asked: 'info', granted: 'ok', refused: 'error', 'given-up': 'info' } as const;

/** Red carpet, photo call, press conference: what one may ask for besides the badge, and how it stands. */
export function ExtrasPage({ editionId }: { editionId: string }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(extrasQuery(editionId));
  return (
    <div className={`${ui.stack} ${ui.narrow}`}>
      <h1>{t('portal.extras')}</h1>
      <p>{t('extras.lead')}</p>
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting label={t('app.loading')} />}
      {data?.extras.length === 0 && <Empty title={t('extras.none')} />}
      <ul>
        {data?.extras.map((extra) => (
          <ExtraLine key={extra.id} extra={extra} />
        ))}
      </ul>
    </div>
  );
}

function ExtraLine({ extra }: { extra: MyExtra }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { data: clock } = useQuery(clockQuery);
  const deed = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => client.invalidateQueries({ queryKey: ['extras'] }),
  });
  const now = clock ? Date.now() + clock.aheadMs + clock.offsetMs : 0;
  const open = Date.parse(extra.asksUntil) > now;
  const asked = extra.request && extra.request.state !== 'given-up' ? extra.request : null;
  const day = (at: string) => formatShortDayTime(new Date(at), ZONE, language);
  return (
    <li className={styles.row}>
      <div>
        <h2 className={styles.rowTitle}>{extra.name[language]}</h2>
        <p className="small">
          {t(`extras.${extra.kind}`)} · {day(extra.at)}
        </p>
        <p className="small quiet">
          {t(`extras.how-${extra.how}`, { n: extra.capacity })} {t('extras.until', { date: day(extra.asksUntil) })}
        </p>
        {deed.error && <Trouble error={deed.error} />}
      </div>
      <div className={styles.rowVerbs}>
        {asked && <StateWord tone={TONE[asked.state]}>{t(`extras.state-${asked.state}`)}</StateWord>}
        {asked && ['asked', 'granted'].includes(asked.state) && (
          <Button
            kind="quiet"
            busy={deed.isPending}
            onClick={() => deed.mutate(() => giveUpExtra(extra.editionId, extra.id))}
          >
            {t('extras.give-up')}
          </Button>
        )}
        {!asked &&
          (open ? (
            <Button
              kind="outline"
              busy={deed.isPending}
              onClick={() => deed.mutate(() => askExtra(extra.editionId, extra.id))}
            >
              {t('extras.ask')}
            </Button>
          ) : (
            <span className="small quiet">{t('extras.over')}</span>
          ))}
      </div>
    </li>
  );
}
