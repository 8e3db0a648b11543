import { createHash } from 'node:crypto';
import { freedomPaySignature, isSignedBy } from './freedom-pay.signature.js';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

describe('the signature of Freedom Pay', () => {
  const fields = { pg_salt: 's', pg_amount: '2500', pg_order_id: 'o', pg_merchant_id: '500001' };

  it('joins script, values by name and secret', () => {
    expect(freedomPaySignature('init_payment.php', fields, 'key')).toBe(md5('init_payment.php;2500;500001;o;s;key'));
  });

  it('flattens what is nested in the order it was sent', () => {
    const nested = {
      ...fields,
      pg_refund_payments: [
        { pg_payment_id: '2', pg_amount: '100' },
        { pg_payment_id: '1', pg_amount: '50' },
      ],
    };
    expect(freedomPaySignature('s', nested, 'key')).toBe(md5('s;2500;500001;o;2;100;1;50;s;key'));
  });

  it('is what md5sum says of the text that the documentation describes, positions and Kazakh letters included', () => {
    // printf 'init_payment.php;2500;500001;42;1;Жарық болсын, қатар 7, орын 14;0;2500;salt;secret' | md5sum
    const opened = {
      pg_salt: 'salt',
      pg_receipt_positions: [{ count: '1', name: 'Жарық болсын, қатар 7, орын 14', tax_type: '0', price: '2500' }],
      pg_order_id: '42',
      pg_merchant_id: '500001',
      pg_amount: '2500',
    };
    expect(freedomPaySignature('init_payment.php', opened, 'secret')).toBe('4bf6859369296deec1833972c1eefc18');
  });

  it('is refused when a field, the script or the secret is another', () => {
    const pg_sig = freedomPaySignature('result', fields, 'key');
    expect(isSignedBy('result', { ...fields, pg_sig }, 'key')).toBe(true);
    expect(isSignedBy('result', { ...fields, pg_amount: '1', pg_sig }, 'key')).toBe(false);
    expect(isSignedBy('check', { ...fields, pg_sig }, 'key')).toBe(false);
    expect(isSignedBy('result', { ...fields, pg_sig }, 'other')).toBe(false);
    expect(isSignedBy('result', fields, 'key')).toBe(false);
  });
});
