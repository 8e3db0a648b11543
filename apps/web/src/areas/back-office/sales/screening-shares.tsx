import { useState } from 'react';
import type { AllocationUse } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { useSession } from '../../../session/use-session';
import { FILLS, Plot, StackedBar } from '../../../ui/charts';
import { Button, Notice, ui } from '../../../ui/parts';
import { useEdition } from '../use-edition';
import { ShareWindows } from './share-windows';
import { SharesDialog } from './shares-dialog';

/** Who may take how much, until when, and how much of it is taken. */
export function Shares({ use }: { use: AllocationUse }) {
  const { t, language } = useWords();
  const { may } = useSession();
  const [editing, setEditing] = useState(false);
  const { zone } = useEdition();
  const when = (instant: string | undefined) =>
    instant ? formatShortDayTime(new Date(instant), zone, language) : t('sales.always');
  const name = (classes: string[]) => classes.map((one) => t(`sales.class-${one}`)).join(', ');
  return (
    <section className={ui.stack}>
      <Plot
        title={t('sales.shares')}
        lead={t('sales.shares-lead')}
        file={`seans-shares-${use.screeningId}`}
        facts={{
          head: [
            t('sales.share'),
            t('sales.used'),
            t('sales.capacity'),
            t('sales.opens'),
            t('sales.closes'),
            t('sales.overflow'),
          ],
          rows: use.allocations.map((one) => [
            name(one.classes),
            one.used,
            one.capacity,
            when(one.opensAt),
            when(one.closesAt),
            one.overflow.join(', '),
          ]),
        }}
      >
        <StackedBar
          shares={use.allocations.map((one, index) => ({
            id: one.id,
            label: name(one.classes),
            of: one.capacity,
            used: one.used,
            fill: FILLS[index % 7]!,
          }))}
          figure={(used, of) => t('sales.n-of', { used, of })}
        />
        <ShareWindows use={use} name={name} />
      </Plot>
      {may('programmer') && (
        <Button kind="quiet" onClick={() => setEditing(true)}>
          {t('sales.edit-shares')}
        </Button>
      )}
      <SharesDialog use={use} open={editing} onClose={() => setEditing(false)} />
    </section>
  );
}

const NEARLY_GONE = 0.9;

/** A proposal instead of an alarm: what is nearly gone, and where there is room. */
export function Proposal({ use }: { use: AllocationUse }) {
  const { t } = useWords();
  const gone = use.allocations.find((one) => one.capacity > 0 && one.used / one.capacity >= NEARLY_GONE);
  const roomy = use.allocations
    .filter((one) => one !== gone)
    .sort((a, b) => b.capacity - b.used - (a.capacity - a.used))[0];
  if (!gone || !roomy || roomy.capacity - roomy.used < 1) return null;
  const name = (classes: string[]) => classes.map((one) => t(`sales.class-${one}`)).join(', ');
  return (
    <Notice
      tone="warning"
      title={t('sales.nearly-gone', { share: name(gone.classes), left: gone.capacity - gone.used })}
    >
      <p>{t('sales.room-in', { share: name(roomy.classes), left: roomy.capacity - roomy.used })}</p>
    </Notice>
  );
}
