import { ApiProblem, NoAnswer } from './problem';
import { sureDeed } from './sure-deed';

/** A server that answers in turn; what it was asked for is kept. */
function server(...answers: (Error | string)[]) {
  const asked: string[] = [];
  const send = (words: string) => async (key: string) => {
    asked.push(`${words} ${key}`);
    const answer = answers[asked.length - 1]!;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { asked, send };
}

describe('a deed that creates or charges', () => {
  it.each([
    ['an answer was lost', new NoAnswer('cut')],
    ['the server was in trouble', new ApiProblem(503, { code: 'unavailable' })],
    ['the first try is still at work', new ApiProblem(409, { code: 'request-in-flight' })],
  ])('is asked again with the same key and the same words when %s', async (_why, error) => {
    const { asked, send } = server(error, 'placed');
    const deed = sureDeed<string>();
    await expect(deed(send('to aigerim'))).rejects.toBe(error);
    await expect(deed(send('to somebody else'))).resolves.toBe('placed');
    expect(asked[1]).toBe(asked[0]);
  });

  it('is another one once it was refused or done', async () => {
    const { asked, send } = server(new ApiProblem(409, { code: 'seats-taken' }), 'placed', 'placed');
    const deed = sureDeed<string>();
    await expect(deed(send('a'))).rejects.toThrow('seats-taken');
    await deed(send('a'));
    await deed(send('a'));
    expect(new Set(asked).size).toBe(3);
  });
});
