import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { IssuedTicket } from '#libs/contracts';
import { formatDay, formatMoney, venueDate, venueTime } from '#libs/kernel';
import { drawPoster, type PosterInput } from '#libs/poster';
import { programmeQuery } from '../../api/screenings.api';
import { type OrderRef, walletsQuery } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { PosterArt } from '../../ui/art/poster';
import { Icon } from '../../ui/icon';
import { QrCode } from '../../ui/qr';
import sheet from './checkout.module.css';
import { showsOf } from './programme.rules';
import { ScreeningNotes } from './screening-notes';
import { TransferDialog } from './transfer-dialog';

/** The art of a screening, also while the programme is not there. */
export function useShowPoster(screeningId: string): PosterInput {
  const { data } = useQuery(programmeQuery);
  const show = data && showsOf(data).find((other) => other.screening.id === screeningId);
  return show?.poster ?? { id: screeningId, salt: '', family: 'beam', countries: null, minutes: 100 };
}

/** A ticket: art, an edge cut along the film's ridge, the facts, the code on white. */
export function TicketCard({ ticket, order }: { ticket: IssuedTicket; order: OrderRef }) {
  const { t, language, count } = useWords();
  const { data: programme } = useQuery(programmeQuery);
  const screening = programme?.screenings.find((one) => one.id === ticket.screeningId);
  const poster = useShowPoster(ticket.screeningId);
  const [giving, setGiving] = useState(false);
  const starts = new Date(ticket.startsAt);
  const time = (at: string) => venueTime(new Date(at), ticket.timezone);
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
            {screening && ` · ${t('ticket.doors', { time: time(screening.doorsOpenAt) })}`}
          </p>
          {screening && <p className={sheet.codeNote}>{t('ticket.late', { time: time(screening.lateEntryUntil) })}</p>}
        </div>
        {programme && screening && <ScreeningNotes screening={screening} programme={programme} />}
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
        {ticket.proof && <p className="small">{t('kind.proof', { paper: ticket.proof[language] })}</p>}
        {ticket.places !== undefined && <p>{count('ticket.people', ticket.places)}</p>}
        <Code ticket={ticket} />
        <div className={sheet.ticketDeeds}>
          {screening && (
            <Link to={`/venues#${screening.venueId}`}>
              <Icon name="place" />
              {t('ticket.way')}
            </Link>
          )}
          {ticket.state === 'live' && !ticket.transferred && (
            <LiveDeeds ticket={ticket} order={order} onGive={() => setGiving(true)} />
          )}
        </div>
        <TransferDialog order={order} ticket={ticket} open={giving} onClose={() => setGiving(false)} />
      </div>
    </li>
  );
}

function Code({ ticket }: { ticket: IssuedTicket }) {
  const { t } = useWords();
  if (ticket.transferred) return <p>{t('ticket.given')}</p>;
  if (ticket.state === 'suspended') return <p>{t('ticket.suspended')}</p>;
  if (ticket.state === 'ended') return <p>{t('ticket.ended')}</p>;
  return (
    <div className={sheet.code}>
      <QrCode className={sheet.qr} text={ticket.admissionCode} label={t('ticket.code', { code: ticket.shortCode })} />
      <div>
        <p className={sheet.short}>{ticket.shortCode}</p>
        <p className={sheet.codeNote}>{t('ticket.show')}</p>
      </div>
    </div>
  );
}

/** Wallets of phones, and giving the ticket to somebody else. */
function LiveDeeds({ ticket, order, onGive }: { ticket: IssuedTicket; order: OrderRef; onGive(): void }) {
  const { t } = useWords();
  const { data: wallets } = useQuery(walletsQuery(order, ticket.id));
  return (
    <>
      {wallets?.apple && (
        <a href={wallets.apple}>
          <Icon name="ticket" />
          {t('ticket.wallet-apple')}
        </a>
      )}
      {wallets?.google && (
        <a href={wallets.google} rel="noreferrer" target="_blank">
          <Icon name="ticket" />
          {t('ticket.wallet-google')}
        </a>
      )}
      <button type="button" onClick={onGive}>
        <Icon name="person" />
        {t('ticket.transfer')}
      </button>
    </>
  );
}
