import { editionIn, refusedRows } from './import.rules';

describe('a programme file', () => {
  it('says for which edition it is, whatever lies beside it', () => {
    expect(editionIn([{ text: 'no json' }, { text: '{"films":[]}' }, { text: '{"edition":{"id":"a-1"}}' }])).toBe(
      'a-1',
    );
    expect(editionIn([{ text: '{"edition":{"id":7}}' }])).toBeUndefined();
  });

  it('is refused row by row: file, line and reason', () => {
    const problem = {
      code: 'programme-refused',
      facts: { rows: [{ file: 'p.json', line: 12, pointer: 'screenings/0/hallId' }] },
      errors: [{ field: 'p.json:12 screenings/0/hallId', code: 'reference-unknown', reason: 'no such id' }],
    };
    expect(refusedRows(problem)).toEqual([
      { id: '0', file: 'p.json', line: 12, pointer: 'screenings/0/hallId', reason: 'no such id' },
    ]);
    expect(refusedRows({ code: 'role-needed' })).toEqual([]);
  });
});
