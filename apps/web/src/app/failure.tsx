import { Component, type ReactNode } from 'react';
import { useWords } from '../i18n';
import { Button, Notice, ui } from '../ui/parts';

/** What a person sees where a page broke: their seats and money are with the server, and loading again helps. */
export class Failure extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useWords();
  return (
    <div className={ui.page}>
      <Notice tone="error" title={t('app.broken')}>
        <Button kind="quiet" onClick={() => window.location.reload()}>
          {t('app.reload')}
        </Button>
      </Notice>
    </div>
  );
}
