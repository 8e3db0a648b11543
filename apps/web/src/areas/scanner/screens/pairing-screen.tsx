import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import { HouseSaysNo } from '../engine/answers';
import { pairingCodeIn } from '../engine/pairing.rules';
import type { Scanner } from '../engine/scanner';
import styles from './gate.module.css';
import { Languages } from './languages';
import { Sight } from './sight';
import { useCamera } from './use-camera';
import { useHandheld } from './use-handheld';

/** Once, before the first evening: the code of the back office makes this device a gate's. */
export function PairingScreen({ scanner, told }: { scanner: Scanner; told: string | undefined }) {
  const { t } = useWords();
  const id = useId();
  const [typed, setTyped] = useState(told ?? '');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const running = useRef(false);
  const pair = async (code: string) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      await scanner.pair(code);
      // The code has done its work; it must not stand in the address any longer.
      history.replaceState(null, '', location.pathname);
    } catch (error) {
      setProblem(error instanceof HouseSaysNo ? error.title : t('app.no-answer'));
    }
    running.current = false;
    setBusy(false);
  };
  const read = (text: string) => {
    const code = pairingCodeIn(text);
    if (code === undefined) return;
    setTyped(code);
    if (code !== typed || problem === undefined) void pair(code);
  };
  const eye = useCamera(({ text }) => read(text));
  useHandheld(read);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is read once
  useEffect(() => {
    if (told) void pair(told);
  }, [told]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = pairingCodeIn(typed);
    if (code) void pair(code);
    else setProblem(t('scan.pair-shape'));
  };
  return (
    <main className={styles.page} id="main">
      <h1>{t('scan.pair')}</h1>
      <p>{t('scan.pair-lead')}</p>
      <Sight video={eye.video} state={eye.state} hint={t('scan.pair-hint')} onAgain={eye.again} />
      <form className={styles.form} onSubmit={submit} noValidate>
        <div className={styles.field}>
          <label htmlFor={id}>{t('scan.pairing-code')}</label>
          <input
            id={id}
            value={typed}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            aria-invalid={problem !== undefined}
            aria-describedby={problem === undefined ? undefined : `${id}e`}
            onChange={(event) => setTyped(event.target.value)}
          />
          {problem !== undefined && (
            <p className={styles.wrong} id={`${id}e`} role="alert">
              <Icon name="warning" /> {problem}
            </p>
          )}
        </div>
        <button type="submit" className={styles.verb} data-first aria-disabled={busy}>
          {busy ? t('scan.pairing') : t('scan.pair-now')}
        </button>
      </form>
      <button type="button" className={styles.verb} onClick={() => scanner.practise(true)}>
        {t('scan.practise')}
      </button>
      <Languages />
    </main>
  );
}
