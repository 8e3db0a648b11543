import { because, likelihood, nameKeys, sameName } from './name-key.rules.js';

const shares = (one: string, other: string) => nameKeys(one).some((key) => nameKeys(other).includes(key));

describe('names of one person', () => {
  it.each([
    ['Гүлнәр Сәрсенова', 'Gulnara Sarsenova'],
    ['Гульнара Ивановна Сарсенова', 'Sarsenova Gülnär'],
    ['Жұмабаев Ерлан', 'Yerlan Zhumabayev'],
    ['Ерлан Жумабаев', 'Erlan Jumabaev'],
    ['Хасенқызы Ақерке', 'Akerke Khasenkyzy'],
    ['Щербакова Юлия', 'Yulia Shcherbakova'],
    ['Әлихан Бөкейхан', 'Alikhan Bokeikhan'],
  ])('%s and %s meet', (one, other) => expect(shares(one, other)).toBe(true));

  it.each([
    ['Айгүл Сәрсенова', 'Асель Сарсенбаева'],
    ['Ivan Petrov', 'Petr Ivanov'],
    ['John Smith', 'Jane Doe'],
  ])('%s and %s do not', (one, other) => expect(shares(one, other)).toBe(false));

  it('are the same in one script or another, whatever the order; and alike where a sound differs', () => {
    expect(sameName('Сәрсенова Айгүл', 'Aigul Sarsenova')).toBe(true);
    expect(sameName('Гүлнәр Сәрсенова', 'Gulnara Sarsenova')).toBe(false);
    expect(sameName('', '')).toBe(false);
  });

  it('weigh less than a number or a birthday', () => {
    const name = 'Айгүл Сәрсенова';
    const alike = because({ name, phone: '+7 701 000 11 22' }, { name, phone: '8 (701) 000-11-22' });
    expect(alike).toEqual(['same-name', 'same-phone']);
    const numbered = because({ name, iin: '850101 400123' }, { name: 'Aigul Sarsen', iin: '850101400123' });
    expect(numbered).toEqual(['like-name', 'same-identity-number']);
    expect(likelihood(numbered)).toBeGreaterThan(likelihood(alike));
    expect(because({ name }, { name, phone: '' })).toEqual(['same-name']);
  });
});
