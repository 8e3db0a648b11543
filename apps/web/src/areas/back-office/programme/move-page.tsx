import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { OfficeProgramme, ScreeningMove } from '#libs/contracts';
import { formatDay, venueDate } from '#libs/kernel';
import { abandonMove, confirmMove, movesQuery, settleMove, undoMove } from '../../../api/moves.api';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { PageHead } from '../../../ui/overlays';
import { Empty, Notice, ui, Waiting } from '../../../ui/parts';
import { Steps } from '../../../ui/steps';
import { useTitle } from '../../../ui/use-title';
import forms from './forms.module.css';
import { MoveForm } from './move-form';
import { MovePreview } from './move-preview';
import { MoveUndo } from './move-undo';
import { hoursOf, StateSign, useHallName } from './screening-words';
import type { OfficeScreening } from './timetable.rules';
import { Unseated } from './unseated';
import { useOffice } from './use-office';
import { Ways } from './ways';

const OVER = ['settled', 'undone', 'abandoned'];

/** Another time, hall or plan for a screening that people hold tickets for: asked, seen, confirmed, and for ten minutes undone. */
export default function MovePage() {
  const { t, language } = useWords();
  useTitle(t('move.title'));
  const { screeningId = '' } = useParams();
  const { editions, edition, programme, error, again } = useOffice();
  const hallName = useHallName(programme);
  const { data: moves, error: noMoves } = useQuery(movesQuery(screeningId));
  const one = programme?.screenings.find(({ id }) => id === screeningId);
  const trouble = error ?? noMoves;
  return (
    <div className={ui.page}>
      <PageHead
        title={one ? one.title[language] : t('move.title')}
        lead={
          one &&
          `${formatDay(venueDate(new Date(one.startsAt), one.timezone), language)}, ${hoursOf(one)} · ${hallName(one.hallId)}`
        }
      >
        {one && <StateSign state={one.state} />}
      </PageHead>
      <Ways editions={editions} edition={edition} />
      {trouble && <Trouble error={trouble} onRetry={again} />}
      {(!programme || !moves) && !trouble && <Waiting label={t('app.loading')} />}
      {programme && moves && !one && <Empty title={t('move.no-screening')} />}
      {programme && moves && one && <Move programme={programme} screening={one} moves={moves} />}
    </div>
  );
}

interface MoveProps {
  programme: OfficeProgramme;
  screening: OfficeScreening;
  moves: ScreeningMove[];
}

function Move({ programme, screening, moves }: MoveProps) {
  const { t } = useWords();
  const client = useQueryClient();
  const { changed } = useOffice();
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['moves', screening.id] });
    await changed();
  };
  const [last] = moves;
  const open = last && !OVER.includes(last.state) ? last : undefined;
  const confirm = useMutation({ mutationFn: (tag: string) => confirmMove(open!.id, tag), onSettled: refresh });
  const undo = useMutation({ mutationFn: () => undoMove(open!.id), onSettled: refresh });
  const settle = useMutation({ mutationFn: () => settleMove(open!.id), onSettled: refresh });
  const abandon = useMutation({ mutationFn: () => abandonMove(open!.id), onSettled: refresh });
  const error = confirm.error ?? undo.error ?? settle.error ?? abandon.error;
  const at = !open ? 0 : ['requested', 'previewed', 'abandoning'].includes(open.state) ? 1 : 2;
  const steps = [t('move.step-choose'), t('move.step-preview'), t('move.step-undo')];
  return (
    <>
      <div className={forms.steps}>
        <Steps
          label={t('move.steps')}
          steps={steps.map((label, index) => ({
            id: label,
            label,
            state: index < at ? 'done' : index === at ? 'current' : 'ahead',
          }))}
        />
      </div>
      {error && <Trouble error={error} />}
      {!open && last?.state === 'settled' && <Unseated move={last} screening={screening} />}
      {!open && last?.state === 'undone' && <Notice tone="ok" title={t('move.undone')} />}
      {!open && <MoveForm programme={programme} screening={screening} onRequested={refresh} />}
      {open && ['requested', 'previewed', 'abandoning'].includes(open.state) && (
        <MovePreview
          programme={programme}
          screening={screening}
          move={open}
          busy={confirm.isPending || abandon.isPending}
          onConfirm={(tag) => confirm.mutate(tag)}
          onAbandon={() => abandon.mutate()}
        />
      )}
      {open && ['confirmed', 'seated', 'settling', 'undoing'].includes(open.state) && (
        <>
          <MoveUndo
            programme={programme}
            screening={screening}
            move={open}
            busy={undo.isPending || settle.isPending}
            onUndo={() => undo.mutate()}
            onSettle={() => settle.mutate()}
          />
          {open.state === 'seated' && <Unseated move={open} screening={screening} />}
        </>
      )}
    </>
  );
}
