import { isConnectionTrouble } from './database.js';

describe('trouble with PostgreSQL itself', () => {
  it.each(['08006', '57P01', '53100', '53200', '53300', 'ECONNREFUSED'])('is %s, whoever wrapped it', (code) => {
    expect(isConnectionTrouble({ code })).toBe(true);
    expect(isConnectionTrouble({ driverError: { code } })).toBe(true);
  });

  it.each(['23505', '40001', 'P0001'])('is not %s, which answers what was asked', (code) => {
    expect(isConnectionTrouble({ code })).toBe(false);
  });
});
