import { matchesAnyScript, otherLayouts, searchAmong } from './keyboard-layout.js';

describe('a search in the wrong keyboard layout', () => {
  it.each([
    ['flfv', 'адам'],
    ['фвфь', 'adam'],
    ['Jktu', 'олег'],
    [';fhs0', 'жарық'],
    ['0fpf0', 'қазақ'],
  ])('reads %s as %s', (typed, meant) => {
    expect(otherLayouts(typed)).toContain(meant);
  });

  const films = ['Адам Adam', 'Олег Oleg', 'Жарық болсын Let There Be Light', 'Әке The Father'];
  const search = (typed: string) => searchAmong(films, (film) => film, typed);

  it('finds what the keys would have written', () => {
    expect(search('jktu')).toEqual({ found: ['Олег Oleg'], readAs: 'олег' });
    expect(search('щдуп')).toEqual({ found: ['Олег Oleg'], readAs: 'oleg' });
  });

  it('takes what was typed first, and guesses from three letters on', () => {
    expect(search('ада')).toEqual({ found: ['Адам Adam'], readAs: 'ада' });
    expect(search('jk').found).toEqual([]);
    expect(search('').found).toHaveLength(4);
  });

  it('finds across scripts, with and without Kazakh letters', () => {
    expect(matchesAnyScript('Гүлнәр Әбікеева', 'gulnar')).toBe(true);
    expect(matchesAnyScript('Жарық болсын', 'жарык')).toBe(true);
    expect(matchesAnyScript('Marko Škop', 'марко')).toBe(true);
    expect(matchesAnyScript('Олег', 'адам')).toBe(false);
  });
});
