import { useState } from 'react';
import { useWords } from '../../../i18n';
import type { SeatKind } from '../../../seat-map/hall.rules';
import { SeatGlyph } from '../../../seat-map/seat-glyph';
import { Select } from '../../../ui/fields';
import { Button, Field } from '../../../ui/parts';
import {
  addRow,
  type Drawing,
  NOT_FOR_SALE,
  type Numbering,
  paintCategory,
  paintKind,
  removeSeats,
  renameRows,
  renumber,
} from './drawing.rules';
import styles from './plans.module.css';

interface ToolsProps {
  drawing: Drawing;
  chosen: ReadonlySet<string>;
  onDraw(next: Drawing): void;
  onChoose(chosen: ReadonlySet<string>): void;
}

const KINDS: SeatKind[] = ['seat', 'wheelchair', 'companion'];

/** What chosen seats can become; each row of tools says how many seats are what it paints. */
export function PainterTools(props: ToolsProps) {
  const { drawing, chosen, onDraw, onChoose } = props;
  const { t, count } = useWords();
  const [fresh, setFresh] = useState('');
  const none = chosen.size === 0;
  const counted = (category: string) => drawing.seats.filter((seat) => seat.category === category).length;
  const kinds = (kind: SeatKind) => drawing.seats.filter((seat) => seat.kind === kind).length;
  const noChair = !drawing.seats.some((seat) => seat.kind === 'wheelchair' && !chosen.has(seat.id));
  return (
    <>
      <section className={styles.tool}>
        <h3>{t('painter.category')}</h3>
        <div className={styles.paints}>
          {[...drawing.categories.filter((one) => one !== NOT_FOR_SALE), NOT_FOR_SALE].map((category) => (
            <button
              key={category}
              type="button"
              className={styles.paint}
              disabled={none}
              onClick={() => onDraw(paintCategory(drawing, chosen, category))}
            >
              <svg viewBox="-17 -17 34 34" aria-hidden="true">
                <SeatGlyph
                  shape={Math.max(0, drawing.categories.indexOf(category))}
                  kind="seat"
                  state={category === NOT_FOR_SALE ? 'n' : 'f'}
                />
              </svg>
              <span>{category === NOT_FOR_SALE ? t('painter.closed') : category}</span>
              <span className="tabular quiet">{counted(category)}</span>
            </button>
          ))}
        </div>
        <form
          className={styles.inline}
          onSubmit={(event) => {
            event.preventDefault();
            if (none || fresh.trim() === '') return;
            onDraw(paintCategory(drawing, chosen, fresh.trim()));
            setFresh('');
          }}
        >
          <Field
            label={t('painter.new-category')}
            maxLength={20}
            value={fresh}
            onChange={({ target }) => setFresh(target.value)}
          />
          <Button type="submit" kind="outline" aria-disabled={none || fresh.trim() === ''}>
            {t('painter.paint')}
          </Button>
        </form>
      </section>
      <section className={styles.tool}>
        <h3>{t('painter.kind')}</h3>
        <div className={styles.paints}>
          {KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              className={styles.paint}
              disabled={none || (kind === 'companion' && noChair)}
              onClick={() => onDraw(paintKind(drawing, chosen, kind))}
            >
              <svg viewBox="-17 -17 34 34" aria-hidden="true">
                <SeatGlyph shape={0} kind={kind} state="f" />
              </svg>
              <span>{t(`seat-kind.${kind}`)}</span>
              <span className="tabular quiet">{kinds(kind)}</span>
            </button>
          ))}
        </div>
        <p className={styles.hint}>{t('painter.companion-hint')}</p>
      </section>
      <Numbers {...props} none={none} />
      <NewRows {...props} />
      <Button
        kind="outline"
        aria-disabled={none}
        onClick={() => {
          onDraw(removeSeats(drawing, chosen));
          onChoose(new Set());
        }}
      >
        {t('painter.remove')} · {count('seats.some', chosen.size)}
      </Button>
    </>
  );
}

function Numbers({ drawing, chosen, onDraw, none }: ToolsProps & { none: boolean }) {
  const { t } = useWords();
  const [from, setFrom] = useState<Numbering['from']>('left');
  const [start, setStart] = useState('1');
  const [step, setStep] = useState<'1' | '2'>('1');
  const [rows, setRows] = useState('1');
  return (
    <section className={styles.tool}>
      <h3>{t('painter.numbers')}</h3>
      <div className={styles.pair}>
        <Select
          label={t('painter.from')}
          value={from}
          onChange={({ target }) => setFrom(target.value as Numbering['from'])}
        >
          <option value="left">{t('painter.from-left')}</option>
          <option value="right">{t('painter.from-right')}</option>
        </Select>
        <Select label={t('painter.step')} value={step} onChange={({ target }) => setStep(target.value as '1' | '2')}>
          <option value="1">{t('painter.step-all')}</option>
          <option value="2">{t('painter.step-other')}</option>
        </Select>
        <Field
          label={t('painter.start')}
          type="number"
          min={0}
          value={start}
          onChange={({ target }) => setStart(target.value)}
        />
        <Button
          kind="outline"
          aria-disabled={none || start === ''}
          onClick={() => onDraw(renumber(drawing, chosen, { from, start: Number(start), step: step === '2' ? 2 : 1 }))}
        >
          {t('painter.number-seats')}
        </Button>
        <Field
          label={t('painter.row-start')}
          hint={t('painter.row-start-hint')}
          maxLength={4}
          value={rows}
          onChange={({ target }) => setRows(target.value)}
        />
        <Button
          kind="outline"
          aria-disabled={none || rows.trim() === ''}
          onClick={() => onDraw(renameRows(drawing, chosen, rows.trim()))}
        >
          {t('painter.name-rows')}
        </Button>
      </div>
    </section>
  );
}

function NewRows({ drawing, onDraw, onChoose }: ToolsProps) {
  const { t } = useWords();
  const last = drawing.seats.at(-1);
  const next = Number.parseInt(last?.row ?? '0', 10);
  const [typedRow, setRow] = useState<string | null>(null);
  const [seats, setSeats] = useState('12');
  const [first, setFirst] = useState('1');
  const [bend, setBend] = useState('0');
  const row = typedRow ?? (Number.isNaN(next) ? '' : `${next + 1}`);
  const zone = last?.zone ?? 0;
  const n = Number(seats);
  const taken = drawing.seats.some((seat) => seat.row === row);
  const ready = row !== '' && !taken && n > 0 && n <= 200;
  return (
    <section className={styles.tool}>
      <h3>{t('painter.new-row')}</h3>
      <div className={styles.pair}>
        <Field
          label={t('map.row-label')}
          maxLength={12}
          value={row}
          error={taken ? t('painter.row-taken') : undefined}
          onChange={({ target }) => setRow(target.value.trim())}
        />
        <Field
          label={t('plans.seats')}
          type="number"
          min={1}
          max={200}
          value={seats}
          onChange={({ target }) => setSeats(target.value)}
        />
        <Field
          label={t('painter.start')}
          type="number"
          min={0}
          value={first}
          onChange={({ target }) => setFirst(target.value)}
        />
        <Field
          label={t('painter.radius')}
          hint={t('painter.radius-hint')}
          type="number"
          min={0}
          value={bend}
          onChange={({ target }) => setBend(target.value)}
        />
      </div>
      <Button
        kind="outline"
        aria-disabled={!ready}
        onClick={() => {
          const drawn = addRow(drawing, {
            row,
            seats: n,
            first: Number(first),
            category: last?.category ?? drawing.categories[0] ?? 'A',
            zone,
            radius: Number(bend) * drawing.pitch,
          });
          onDraw(drawn);
          onChoose(new Set(drawn.seats.filter((seat) => seat.row === row).map((seat) => seat.id)));
          setRow(null);
        }}
      >
        {t('painter.draw-row')}
      </Button>
    </section>
  );
}
