import { isSigned, scriptOf, signatureOf, signed } from './signature.js';
import { readForm, readXml, writeXml } from './wire.js';

describe('the signature', () => {
  it('is MD5 over script, values by name and secret', () => {
    // printf 'init_payment.php;100;Билет;500001;42;salt;secret' | md5sum
    const fields = {
      pg_order_id: '42',
      pg_merchant_id: '500001',
      pg_amount: '100',
      pg_description: 'Билет',
      pg_salt: 'salt',
    };
    expect(signatureOf('init_payment.php', fields, 'secret')).toBe('dd5832875326507187e5412b5f47a50e');
  });

  it('flattens nested positions where their name stands', () => {
    // printf 'init_payment.php;100;2;Билет;50;salt;secret' | md5sum
    const fields = readForm(
      new URLSearchParams([
        ['pg_salt', 'salt'],
        ['pg_receipt_positions[0][count]', '2'],
        ['pg_receipt_positions[0][name]', 'Билет'],
        ['pg_receipt_positions[0][price]', '50'],
        ['pg_amount', '100'],
      ]).toString(),
    );
    expect(signatureOf('init_payment.php', fields, 'secret')).toBe('273a32977f77107abefafdd1e553f608');
  });

  it('is made with a fresh salt each time and recognised', () => {
    const one = signed('result', { pg_result: '1' }, 'secret');
    const two = signed('result', { pg_result: '1' }, 'secret');
    expect(one.pg_salt).not.toBe(two.pg_salt);
    expect(isSigned('result', one, 'secret')).toBe(true);
  });

  it.each([
    ['another secret', (fields: object) => isSigned('result', { ...fields }, 'other')],
    ['another script', (fields: object) => isSigned('check', { ...fields }, 'secret')],
    ['a changed value', (fields: object) => isSigned('result', { ...fields, pg_result: '0' }, 'secret')],
    ['an added field', (fields: object) => isSigned('result', { ...fields, pg_more: '0' }, 'secret')],
    ['no signature', (fields: object) => isSigned('result', { ...fields, pg_sig: '' }, 'secret')],
  ])('does not fit %s', (_, judge) => {
    expect(judge(signed('result', { pg_result: '1' }, 'secret'))).toBe(false);
  });

  it('takes the last part of our address as the script', () => {
    expect(scriptOf('http://127.0.0.1:8080/api/tickets/payments/freedompay/result?x=1')).toBe('result');
  });
});

describe('the XML', () => {
  it('comes back as it was written, whatever the text holds', () => {
    expect(readXml(writeXml({ pg_status: 'ok', pg_description: `<"Қыз Жібек" & 'co'>` }))).toEqual({
      pg_status: 'ok',
      pg_description: `<"Қыз Жібек" & 'co'>`,
    });
  });

  it('is refused with a DTD', () => {
    expect(readXml('<!DOCTYPE x [<!ENTITY a "b">]><response><pg_status>&a;</pg_status></response>')).toBeUndefined();
  });

  it('is refused when it is none', () => {
    expect(readXml('<response><pg_status>ok')).toBeUndefined();
  });
});
