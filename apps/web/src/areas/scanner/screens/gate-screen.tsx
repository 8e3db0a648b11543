import { useEffect, useState } from 'react';
import { venueTime } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import type { Scanner } from '../engine/scanner';
import type { ScannerState } from '../engine/state';
import { keepLoudness, keptLoudness, type Loudness, sound } from '../sound';
import { Banner } from './banner';
import { FindSheet } from './find-sheet';
import styles from './gate.module.css';
import { OverrideSheet } from './override-sheet';
import { SettingsSheet } from './settings-sheet';
import { Sight } from './sight';
import { TypeSheet } from './type-sheet';
import { useAwake } from './use-awake';
import { useCamera } from './use-camera';
import { useHandheld } from './use-handheld';
import { useMinutesSince } from './use-minutes-since';
import { VerdictScreen } from './verdict-screen';
import { VolumeControl } from './volume-control';

type Open = 'type' | 'find' | 'settings' | 'override' | null;

/** The evening's screen: what is scanned for, the camera, the hall's count, and the verdict over it all. */
export function GateScreen({ scanner, state }: { scanner: Scanner; state: ScannerState }) {
  const { t, language } = useWords();
  const [open, setOpen] = useState<Open>(null);
  const [loudness, setLoudness] = useState(keptLoudness);
  const eye = useCamera(({ text, takenAt, readMs }) => {
    if (scanner.sight(text)) performance.mark('code-read', { startTime: takenAt, detail: { readMs } });
  });
  useHandheld((code) => void scanner.scan(code));
  useAwake();
  const { shown, screening } = state;
  const title = state.practice ? '' : screening?.title[language];
  const listAge = useMinutesSince(state.listAt);
  useEffect(() => {
    if (!shown) return;
    sound(shown.sound);
    performance.mark('verdict-shown', { detail: { verdict: shown.verdict } });
    setOpen((sheet) => (sheet === 'type' ? null : sheet));
  }, [shown]);
  useEffect(() => {
    const away = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && shown && shown.admitted !== 'ask' && open === null) scanner.next();
    };
    window.addEventListener('keydown', away);
    return () => window.removeEventListener('keydown', away);
  }, [shown, open, scanner]);
  useEffect(() => {
    scanner.pause(open !== null);
    return () => scanner.pause(false);
  }, [open, scanner]);
  const loud = (next: Loudness) => {
    keepLoudness(next);
    setLoudness(next);
  };
  const hint = state.asking ? t('scan.asking') : state.direction === 'out' ? t('scan.show-out') : t('scan.show');
  return (
    <main className={styles.gate} id="main" data-online={state.online} data-waiting={state.waiting}>
      <Banner state={state} listAge={listAge} onLeavePractice={() => scanner.practise(false)} />
      <div className={styles.room} inert={shown !== undefined && open === null}>
        <header className={styles.head}>
          <button type="button" className={styles.what} onClick={() => setOpen('settings')}>
            <h1>{[t('scan.gate', { gate: state.device?.gate ?? '1' }), title].filter(Boolean).join(' · ')}</h1>
            <Where state={state} />
          </button>
          <div className={styles.tools}>
            {eye.hasTorch && (
              <button
                type="button"
                className={styles.square}
                aria-pressed={eye.torch}
                aria-label={t('scan.torch')}
                onClick={eye.switchTorch}
              >
                <Icon name="bolt" />
              </button>
            )}
            <button
              type="button"
              className={styles.square}
              aria-label={t('scan.settings')}
              onClick={() => setOpen('settings')}
            >
              <Icon name="list" />
            </button>
          </div>
        </header>
        <Sight video={eye.video} state={eye.state} hint={hint} onAgain={eye.again} />
        <Count state={state} />
        <div className={styles.verbs}>
          <button type="button" className={styles.verb} onClick={() => setOpen('type')}>
            <Icon name="edit" /> {t('scan.type')}
          </button>
          {state.mayFind && state.online && !state.practice && !screening?.area && (
            <button type="button" className={styles.verb} onClick={() => setOpen('find')}>
              <Icon name="search" /> {t('scan.find')}
            </button>
          )}
          <button
            type="button"
            className={styles.verb}
            aria-pressed={state.direction === 'out'}
            onClick={() => scanner.turn(state.direction === 'out' ? 'in' : 'out')}
          >
            <Icon name="swap" /> {t('scan.out')}
          </button>
          {state.undoable && (
            <button type="button" className={styles.verb} onClick={() => void scanner.undo()}>
              <Icon name="undo" /> {t('scan.undo')}
            </button>
          )}
        </div>
        <VolumeControl loudness={loudness} onChange={loud} />
      </div>
      {shown && (
        <VerdictScreen
          shown={shown}
          timezone={screening?.timezone ?? 'Asia/Almaty'}
          listAge={listAge}
          undoable={state.undoable?.scanId === shown.scanId}
          loud={!loudness.muted && loudness.volume > 0}
          asking={state.asking}
          deeds={{
            next: () => scanner.next(),
            undo: () => void scanner.undo(),
            override: () => setOpen('override'),
            answer: (yes) => void scanner.answer(yes),
            admitMore: (people) => void scanner.admitMore(people),
          }}
        />
      )}
      {open === 'type' && <TypeSheet onCode={(code) => void scanner.scan(code)} onClose={() => setOpen(null)} />}
      {open === 'find' && <FindSheet scanner={scanner} onClose={() => setOpen(null)} />}
      {open === 'settings' && <SettingsSheet scanner={scanner} state={state} onClose={() => setOpen(null)} />}
      {open === 'override' && <OverrideSheet scanner={scanner} state={state} onClose={() => setOpen(null)} />}
    </main>
  );
}

function Where({ state: { screening, practice } }: { state: ScannerState }) {
  const { t, language } = useWords();
  if (practice) return <span>{t('scan.practice-lead')}</span>;
  if (!screening) return <span>{t('scan.none')}</span>;
  if (screening.area) return <span>{t('scan.area')}</span>;
  return (
    <span>
      {screening.hall[language]}, {venueTime(new Date(screening.startsAt), screening.timezone)}
    </span>
  );
}

function Count({ state }: { state: ScannerState }) {
  const { t } = useWords();
  const { screening, admitted, inside } = state;
  if (!screening || state.practice) return null;
  const { expected, capacity, timezone, area } = screening;
  if (area)
    return (
      <p className={styles.figures}>
        <strong>{inside}</strong> <span>{t('scan.in-area')}</span>
      </p>
    );
  const share = Math.min(100, expected === 0 ? 0 : (admitted / expected) * 100);
  const full = capacity.of > 0 && inside >= capacity.of;
  return (
    <div className={styles.count}>
      <p className={styles.figures}>
        <strong>{admitted}</strong> <span>{t('scan.of', { n: expected })}</span>
        {state.lastOkAt !== undefined && (
          <span className={styles.last}>
            <Icon name="check" /> {venueTime(new Date(state.lastOkAt), timezone)}
          </span>
        )}
      </p>
      <svg className={styles.bar} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect x="0" y="0" width="100" height="6" />
        <rect x="0" y="0" width={share} height="6" />
      </svg>
      <p className={full ? styles.full : 'quiet small'}>{t('scan.inside', { n: inside, of: capacity.of })}</p>
    </div>
  );
}
