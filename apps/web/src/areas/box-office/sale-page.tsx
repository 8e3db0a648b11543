import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Shift } from '#libs/contracts';
import { programmeQuery } from '../../api/screenings.api';
import { availabilityQuery } from '../../api/tickets.api';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { ExchangeBanner } from './exchange-banner';
import { exchange, useExchange } from './kept-exchange';
import { useKeptSale } from './kept-sale';
import { useKeys } from './keys';
import { ScreeningChoice } from './screening-choice';
import { offered, sellable } from './screenings.rules';
import { Selling } from './selling';
import { useFestivalNow } from './told';

/** Which screening is sold is in the address; a sale that this device still has is found again wherever one comes from. */
export function SalePage({ shift }: { shift: Shift }) {
  const { t } = useWords();
  useTitle(t('counter.title'));
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const kept = useKeptSale(shift.id);
  const begun = useExchange(shift.id);
  const { data: programme, error, refetch } = useQuery(programmeQuery);
  const { data: free } = useQuery(availabilityQuery(shift.editionId));
  const { now, zone } = useFestivalNow();
  const search = useRef<HTMLInputElement>(null);
  const open = (id: string | null) => setParams(id ? { screening: id } : {});
  // The sale that was found again ends; the counter stays where it was made.
  const found = kept?.screeningId;
  useEffect(() => {
    if (found) setParams({ screening: found }, { replace: true });
  }, [found, setParams]);
  const today = programme ? offered(programme.screenings, now, zone) : [];
  const wanted = found ?? params.get('screening');
  const screening = programme?.screenings.find((one) => one.id === wanted);
  const freeOf = (id: string) => free?.screenings[id]?.free;
  if (error && !programme)
    return (
      <div className={ui.page}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!programme) return <Waiting label={t('app.loading')} />;
  if (screening)
    return (
      <Selling
        key={screening.id}
        shift={shift}
        screening={screening}
        programme={programme}
        today={today}
        free={freeOf}
        onOpen={open}
        onOrder={(id) => void navigate(`/counter/orders/${id}`)}
      />
    );
  return (
    <>
      <ChoiceKeys
        shiftId={shift.id}
        today={today.map(({ id }) => id)}
        onOpen={open}
        onSearch={() => search.current?.focus()}
      />
      <ScreeningChoice
        programme={programme}
        today={today}
        all={sellable(programme.screenings, now)}
        free={freeOf}
        search={search}
        notice={begun && <ExchangeBanner shiftId={shift.id} begun={begun} />}
        onOpen={open}
      />
    </>
  );
}

interface ChoiceKeysProps {
  shiftId: string;
  today: string[];
  onOpen(id: string): void;
  onSearch(): void;
}

function ChoiceKeys({ shiftId, today, onOpen, onSearch }: ChoiceKeysProps) {
  useKeys('screenings', (deed) => {
    if (deed.do === 'search') onSearch();
    if (deed.do === 'no-exchange') exchange.end(shiftId);
    const id = deed.do === 'open' ? today[deed.n] : undefined;
    if (id) onOpen(id);
  });
  return null;
}
