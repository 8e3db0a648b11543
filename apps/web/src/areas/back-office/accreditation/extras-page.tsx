import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { AnnounceExtra, ExtraRequest, MyExtra } from '#libs/contracts';
import { formatShortDayTime, LANGUAGES, venueInstant } from '#libs/kernel';
import {
  announceExtra,
  bibsPdf,
  decideExtra,
  drawExtra,
  extraRequestsQuery,
  officeExtrasQuery,
} from '../../../api/accreditations-office.api';
import { useWords } from '../../../i18n';
import { type Column, DataTable, Trouble, TwoLines } from '../../../ui/data-table';
import { QuotaBar } from '../../../ui/drop-area';
import { Select } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { ConfirmDialog, ListAndPanel, PageHead } from '../../../ui/overlays';
import { Button, buttonClass, Field, StateWord, Waiting } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';
import styles from './office-accreditation.module.css';

const ZONE = 'Asia/Almaty';
const TONE = { asked: 'info', granted: 'ok', refused: 'error', 'given-up': 'info' } as const;
const KINDS = ['red-carpet', 'photo-call', 'press-conference'] as const;

/** Places beside the badge: announced, asked for, drawn or picked, with bibs to print. */
export function ExtrasPage() {
  const { t, language } = useWords();
  useTitle(t('acc.page-extras'));
  const { id: edition } = useEdition();
  const { id = null } = useParams();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(officeExtrasQuery(edition));
  const columns: Column<MyExtra>[] = [
    {
      id: 'name',
      title: t('extras.name'),
      names: true,
      cell: (extra) => (
        <TwoLines
          first={extra.name[language]}
          second={`${t(`extras.${extra.kind}`)} · ${formatShortDayTime(new Date(extra.at), ZONE, language)}`}
        />
      ),
    },
    { id: 'how', title: t('extras.how'), cell: (extra) => t(`extras.how-${extra.how}`) },
    {
      id: 'places',
      title: t('extras.places'),
      cell: (extra) => <QuotaBar label="" used={extra.granted} of={extra.capacity} />,
    },
  ];
  return (
    <ListAndPanel
      label={t('extras.requests')}
      onBack={() => void navigate('/office/accreditation/extras')}
      panel={id && edition && <Requests key={id} edition={edition} id={id} />}
      list={
        <>
          <PageHead title={t('acc.page-extras')} lead={t('extras.lead')} />
          <DataTable
            caption={t('acc.page-extras')}
            columns={columns}
            rows={data?.extras}
            error={error}
            onRetry={() => void refetch()}
            rowId={(extra) => extra.id}
            rowName={(extra) => extra.name[language]}
            open={{ id, onOpen: (one) => void navigate(`/office/accreditation/extras/${one}`) }}
            empty={{ title: t('extras.none') }}
          />
          <Announce edition={edition} />
        </>
      }
    />
  );
}

function Announce({ edition }: { edition: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const announce = useMutation({
    mutationFn: (body: AnnounceExtra) => announceExtra(edition, body),
    onSettled: () => client.invalidateQueries({ queryKey: ['extras'] }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name)).trim();
    const at = venueInstant(text('at'), ZONE);
    announce.mutate(
      {
        id: `${text('kind')}-${at.getTime().toString(36)}`,
        kind: text('kind') as AnnounceExtra['kind'],
        name: { kk: text('kk'), ru: text('ru'), en: text('en') },
        at: at.toISOString(),
        asksUntil: venueInstant(text('until'), ZONE).toISOString(),
        capacity: Number(data.get('capacity')),
        how: text('how') as AnnounceExtra['how'],
      },
      { onSuccess: () => form.reset() },
    );
  }
  return (
    <form className={styles.card} onSubmit={submit}>
      <h2>{t('extras.announce')}</h2>
      <div className={styles.fields}>
        <Select label={t('extras.kind')} name="kind">
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`extras.${kind}`)}
            </option>
          ))}
        </Select>
        {LANGUAGES.map((language) => (
          <Field key={language} label={t(`extras.name-${language}`)} name={language} required maxLength={120} />
        ))}
        <Field label={t('extras.at')} name="at" type="datetime-local" required />
        <Field label={t('extras.until')} name="until" type="datetime-local" required />
        <Field label={t('extras.places')} name="capacity" type="number" min={1} defaultValue={20} required />
        <Select label={t('extras.how')} name="how">
          <option value="draw">{t('extras.how-draw')}</option>
          <option value="pick">{t('extras.how-pick')}</option>
        </Select>
      </div>
      {announce.error && <Trouble error={announce.error} />}
      <div>
        <Button type="submit" busy={announce.isPending}>
          {t('extras.announce')}
        </Button>
      </div>
    </form>
  );
}

function Requests({ edition, id }: { edition: string; id: string }) {
  const { t, language, count } = useWords();
  const client = useQueryClient();
  const { data, error } = useQuery(extraRequestsQuery(edition, id));
  const [sure, setSure] = useState(false);
  const deed = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => client.invalidateQueries({ queryKey: ['extras'] }),
  });
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Waiting label={t('app.loading')} />;
  const asked = data.requests.filter((request) => request.state === 'asked').length;
  const columns: Column<ExtraRequest>[] = [
    {
      id: 'name',
      title: t('decide.who'),
      names: true,
      cell: (request) => (
        <TwoLines
          first={request.place ? `${request.place}. ${request.name}` : request.name}
          second={[request.line, request.functionName[language]].filter(Boolean).join(' · ')}
        />
      ),
    },
    {
      id: 'state',
      title: t('decide.state'),
      cell: (request) => (
        <>
          <StateWord tone={TONE[request.state]}>{t(`extras.state-${request.state}`)}</StateWord>
          {!request.badge && <span className="small"> {t('extras.no-badge')}</span>}
          {['asked', 'granted', 'refused'].includes(request.state) && (data.how === 'pick' || data.drawnAt) && (
            <span className={styles.verbs}>
              {request.state !== 'granted' && (
                <Button
                  kind="quiet"
                  aria-label={`${t('extras.grant')}: ${request.name}`}
                  onClick={() => deed.mutate(() => decideExtra(edition, id, request.id, true))}
                >
                  {t('extras.grant')}
                </Button>
              )}
              {request.state !== 'refused' && (
                <Button
                  kind="quiet"
                  aria-label={`${t('extras.refuse')}: ${request.name}`}
                  onClick={() => deed.mutate(() => decideExtra(edition, id, request.id, false))}
                >
                  {t('extras.refuse')}
                </Button>
              )}
            </span>
          )}
        </>
      ),
    },
  ];
  return (
    <>
      <h2>{data.name[language]}</h2>
      <QuotaBar label={t('extras.places')} used={data.granted} of={data.capacity} />
      <p className="small quiet">{t('extras.commitment', { hash: data.commitment.slice(0, 16) })}</p>
      {deed.error && <Trouble error={deed.error} />}
      <div className={styles.verbs}>
        {data.how === 'draw' && !data.drawnAt && (
          <Button aria-disabled={asked === 0 || undefined} onClick={() => setSure(true)}>
            {t('extras.draw')}
          </Button>
        )}
        {data.granted > 0 && (
          <a className={buttonClass('outline')} href={bibsPdf(edition, id)} download>
            <Icon name="print" /> {t('extras.bibs')}
          </a>
        )}
      </div>
      <DataTable
        caption={t('extras.requests')}
        columns={columns}
        rows={data.requests}
        rowId={(request) => request.id}
        empty={{ title: t('extras.nobody') }}
      />
      <ConfirmDialog
        open={sure}
        title={t('extras.draw')}
        verb={t('extras.draw')}
        busy={deed.isPending}
        onClose={() => setSure(false)}
        onConfirm={() => deed.mutate(() => drawExtra(edition, id), { onSettled: () => setSure(false) })}
      >
        <p>{count('extras.draw-detail', asked)}</p>
      </ConfirmDialog>
    </>
  );
}
