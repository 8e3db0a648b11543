import { Link } from 'react-router';
import { formatShortDayTime, type LocalText } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { TwoLines } from '../../../ui/data-table';

interface Props {
  to: string;
  screening: { title: LocalText; startsAt: string; timezone: string; hall: LocalText };
}

/** A screening in a list of the door: its title leads on, below it when and where. */
export function ScreeningCell({ to, screening: { title, startsAt, timezone, hall } }: Props) {
  const { language } = useWords();
  return (
    <TwoLines
      first={<Link to={to}>{title[language]}</Link>}
      second={`${formatShortDayTime(new Date(startsAt), timezone, language)} · ${hall[language]}`}
    />
  );
}
