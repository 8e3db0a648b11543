import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import type { PassKind, Programme } from '#libs/contracts';
import { formatDay, formatMoney } from '#libs/kernel';
import { programmeQuery } from '../../api/screenings.api';
import { passKindsQuery } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { Button, buttonClass, Empty, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { basket, useBasket } from './basket';
import styles from './venues.module.css';

/** Film passes on sale: what each opens, what it costs, one verb. */
export default function PassesPage() {
  const { t } = useWords();
  useTitle(t('nav.passes'));
  const { data: programme } = useQuery(programmeQuery);
  const { data } = useQuery(passKindsQuery(programme?.edition.id));
  if (!programme || !data) return <Waiting label={t('app.loading')} />;
  const onSale = data.kinds.filter((kind) => kind.onSale);
  return (
    <div className={ui.page}>
      <h1>{t('nav.passes')}</h1>
      {onSale.length === 0 ? (
        <Empty title={t('passes.none')}>
          <Link className={buttonClass()} to="/">
            {t('tickets.open-programme')}
          </Link>
        </Empty>
      ) : (
        <>
          <p>{t('passes.how')}</p>
          <ul className={styles.passes}>
            {onSale.map((kind) => (
              <Kind key={kind.id} kind={kind} programme={programme} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Kind({ kind, programme }: { kind: PassKind; programme: Programme }) {
  const { t, language, count } = useWords();
  const navigate = useNavigate();
  const { choices } = useBasket();
  const { scope } = kind;
  const opens = () => {
    if (scope.kind === 'films') return count('passes.films', scope.films);
    if (scope.kind === 'day') return t('passes.day', { day: formatDay(scope.day, language) });
    if (scope.kind === 'everything') return t('passes.everything');
    const names = programme.sections.filter((one) => scope.sections.includes(one.id)).map((one) => one.name[language]);
    return t('passes.section', { names: names.join(', ') });
  };
  return (
    <li className={styles.pass}>
      <h2>{kind.name[language]}</h2>
      <p>{opens()}</p>
      {kind.aDay !== undefined && <p className="small quiet">{count('passes.a-day', kind.aDay)}</p>}
      <p className={`${styles.price} tabular`}>{formatMoney(kind.price)}</p>
      <div>
        <Button
          onClick={() => {
            basket.choose({ buyPasses: [...new Set([...choices.buyPasses, kind.id])] });
            void navigate('/checkout');
          }}
        >
          {t('passes.buy')}
        </Button>
      </div>
    </li>
  );
}
