import { pdfBytes } from '../../../../test/fixtures/uploads/pdf-bytes.js';
import { lookIntoPdf } from './pdf-paper.rules.js';

const SIZE = 8 * 1024 * 1024;
const filled = (text: string) => Buffer.from(text.repeat(Math.floor(SIZE / text.length)), 'latin1');

describe('a look into a PDF', () => {
  it('counts pages once, however often an edit wrote them', () => {
    const edited = Buffer.concat([
      pdfBytes({ pages: 3 }),
      Buffer.from('10 0 obj\n<< /Type /Page /Rotate 90 >>\nendobj\n%%EOF\n'),
    ]);
    expect(lookIntoPdf(edited)).toEqual({ pages: 3, encrypted: false, broken: false, tail: false, act: undefined });
  });

  it.each([
    ['objects that never end', '1 0 obj '],
    ['digits and spaces', '1 1 1 1 1 '],
    ['streams that never end', '1 0 obj<< /Type /ObjStm >> stream\n'],
    ['open actions', '/OpenAction 1 0 R '],
    ['types', '/Type /Type        '],
    ['escapes', '/#4a#61#76#61 '],
  ])('takes no longer than its size deserves over %s', (_name, text) => {
    const begun = process.cpuUsage().user;
    lookIntoPdf(Buffer.concat([Buffer.from('%PDF-1.7\n'), filled(text), Buffer.from('\nendstream\n%%EOF\n')]));
    // Quadratic work over 8 MB would take hours.
    expect((process.cpuUsage().user - begun) / 1_000).toBeLessThan(8_000);
  });
});
