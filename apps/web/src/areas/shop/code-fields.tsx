import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { myPassesQuery } from '../../api/places.api';
import { useWords } from '../../i18n';
import { useSession } from '../../session/use-session';
import { Icon } from '../../ui/icon';
import { Button, Field, ui } from '../../ui/parts';
import { basket, useBasket } from './basket';
import styles from './basket.module.css';
import type { useQuote } from './use-quote';

type Refused = ReturnType<typeof useQuote>['refused'];

/** A promo code: one quiet word until it is wanted; what it did stands with each price. */
export function PromoField({ refused }: { refused: Refused }) {
  const { t } = useWords();
  const { choices } = useBasket();
  const error = refused?.about === 'promo' ? refused.problem.title : undefined;
  if (choices.promo && !error)
    return <InUse words={t('promo.on', { code: choices.promo })} onRemove={() => basket.choose({ promo: '' })} />;
  return (
    <CodeForm
      open={t('promo.open')}
      label={t('promo.field')}
      typed={choices.promo}
      error={error}
      onCode={(promo) => basket.choose({ promo })}
    />
  );
}

/** Passes that pay: the person's own by a tap, anybody's by its code. */
export function PassFields({ refused }: { refused: Refused }) {
  const { t, language, count } = useWords();
  const { person } = useSession();
  const { choices } = useBasket();
  const { data: mine = [] } = useQuery({ ...myPassesQuery, enabled: person !== null });
  const error = refused?.about === 'passes' ? refused.problem.title : undefined;
  const drop = (code: string) => basket.choose({ passes: choices.passes.filter((other) => other !== code) });
  const add = (code: string) => basket.choose({ passes: [...new Set([...choices.passes, code])] });
  const own = mine.filter((pass) => pass.state === 'live' && pass.left !== 0);
  const foreign = choices.passes.filter((code) => !own.some((pass) => pass.code === code));
  const wrong = error ? foreign.at(-1) : undefined;
  return (
    <>
      {own.map((pass) => (
        <label key={pass.id} className={ui.check}>
          <input
            type="checkbox"
            checked={choices.passes.includes(pass.code)}
            onChange={(event) => (event.target.checked ? add(pass.code) : drop(pass.code))}
          />
          <span>
            {t('pass.use', { name: pass.name[language] })}
            {pass.left !== null && <span className="small quiet"> · {count('pass.left', pass.left)}</span>}
          </span>
        </label>
      ))}
      {foreign
        .filter((code) => code !== wrong)
        .map((code) => (
          <InUse key={code} words={t('pass.on', { code })} onRemove={() => drop(code)} />
        ))}
      <CodeForm
        key={foreign.length}
        open={t('pass.open')}
        label={t('pass.field')}
        typed={wrong ?? ''}
        error={error}
        onCode={(code) =>
          basket.choose({ passes: [...choices.passes.filter((one) => one !== wrong), ...(code ? [code] : [])] })
        }
      />
    </>
  );
}

function InUse({ words, onRemove }: { words: string; onRemove(): void }) {
  const { t } = useWords();
  return (
    <p className={styles.inUse}>
      <Icon name="check" />
      <span>{words}</span>
      <Button kind="quiet" onClick={onRemove}>
        {t('promo.off')}
      </Button>
    </p>
  );
}

interface CodeFormProps {
  open: string;
  label: string;
  typed: string;
  error: string | undefined;
  onCode(code: string): void;
}

function CodeForm({ open, label, typed, error, onCode }: CodeFormProps) {
  const { t } = useWords();
  const [shown, setShown] = useState(typed !== '');
  if (!shown)
    return (
      <button type="button" className={styles.more} onClick={() => setShown(true)}>
        <Icon name="plus" />
        {open}
      </button>
    );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onCode(String(new FormData(event.currentTarget).get('code') ?? '').trim());
  }
  return (
    <form className={styles.codeForm} onSubmit={submit}>
      <Field label={label} name="code" defaultValue={typed} maxLength={64} autoComplete="off" autoFocus error={error} />
      <Button kind="outline" type="submit">
        {t('promo.apply')}
      </Button>
    </form>
  );
}
