import { scriptFold } from './script-fold.js';

describe('a name across scripts', () => {
  it.each([
    ['Айгүл Сәрсенова', 'Aigul Sarsenova', 'Aygül Särsenova'],
    ['Хасен Жұмабаев', 'Khasen Zhumabayev', 'Hasen Jumabaev'],
    ['Дмитрий Цой', 'Dmitry Tsoi', 'Dmitriy Coy'],
    ['Ермек Ғабитов', 'Yermek Ghabitov', 'Ermek Gabitov'],
    ['Жанна Щукина', 'Zhanna Shchukina', 'Janna Shukina'],
    ['Юлия Яковлева', 'Yuliya Yakovleva', 'Iulia Iakovleva'],
    ['Қазақстан қызы', 'Qazaqstan qyzy', 'Kazakstan kyzy'],
    ['Александр Джамбул', 'Alexandr Dzhambul', 'Aleksandr Jambul'],
  ])('%s is %s is %s', (cyrillic, latin, other) => {
    expect(scriptFold(latin)).toBe(scriptFold(cyrillic));
    expect(scriptFold(other)).toBe(scriptFold(cyrillic));
  });

  it('keeps different people apart', () => {
    expect(scriptFold('Айгүл')).not.toBe(scriptFold('Айгерім'));
    expect(scriptFold('Ким')).not.toBe(scriptFold('Хим'));
  });
});
