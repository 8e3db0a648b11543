import { type FormEvent, useId, useState } from 'react';
import type { HoldersAtGate } from '#libs/contracts';
import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import { HouseSaysNo } from '../engine/answers';
import type { Scanner } from '../engine/scanner';
import styles from './gate.module.css';
import { Sheet } from './sheet';

const LEAST = 3;
const CLASSES = ['public', 'press', 'industry', 'guest', 'jury', 'sponsor', 'film-team', 'box-office'] as const;
type Class = (typeof CLASSES)[number];

/** Whoever has no code at hand: found by name, online alone, by an operator who may; gone when the sheet closes. */
export function FindSheet({ scanner, onClose }: { scanner: Scanner; onClose(): void }) {
  const { t } = useWords();
  const id = useId();
  const [name, setName] = useState('');
  const [found, setFound] = useState<HoldersAtGate>();
  const [trouble, setTrouble] = useState<string>();
  const [asking, setAsking] = useState(false);
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (asking || name.trim().length < LEAST) return;
    setAsking(true);
    setTrouble(undefined);
    try {
      setFound(await scanner.find(name.trim()));
    } catch (error) {
      setFound(undefined);
      setTrouble(error instanceof HouseSaysNo ? error.title : t('scan.find-silent'));
    } finally {
      setAsking(false);
    }
  }
  return (
    <Sheet title={t('scan.find-title')} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <div className={styles.field}>
          <label htmlFor={id}>{t('scan.find-name')}</label>
          <p className="quiet small" id={`${id}h`}>
            {t('scan.find-hint')}
          </p>
          <input
            id={id}
            value={name}
            minLength={LEAST}
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
            aria-describedby={`${id}h`}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        {trouble !== undefined && (
          <p className={styles.wrong} role="alert">
            <Icon name="warning" /> {trouble}
          </p>
        )}
        <div role="status">
          {found?.holders.length === 0 && <p>{t('scan.find-none')}</p>}
          {found?.more && <p>{t('scan.find-more')}</p>}
        </div>
        {found && found.holders.length > 0 && (
          <ul className={styles.people}>
            {found.holders.map((one) => (
              <Holder key={`${one.name} ${one.row} ${one.seat}`} holder={one} />
            ))}
          </ul>
        )}
        <div className={styles.verbs}>
          <button type="button" className={styles.verb} onClick={onClose}>
            {t('scan.close')}
          </button>
          <button type="submit" className={styles.verb} data-first aria-disabled={asking}>
            {asking ? t('scan.asking') : t('scan.find-now')}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

function Holder({ holder }: { holder: HoldersAtGate['holders'][number] }) {
  const { t } = useWords();
  const { name, row, seat, state } = holder;
  const known = CLASSES.find((one): one is Class => one === holder.class);
  return (
    <li>
      <strong>{name}</strong>
      <span className={styles.place}>{t('scan.find-seat', { row, seat })}</span>
      <span>{[known ? t(`scan.class-${known}`) : holder.class, t(`scan.holder-${state}`)].join(' · ')}</span>
    </li>
  );
}
