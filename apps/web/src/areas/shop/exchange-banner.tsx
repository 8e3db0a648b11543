import { Link } from 'react-router';
import { useWords } from '../../i18n';
import { Button, buttonClass, Notice } from '../../ui/parts';
import { useBasket } from './basket';
import { exchange, useExchange } from './exchange';

/** While tickets are being exchanged every hall says so, and leads back to finish it. */
export function ExchangeBanner() {
  const { t, count } = useWords();
  const begun = useExchange();
  const { count: chosen } = useBasket();
  if (!begun) return null;
  return (
    <Notice title={count('exchange.banner', begun.lines.length)}>
      {chosen === begun.lines.length && (
        <Link className={buttonClass()} to={`/orders/${begun.id}/exchange`}>
          {t('exchange.go-on')}
        </Link>
      )}{' '}
      <Button kind="quiet" onClick={() => exchange.end()}>
        {t('exchange.stop')}
      </Button>
    </Notice>
  );
}
