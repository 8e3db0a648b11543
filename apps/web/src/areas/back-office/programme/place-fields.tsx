import type { OfficeProgramme } from '#libs/contracts';
import { useWords } from '../../../i18n';
import { Select } from '../../../ui/fields';

/** A hall and one of its plans; where there is only one plan nothing is asked. */
export function PlaceFields({
  programme,
  hallId,
  planId,
  onChange,
}: {
  programme: OfficeProgramme;
  hallId: string;
  planId: string;
  onChange(place: { hallId: string; planId: string }): void;
}) {
  const { t, language, count } = useWords();
  const plansOf = (hall: string) => programme.plans.filter((plan) => plan.hallId === hall);
  const plans = plansOf(hallId);
  return (
    <>
      <Select
        label={t('place.hall')}
        value={hallId}
        onChange={({ target }) => onChange({ hallId: target.value, planId: plansOf(target.value)[0]?.planId ?? '' })}
      >
        {hallId === '' && <option value="">{t('place.choose')}</option>}
        {programme.venues
          .filter((venue) => venue.halls.length > 0)
          .map((venue) => (
            <optgroup key={venue.id} label={venue.name[language]}>
              {venue.halls.map((hall) => (
                <option key={hall.id} value={hall.id}>
                  {venue.name[language]}, {hall.name[language]} · {count('seats.some', hall.seats)}
                </option>
              ))}
            </optgroup>
          ))}
      </Select>
      <Select
        label={t('place.plan')}
        hint={t('place.plan-hint')}
        value={planId}
        onChange={({ target }) => onChange({ hallId, planId: target.value })}
      >
        {plans.map((plan) => (
          <option key={plan.planId} value={plan.planId}>
            {t('place.plan-option', {
              name: plan.name,
              version: plan.version,
              seats: count('seats.some', plan.seats),
            })}
          </option>
        ))}
      </Select>
    </>
  );
}
