import { useState } from 'react';
import { formatMoney, KZT } from '#libs/kernel';
import { useWords } from '../../i18n';
import { PosterArt } from '../../ui/art/poster';
import { Chip, Chips, Segmented, Tabs } from '../../ui/choices';
import { DataTable, Trouble, TwoLines } from '../../ui/data-table';
import { DropArea, Progress, QuotaBar } from '../../ui/drop-area';
import { CheckBox, RadioCards, SearchField, Select, TextArea } from '../../ui/fields';
import { Icon } from '../../ui/icon';
import { ConfirmDialog, Figures, Menu } from '../../ui/overlays';
import { Button, Empty, Field, Notice, StateWord, Waiting } from '../../ui/parts';
import { Steps, Timeline } from '../../ui/steps';
import { Toasts, useToast } from '../../ui/toast';
import { useTitle } from '../../ui/use-title';
import styles from './design.module.css';
import { Colours, Icons, Seats, Type } from './design-foundations';
import { DesignPlots } from './design-plots';

/** The living page: every component with every state, in both felts, in the language that is chosen. */
export default function DesignPage() {
  const { t } = useWords();
  useTitle(t('design.title'));
  return (
    <Toasts>
      <div className={styles.page}>
        <h1>{t('design.title')}</h1>
        <p className="quiet">{t('design.lead')}</p>
        <div className={styles.felts}>
          {(['light', 'dark'] as const).map((theme) => (
            <div key={theme} className={styles.felt} data-theme={theme}>
              <h2>{t(`design.${theme}`)}</h2>
              <Colours />
              <Controls />
              <Choices />
              <States />
            </div>
          ))}
        </div>
        <Type />
        <Seats />
        <Icons />
        <Tables />
        <DesignPlots />
        <section className={styles.part} aria-labelledby="posters">
          <h2 id="posters">{t('design.posters')}</h2>
          <div className={styles.posters}>
            {['adam', 'oleg', 'let-there-be-light', 'women-of-the-silk-road'].map((id) => (
              <PosterArt
                key={id}
                id={id}
                salt="almaty-2019.404"
                family={id.startsWith('women') ? 'stitched' : 'cut'}
                countries={3}
                minutes={95}
              />
            ))}
          </div>
        </section>
      </div>
    </Toasts>
  );
}

function Controls() {
  const { t } = useWords();
  const tell = useToast();
  const [asking, setAsking] = useState(false);
  const [kind, setKind] = useState<'seat' | 'map'>('seat');
  return (
    <section className={styles.part} aria-label={t('design.controls')}>
      <h3>{t('design.controls')}</h3>
      <div className={styles.row}>
        <Button>{t('design.primary')}</Button>
        <Button kind="outline" onClick={() => setAsking(true)}>
          {t('design.outline')}
        </Button>
        <Button kind="quiet" onClick={() => tell({ words: t('design.done'), undo: () => undefined })}>
          {t('design.quiet')}
        </Button>
        <Button busy>{t('app.loading')}</Button>
        <Menu
          label={t('design.menu')}
          items={[
            { id: 'one', icon: 'edit', label: t('design.primary'), onChoose: () => undefined },
            { id: 'two', icon: 'bin', label: t('design.outline'), disabled: true, onChoose: () => undefined },
          ]}
        />
      </div>
      <Field label={t('field.email')} hint={t('design.hint')} defaultValue="aigerim@example.kz" />
      <Field label={t('field.email')} defaultValue="aigerim@" error={t('design.error')} />
      <Select label={t('app.language')} defaultValue="kk">
        <option value="kk">Қазақша</option>
        <option value="ru">Русский</option>
      </Select>
      <TextArea label={t('design.note')} />
      <SearchField label={t('design.search')} />
      <CheckBox hint={t('design.hint')} defaultChecked>
        {t('design.agree')}
      </CheckBox>
      <RadioCards
        legend={t('design.cards')}
        value={kind}
        onChoose={setKind}
        options={[
          { value: 'seat', icon: 'seat', label: t('design.primary'), hint: t('design.hint') },
          { value: 'map', icon: 'map', label: t('design.outline') },
        ]}
      />
      <DropArea label={t('design.upload')} hint={t('design.hint')} onFiles={() => undefined} />
      <DropArea label={t('design.upload')} busy progress={0.4} onFiles={() => undefined} />
      <ConfirmDialog
        open={asking}
        title={t('design.sure')}
        verb={t('design.primary')}
        onConfirm={() => setAsking(false)}
        onClose={() => setAsking(false)}
      />
    </section>
  );
}

function Choices() {
  const { t } = useWords();
  const [on, setOn] = useState(true);
  const [view, setView] = useState<'one' | 'two'>('one');
  const [tab, setTab] = useState<'one' | 'two'>('one');
  const options = [
    { value: 'one' as const, label: t('design.primary') },
    { value: 'two' as const, label: t('design.outline') },
  ];
  return (
    <section className={styles.part} aria-label={t('design.choices')}>
      <h3>{t('design.choices')}</h3>
      <Chips label={t('design.choices')}>
        <Chip on={on} onToggle={() => setOn(!on)} count={12}>
          {t('design.primary')}
        </Chip>
        <Chip on={false} icon="wheelchair" onToggle={() => undefined}>
          {t('design.outline')}
        </Chip>
      </Chips>
      <Segmented label={t('design.choices')} options={options} value={view} onChoose={setView} />
      <Tabs label={t('design.choices')} tabs={options} value={tab} onChoose={setTab}>
        <p className={styles.padded}>{t(`design.${tab === 'one' ? 'primary' : 'outline'}`)}</p>
      </Tabs>
      <Steps
        label={t('design.choices')}
        steps={[
          { id: 'a', label: t('design.primary'), state: 'done' },
          { id: 'b', label: t('design.outline'), state: 'current' },
          { id: 'c', label: t('design.quiet'), state: 'wrong' },
          { id: 'd', label: t('design.note'), state: 'ahead' },
        ]}
      />
      <Timeline
        label={t('design.choices')}
        moments={[
          { id: 'a', state: 'done', title: t('design.primary'), when: '12.08' },
          { id: 'b', state: 'turn', title: t('design.outline') },
          { id: 'c', state: 'ahead', title: t('design.quiet') },
        ]}
      />
    </section>
  );
}

function States() {
  const { t } = useWords();
  return (
    <section className={styles.part} aria-label={t('design.states')}>
      <h3>{t('design.states')}</h3>
      <div className={styles.row}>
        {(['ok', 'info', 'warning', 'error'] as const).map((tone) => (
          <StateWord key={tone} tone={tone}>
            {t(`design.tone-${tone}`)}
          </StateWord>
        ))}
      </div>
      {(['ok', 'info', 'warning'] as const).map((tone) => (
        <Notice key={tone} tone={tone} title={t(`design.tone-${tone}`)}>
          <p>{t('design.hint')}</p>
        </Notice>
      ))}
      <Trouble error={new Error('network')} onRetry={() => undefined} />
      <Progress label={t('app.loading')} value={0.6} />
      <QuotaBar label={t('design.primary')} used={61} of={80} />
      <QuotaBar label={t('design.outline')} used={4} of={4} />
      <Empty title={t('design.empty')}>
        <Button>{t('design.primary')}</Button>
      </Empty>
      <Waiting label={t('app.loading')} rows={1} />
    </section>
  );
}

function Tables() {
  const { t } = useWords();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(['1']));
  const rows = ['1', '2', '3'];
  return (
    <section className={styles.part} aria-labelledby="tables">
      <h2 id="tables">{t('design.tables')}</h2>
      <Figures
        items={rows.map((id, index) => ({
          id,
          figure: formatMoney({ amount: 125_000 * (index + 1), currency: KZT }),
          words: t('design.hint'),
        }))}
      />
      <DataTable
        caption={t('design.tables')}
        rows={rows}
        rowId={(id) => id}
        columns={[
          {
            id: 'name',
            title: t('design.note'),
            names: true,
            cell: (id) => <TwoLines first={`${t('design.primary')} ${id}`} second={t('design.hint')} />,
          },
          {
            id: 'state',
            title: t('design.states'),
            cell: () => <StateWord tone="ok">{t('design.tone-ok')}</StateWord>,
          },
          { id: 'n', title: '₸', figures: true, cell: (id) => Number(id) * 1_250 },
        ]}
        selection={{
          chosen,
          onAll: (on) => setChosen(new Set(on ? rows : [])),
          onToggle: (id) => {
            const next = new Set(chosen);
            if (!next.delete(id)) next.add(id);
            setChosen(next);
          },
        }}
        empty={{ title: t('design.empty') }}
        more={{ busy: false, onMore: () => undefined }}
        total={40}
      />
      <p className={styles.row}>
        <Icon name="info" /> {t('design.living')}
      </p>
    </section>
  );
}
