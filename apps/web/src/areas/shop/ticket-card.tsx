import { useQuery } from '@tanstack/react-query';
import type { IssuedTicket } from '#libs/contracts';
import { formatDay, formatMoney, venueDate, venueTime } from '#libs/kernel';
import { drawPoster, type PosterInput } from '#libs/poster';
import { programmeQuery } from '../../api/screenings.api';
import { useWords } from '../../i18n';
import { PosterArt } from '../../ui/art/poster';
import { QrCode } from '../../ui/qr';
import sheet from './checkout.module.css';
import { showsOf } from './programme.rules';

/** The art of a screening, also while the programme is not there. */
export function useShowPoster(screeningId: string): PosterInput {
  const { data } = useQuery(programmeQuery);
  const show = data && showsOf(data).find((other) => other.screening.id === screeningId);
  return show?.poster ?? { id: screeningId, salt: '', family: 'beam', countries: null, minutes: 100 };
}

/** A ticket: art, an edge cut along the film's ridge, the facts, the code on white. */
export function TicketCard({ ticket }: { ticket: IssuedTicket }) {
  const { t, language } = useWords();
  const poster = useShowPoster(ticket.screeningId);
  const starts = new Date(ticket.startsAt);
  const { heights } = drawPoster(poster).ridge;
  const edge = heights
    .map((h, i) => `${((i / (heights.length - 1)) * 100).toFixed(1)} ${(10 - h * 9).toFixed(1)}`)
    .join('L');
  return (
    <li className={sheet.ticket}>
      <div className={sheet.ticketArt}>
        <PosterArt {...poster} format="band" />
        <svg className={sheet.ticketEdge} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
          <path d={`M0 10L${edge}L100 10Z`} />
        </svg>
      </div>
      <div className={sheet.ticketBody}>
        <div>
          <h2>{ticket.title[language]}</h2>
          <p>
            <strong>
              {formatDay(venueDate(starts, ticket.timezone), language)}, {venueTime(starts, ticket.timezone)}
            </strong>
          </p>
          <p className="small">
            {ticket.venue[language]}, {ticket.hall[language]}
          </p>
        </div>
        <dl className={sheet.cells}>
          <div>
            <dt>{t('ticket.row')}</dt>
            <dd>{ticket.row}</dd>
          </div>
          <div>
            <dt>{t('ticket.seat')}</dt>
            <dd>{ticket.seat}</dd>
          </div>
          <div>
            <dt>{t('ticket.price')}</dt>
            <dd className={`${sheet.price} tabular`}>
              {ticket.price.amount === 0 ? t('price.free') : formatMoney(ticket.price)}
            </dd>
          </div>
        </dl>
        {ticket.state === 'live' ? (
          <div className={sheet.code}>
            <QrCode
              className={sheet.qr}
              text={ticket.admissionCode}
              label={t('ticket.code', { code: ticket.shortCode })}
            />
            <div>
              <p className={sheet.short}>{ticket.shortCode}</p>
              <p className={sheet.codeNote}>{t('ticket.show')}</p>
            </div>
          </div>
        ) : (
          <p>{t('ticket.ended')}</p>
        )}
      </div>
    </li>
  );
}
