import { foundAfter } from './facts-cast.js';

describe('the checker, where hearers come and go,', () => {
  it('finds a fact of the programme that tickets never heard, or heard twice', () => {
    expect(foundAfter(({ programme }) => programme.heard.splice(0, 1))).toEqual(['programme']);
    expect(foundAfter(({ programme }) => programme.heard.push('programme-3'))).toEqual(['programme']);
    expect(foundAfter(({ programme }) => programme.givenUp.splice(0, 1))).toEqual(['programme']);
  });

  it('finds a copy of a screening that went back to an older version', () => {
    expect(foundAfter(({ programme }) => programme.copies.set('s', 2))).toEqual(['programme']);
  });

  it('finds a second mail, though it says so itself, where nobody died who might have sent it', () => {
    expect(foundAfter(({ mails }) => mails.push({ ...mails[0]!, id: '9', repeat: true }))).toEqual(['mails']);
    expect(
      foundAfter(({ mails, faults }) => {
        mails.push({ ...mails[0]!, id: '9', repeat: true });
        faults.push({ at: 1, what: 'notifications killed' });
      }),
    ).toEqual([]);
  });
});
