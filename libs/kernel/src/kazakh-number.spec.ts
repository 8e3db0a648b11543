import { isKazakhNumber } from './kazakh-number.js';

describe('a number of twelve digits', () => {
  it.each([
    ['000000000000', true],
    ['940140000385', true],
    ['940140000386', false],
    ['94014000038', false],
    ['94014000038x', false],
    ['', false],
  ])('%s: %s', (digits, valid) => {
    expect(isKazakhNumber(digits)).toBe(valid);
  });

  it('has exactly one right last digit, or none, whatever the first eleven are', () => {
    for (let n = 0; n < 500; n++) {
      const stem = String(n * 7_919 * 104_729)
        .padStart(11, '0')
        .slice(-11);
      const right = Array.from({ length: 10 }, (_, digit) => isKazakhNumber(`${stem}${digit}`)).filter(Boolean);
      expect(right.length).toBeLessThanOrEqual(1);
    }
  });
});
