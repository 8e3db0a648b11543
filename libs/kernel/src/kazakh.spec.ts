import { compareIn, compareKazakh, isFrontHarmony, plural, pluralForm } from './kazakh.js';
import { matchesSearch, searchFold } from './search-fold.js';

describe('Kazakh', () => {
  it('sorts by its own alphabet', () => {
    const words = ['Ілияс', 'Қала', 'Кино', 'Әлем', 'Арман', 'Ұлы', 'Адам', 'Үміт', 'Ыбырай', 'Өмір', 'Ой', '12'];
    expect(words.sort(compareKazakh)).toEqual('12 Адам Арман Әлем Кино Қала Ой Өмір Ұлы Үміт Ыбырай Ілияс'.split(' '));
    expect(['б', 'а'].sort(compareIn('ru'))).toEqual(['а', 'б']);
  });

  it('keeps a noun singular after a number, and counts in Russian and English', () => {
    const seats = { one: 'место', few: 'места', many: 'мест' };
    expect([1, 2, 5, 11, 21, 112].map((n) => plural(n, 'ru', seats))).toEqual([
      'место',
      'места',
      'мест',
      'мест',
      'место',
      'мест',
    ]);
    expect(pluralForm(5, 'kk')).toBe('one');
    expect([1, 2].map((n) => plural(n, 'en', { one: 'seat', many: 'seats' }))).toEqual(['seat', 'seats']);
  });

  it('hears whether an ending is a front or a back one', () => {
    expect(isFrontHarmony('қыркүйек')).toBe(true);
    expect(isFrontHarmony('тамыз')).toBe(false);
  });
});

describe('search', () => {
  it('finds Kazakh letters by the Russian ones, and names without their marks', () => {
    expect(searchFold('Жердің шетіне дейін')).toBe('жердин шетине деиин');
    expect(searchFold('Әғқңөұүһі')).toBe('агкноуухи');
    expect(matchesSearch('Шетіне дейін', 'шетине')).toBe(true);
    expect(matchesSearch('Marko Škop', 'skop')).toBe(true);
    expect(matchesSearch('#Female Pleasure', 'plea fem')).toBe(true);
    expect(matchesSearch('Oleg', 'adam')).toBe(false);
  });
});
