import { readTable } from './csv-rows.rules.js';

describe('a programme list as a spreadsheet', () => {
  it('is the JSON that says the same, each row with its line', () => {
    const text = [
      'id;title.kk;title.ru;year;directors.en[];items.0.kind;items.0.filmId;highlight',
      'a;Күз;"Осень; поздняя";2019;Aru | Dana;film;f-1;true',
      '',
      'b;Қыс;Зима;many;;talk;;',
    ].join('\n');
    const { value, lineOf } = readTable({ name: 'folder/films.csv', text });
    expect(value).toEqual({
      films: [
        {
          id: 'a',
          title: { kk: 'Күз', ru: 'Осень; поздняя' },
          year: 2019,
          directors: { en: ['Aru', 'Dana'] },
          items: [{ kind: 'film', filmId: 'f-1' }],
          highlight: true,
        },
        { id: 'b', title: { kk: 'Қыс', ru: 'Зима' }, year: 'many', items: [{ kind: 'talk' }] },
      ],
    });
    expect([lineOf('/films/0'), lineOf('/films/1/year'), lineOf('')]).toEqual([2, 4, 1]);
  });
});
