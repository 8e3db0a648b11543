import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { PairedDevice, ScanVerdict } from '#libs/contracts';
import { newId, venueTime } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { editionsQuery } from '../../api/screenings.api';
import { doorScreeningsQuery, pairDevice, registerDevice, scanCode } from '../../api/tickets.api';
import { useWords } from '../../i18n';
import { useSession } from '../../session/use-session';
import { Button, Field, Notice, ui } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import styles from './scan.module.css';
import { isMuted, mute } from './sound';
import { Verdict } from './verdict';

const KEPT = 'seans.device';

function keptDevice(): PairedDevice | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? 'null') as PairedDevice | null;
  } catch {
    return null;
  }
}

/** The gate by typed code: pair once, choose the screening, type or paste what the code says. */
export default function ScanPage() {
  const { t } = useWords();
  useTitle(t('nav.scan'));
  const [device, setDevice] = useState(keptDevice);
  function keep(next: PairedDevice | null) {
    if (next) localStorage.setItem(KEPT, JSON.stringify(next));
    else localStorage.removeItem(KEPT);
    setDevice(next);
  }
  return (
    <main className={styles.gate} id="main" data-theme="dark">
      {device ? <Gate device={device} onUnpair={() => keep(null)} /> : <Pairing onPaired={keep} />}
    </main>
  );
}

function Pairing({ onPaired }: { onPaired(device: PairedDevice): void }) {
  const { t } = useWords();
  const { may } = useSession();
  const { data: editions } = useQuery(editionsQuery);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  async function attempt(work: () => Promise<void>) {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem.title : t('app.no-answer'));
    }
    setBusy(false);
  }
  const register = () =>
    attempt(async () => {
      const editionId = editions?.[0]?.id ?? '';
      setCode((await registerDevice({ editionId, name: t('scan.this-device'), gate: '1' })).pairingCode);
    });
  return (
    <form
      className={`${ui.stack} ${styles.pairing}`}
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(async () => onPaired(await pairDevice(code.trim())));
      }}
    >
      <h1>{t('scan.pair')}</h1>
      <p>{t('scan.pair-detail')}</p>
      {may('house-manager') ? (
        <Button kind="outline" busy={busy} onClick={() => void register()}>
          {t('scan.new-code')}
        </Button>
      ) : (
        <Link to="/sign-in?next=/scan">{t('nav.sign-in')}</Link>
      )}
      <Field
        label={t('scan.pairing-code')}
        value={code}
        required
        autoComplete="off"
        onChange={(event) => setCode(event.target.value)}
      />
      {problem && <Notice tone="error">{problem}</Notice>}
      <Button type="submit" busy={busy}>
        {t('scan.pair-now')}
      </Button>
      <Link to="/">{t('nav.programme')}</Link>
    </form>
  );
}

function Gate({ device, onUnpair }: { device: PairedDevice; onUnpair(): void }) {
  const { t, language } = useWords();
  const { data, error } = useQuery(doorScreeningsQuery(device.deviceToken));
  const [chosen, setChosen] = useState('');
  const [code, setCode] = useState('');
  const [verdict, setVerdict] = useState<ScanVerdict>();
  const [problem, setProblem] = useState<string>();
  const [muted, setMuted] = useState(isMuted);
  const input = useRef<HTMLInputElement>(null);
  const screening = data?.screenings.find((one) => one.id === chosen) ?? data?.screenings[0];
  useEffect(() => {
    if (!verdict) input.current?.focus();
  }, [verdict]);

  async function scan(event: FormEvent) {
    event.preventDefault();
    if (!screening || code.trim() === '') return;
    setProblem(undefined);
    try {
      const body = { scanId: newId(), screeningId: screening.id, code: code.trim(), at: new Date().toISOString() };
      setVerdict(await scanCode(body, device.deviceToken));
      setCode('');
    } catch (failure) {
      setProblem(failure instanceof ApiProblem ? failure.problem.title : t('app.no-answer'));
    }
  }

  if (verdict) return <Verdict verdict={verdict} onNext={() => setVerdict(undefined)} />;
  const gone = error instanceof ApiProblem && error.status === 401;
  return (
    <div className={styles.waiting}>
      <header>
        <h1>{t('scan.gate', { gate: device.gate })}</h1>
        <Button
          kind="quiet"
          aria-pressed={muted}
          onClick={() => {
            mute(!muted);
            setMuted(!muted);
          }}
        >
          {muted ? t('scan.silent') : t('scan.sound')}
        </Button>
        <Button kind="quiet" onClick={onUnpair}>
          {t('scan.unpair')}
        </Button>
      </header>
      {gone && <Notice tone="error">{t('scan.revoked')}</Notice>}
      {data && data.screenings.length === 0 && <Notice tone="warning">{t('scan.none')}</Notice>}
      {screening && (
        <>
          <label className={ui.field}>
            <span className={ui.label}>{t('scan.screening')}</span>
            <select className={ui.input} value={screening.id} onChange={(event) => setChosen(event.target.value)}>
              {data?.screenings.map((one) => (
                <option key={one.id} value={one.id}>
                  {venueTime(new Date(one.startsAt), one.timezone)} · {one.title[language]} · {one.hall[language]}
                </option>
              ))}
            </select>
          </label>
          <p className={styles.count}>
            <strong className="display">{screening.admitted}</strong> {t('scan.of', { n: screening.expected })}
          </p>
        </>
      )}
      <form className={ui.stack} onSubmit={(event) => void scan(event)}>
        <div className={ui.field}>
          <label className={ui.label} htmlFor="code">
            {t('scan.code')}
          </label>
          <input
            ref={input}
            id="code"
            className={`${ui.input} ${styles.code}`}
            value={code}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setCode(event.target.value)}
          />
        </div>
        {problem && <Notice tone="error">{problem}</Notice>}
        <Button type="submit" wide className={styles.check}>
          {t('scan.check')}
        </Button>
      </form>
    </div>
  );
}
