import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router';
import type { SeatPlanVersions } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { planFile, planVersionsQuery } from '../../../api/plans.api';
import { planQuery } from '../../../api/screenings.api';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { Select } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { Figures, PageHead } from '../../../ui/overlays';
import { buttonClass, Empty, Notice, ui, Waiting } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { BlockPainter } from './block-painter';
import { PlanPainter } from './plan-painter';
import styles from './plans.module.css';
import { useHalls } from './use-halls';

/** One plan: its versions, who sits by which, and the drawing on which it is painted anew. */
export default function PlanPage() {
  const { t } = useWords();
  const { planId = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const { programme } = useHalls();
  const { data: versions, error, refetch } = useQuery(planVersionsQuery(planId));
  const wanted = Number(search.get('version')) || versions?.[0]?.version;
  const version = versions?.find((one) => one.version === wanted);
  const { data: plan, error: undrawn } = useQuery({
    ...planQuery(planId, version?.version ?? 0),
    enabled: version !== undefined,
  });
  const title = version?.name ?? t('office.plans');
  useTitle(title);
  const screening = programme?.screenings.find(({ id }) => id === search.get('screening'));
  const newest = versions?.[0]?.version;
  const trouble = error ?? undrawn;
  return (
    <div className={ui.page}>
      <PageHead title={title} lead={screening ? t('blocks.lead') : undefined}>
        {version &&
          plan?.admission !== 'general' &&
          (['newer', 'older', 'grid'] as const).map((kind) => (
            <a
              key={kind}
              className={buttonClass('outline')}
              href={planFile(planId, version.version, kind)}
              download={`${planId}.${kind === 'grid' ? 'csv' : 'json'}`}
            >
              <Icon name="download" /> {t(`plan-file.${kind}`)}
            </a>
          ))}
      </PageHead>
      {trouble && <Trouble error={trouble} onRetry={() => void refetch()} />}
      {(!versions || (version && !plan)) && !trouble && <Waiting label={t('app.loading')} />}
      {versions && !version && <Empty title={t('plans.no-version')} />}
      {version && plan && (
        <>
          <Figures
            items={[
              { id: 'seats', figure: version.seats, words: t('plans.seats') },
              ...version.categories.map((category) => ({
                id: `c-${category.name}`,
                figure: category.seats,
                words: category.name === 'closed' ? t('painter.closed') : t('plans.category', { name: category.name }),
              })),
              { id: 'chairs', figure: version.wheelchairPlaces, words: t('plans.wheelchairs') },
              { id: 'companions', figure: version.companionPlaces, words: t('plans.companions') },
            ]}
          />
          {plan.admission === 'general' ? (
            <Notice title={t('plans.general')} />
          ) : screening ? (
            <BlockPainter key={screening.id} plan={plan} screening={screening} />
          ) : (
            <>
              {version.version !== newest && (
                <Notice
                  tone="warning"
                  title={t('painter.old-version', { version: version.version, newest: newest ?? 0 })}
                />
              )}
              <PlanPainter
                key={`${planId} ${version.version}`}
                plan={plan}
                newest={newest ?? 0}
                onSaved={(saved) => setSearch({ version: `${saved}` })}
              />
            </>
          )}
          <Versions
            versions={versions ?? []}
            version={version.version}
            onChoose={(one) => setSearch({ version: `${one}` })}
          />
        </>
      )}
    </div>
  );
}

function Versions({
  versions,
  version,
  onChoose,
}: {
  versions: SeatPlanVersions;
  version: number;
  onChoose(version: number): void;
}) {
  const { t, language, count } = useWords();
  const shown = versions.find((one) => one.version === version)!;
  const newest = versions[0]!.version;
  return (
    <section className={styles.versions}>
      <h2>{t('plans.who-uses')}</h2>
      <Select label={t('plans.version')} value={version} onChange={({ target }) => onChoose(Number(target.value))}>
        {versions.map((one) => (
          <option key={one.version} value={one.version}>
            {t('plans.version-option', {
              version: one.version,
              when: formatShortDayTime(new Date(one.recordedAt), 'Asia/Almaty', language),
              seats: count('seats.some', one.seats),
            })}
          </option>
        ))}
      </Select>
      {shown.screenings.length === 0 ? (
        <p className="quiet">{t('plans.nobody-uses')}</p>
      ) : (
        <ul className={styles.users}>
          {shown.screenings.map((one) => (
            <li key={one.id}>
              <Link to={`/office/programme?open=${one.id}&edition=${one.editionId}`}>{one.title[language]}</Link>
              <span className="quiet">{formatShortDayTime(new Date(one.startsAt), one.timezone, language)}</span>
              {version !== newest && ['announced', 'on-sale', 'closed'].includes(one.state) && (
                <Link to={`/office/programme/screenings/${one.id}/move?edition=${one.editionId}`}>
                  {t('plans.move-to-newest')}
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
