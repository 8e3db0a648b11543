import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { OfficeProgramme } from '#libs/contracts';
import { newId, venueInstant, venueLocal } from '#libs/kernel';
import { requestMove } from '../../../api/moves.api';
import { checkQuery } from '../../../api/office-programme.api';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { Button, Notice } from '../../../ui/parts';
import { CheckResult } from './check-result';
import styles from './forms.module.css';
import { PlaceFields } from './place-fields';
import { TimeFields, wallOf } from './time-fields';
import type { OfficeScreening } from './timetable.rules';

/** Where and when to. The server's rule answers while one chooses; asking stops the sale until the move is decided. */
export function MoveForm({
  programme,
  screening,
  onRequested,
}: {
  programme: OfficeProgramme;
  screening: OfficeScreening;
  onRequested(): Promise<void>;
}) {
  const { t } = useWords();
  const [search] = useSearchParams();
  const wanted = search.get('start');
  const local = venueLocal(new Date(wanted ?? screening.startsAt), screening.timezone);
  const [when, setWhen] = useState({ day: local.slice(0, 10), time: local.slice(11, 16) });
  const wantedHall = search.get('hall');
  const [place, setPlace] = useState({
    hallId: wantedHall ?? screening.hallId,
    planId:
      wantedHall && wantedHall !== screening.hallId
        ? (programme.plans.find(({ hallId }) => hallId === wantedHall)?.planId ?? '')
        : screening.planId,
  });
  const key = useRef(newId());
  const wall = wallOf(when);
  const zone =
    programme.venues.find(({ halls }) => halls.some(({ id }) => id === place.hallId))?.timezone ?? screening.timezone;
  const startsAt = wall ? venueInstant(wall, zone).toISOString() : undefined;
  const newest = programme.plans.find(({ planId }) => planId === place.planId);
  const plan =
    newest && (newest.planId !== screening.planId || newest.version !== screening.planVersion) ? newest : null;
  const moves = startsAt !== screening.startsAt || place.hallId !== screening.hallId || plan !== null;
  const { data: check, error: unchecked } = useQuery(
    checkQuery(
      startsAt
        ? {
            editionId: screening.editionId,
            screeningId: screening.id,
            items: screening.items,
            hallId: place.hallId,
            planId: place.planId,
            startsAt,
            ...(screening.ageRating ? { ageRating: screening.ageRating } : {}),
          }
        : null,
    ),
  );
  const ask = useMutation({
    mutationFn: () =>
      requestMove(
        screening.id,
        {
          ...(startsAt && startsAt !== screening.startsAt ? { startsAt } : {}),
          ...(place.hallId === screening.hallId ? {} : { hallId: place.hallId }),
          ...(plan ? { planId: plan.planId } : {}),
          ...(plan ? { prices: pricesFor(programme, screening, plan.categories) } : {}),
        },
        key.current,
      ),
    onSuccess: onRequested,
    onError: () => (key.current = newId()),
  });
  if (!['announced', 'on-sale', 'closed'].includes(screening.state))
    return <Notice title={t(screening.state === 'draft' ? 'move.draft-needs-none' : 'move.too-late')} />;
  const refused = check?.problems.some(({ draft }) => !draft);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (moves && startsAt && !refused && !ask.isPending) ask.mutate();
      }}
    >
      <p>{t('move.lead')}</p>
      <TimeFields from={programme.edition.from} to={programme.edition.to} value={when} onChange={setWhen} />
      <PlaceFields programme={programme} {...place} onChange={setPlace} />
      {moves && check && <CheckResult check={check} zone={zone} />}
      {(ask.error ?? unchecked) && <Trouble error={(ask.error ?? unchecked)!} />}
      <Button type="submit" busy={ask.isPending} aria-disabled={!moves || !startsAt || refused}>
        {ask.isPending ? t('move.asking') : t('move.ask')}
      </Button>
    </form>
  );
}

/** What the categories of the new plan cost: as here, else as in the first price list that knows them all. */
function pricesFor(programme: OfficeProgramme, screening: OfficeScreening, categories: readonly string[]) {
  const known = (prices: OfficeScreening['prices']) =>
    categories.every((category) => prices.some((price) => price.category === category));
  const lists = [screening.prices, ...programme.priceLists.map(({ prices }) => prices)];
  return lists.find(known) ?? screening.prices;
}
