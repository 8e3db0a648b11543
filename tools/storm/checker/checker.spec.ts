import { check } from './checks.js';
import { mailFact, trueTime } from './collect.js';
import type { Facts } from './facts.js';
import { foundAfter, goodFacts } from './facts-cast.js';
import { callsOf } from './history.js';
import { storyOf } from './seat-checks.js';
import { marksIn } from './watch-marks.js';

describe('the checker', () => {
  it('finds nothing where everything is as it must be', () => {
    expect(check(goodFacts())).toEqual([]);
  });

  it('finds a seat that two were told is theirs', () => {
    const found = foundAfter(({ calls }) => {
      const ann = calls[3]!;
      calls.push({
        asked: { ...ann.asked, who: 'eve', call: 99 },
        told: { ...ann.told!, order: { ...ann.told!.order!, id: 'eve' } },
      });
    });
    expect(found).toEqual(['told-yours-once', 'told-is-kept']);
  });

  it('takes it for no fault when the first one gave the seat back', () => {
    expect(
      foundAfter(({ calls }) => {
        const cat = calls[6]!;
        calls.push({
          asked: { ...cat.asked, who: 'ann', call: 99, order: 'ann' },
          told: { ...cat.told!, order: { ...cat.told!.order!, id: 'ann' } },
        });
      }),
    ).toEqual([]);
  });

  it('finds a seat that was claimed while another order had it', () => {
    expect(
      foundAfter(({ outbox }) => {
        outbox.find((one) => one.aggregate === 'cat' && one.version === 1)!.at = 19_000;
      }),
    ).toEqual(['two-owners']);
  });

  it('finds money without tickets, and tickets without money', () => {
    expect(foundAfter(({ payments }) => payments.splice(1, 1, { ...payments[1]!, refunded: 0 }))).toEqual(['money']);
    expect(foundAfter(({ payments }) => payments.splice(0, 1, { ...payments[0]!, refunded: 250_000 }))).toEqual([
      'money',
    ]);
    expect(
      foundAfter(({ payments }) => payments.push({ id: '9', attempt: 'whose', captured: 1, refunded: 0 })),
    ).toEqual(['money']);
  });

  it('finds an amount that the books do not have', () => {
    expect(
      foundAfter(({ attempts }) => {
        attempts[0]!.captured = 100;
      }),
    ).toEqual(['money']);
  });

  it('finds an order that was told and is nowhere', () => {
    expect(
      foundAfter(({ orders }) => {
        orders.splice(1, 1);
      }),
    ).toEqual(['told-is-kept']);
  });

  it('finds a paid order that is not paid any more, though nobody gave it back', () => {
    expect(
      foundAfter((facts) => {
        facts.orders[0]!.state = 'expired';
      }),
    ).toEqual(['told-is-kept']);
  });

  it('finds one key with two orders', () => {
    expect(
      foundAfter(({ calls }) => {
        calls[2]!.told!.order!.id = 'bob';
      }),
    ).toEqual(['keys']);
  });

  it('finds a key that is refused after it was answered', () => {
    expect(
      foundAfter(({ calls }) => {
        const first = calls[1]!;
        calls.push({
          asked: { ...first.asked, at: 40_000, call: 99 },
          told: { at: 40_010, call: 99, status: 409, code: 'seats-taken' },
        });
      }),
    ).toEqual(['keys']);
  });

  it('finds an order that expired after it was paid', () => {
    expect(
      foundAfter(({ outbox, kafka }) => {
        outbox.push({ ...outbox[3]!, seq: 9, fact: 'fact-9', aggregate: 'ann', version: 3, at: 4_000 });
        kafka.push({ fact: 'fact-9', type: 'tickets.order.expired.v1', aggregate: 'ann', version: 3 });
      }),
    ).toContain('ends');
  });

  it('finds a sale while sales stood still', () => {
    expect(
      foundAfter((facts) => {
        facts.stops = [{ screening: 's', from: 1_500, until: 2_500 }];
      }),
    ).toEqual(['stops']);
  });

  it('finds what SQL counts', () => {
    expect(
      foundAfter(({ invariants }) => {
        invariants[0]!.violations = 1;
      }),
    ).toEqual(['sql I1']);
  });

  it('finds a missing mail and a second one', () => {
    expect(foundAfter(({ mails }) => mails.splice(0, 1))).toEqual(['mails']);
    expect(foundAfter(({ mails }) => mails.push({ ...mails[0]!, id: '9' }))).toEqual(['mails']);
  });

  it('finds a mail that never leaves', () => {
    expect(
      foundAfter(({ deliveries }) => {
        deliveries[0]!.state = 'failed';
      }),
    ).toEqual(['mails']);
  });

  it('finds a fact that is on no topic, and facts in the wrong order', () => {
    expect(foundAfter(({ kafka }) => kafka.splice(0, 1))).toEqual(['told']);
    expect(foundAfter(({ kafka }) => kafka.reverse())).toEqual(['told']);
    expect(foundAfter(({ kafka }) => kafka.push(kafka[0]!))).toEqual([]);
  });

  it('finds a fact that was heard never, or twice', () => {
    expect(foundAfter(({ heard }) => heard.splice(1, 1))).toEqual(['heard']);
    expect(foundAfter(({ heard }) => heard.push('fact-2'))).toEqual(['heard']);
  });

  it('finds two effects of one fact', () => {
    expect(
      foundAfter(({ deliveries, mails }) => {
        deliveries.push({ ...deliveries[0]!, id: 'second' });
        mails.push({ ...mails[3]!, id: '9', delivery: 'second' });
      }),
    ).toEqual(['heard']);
  });

  it('finds a scan that was told and is not kept, or kept as something else', () => {
    expect(foundAfter(({ scans }) => scans.splice(0, 1))).toEqual(['scans']);
    expect(
      foundAfter(({ scans }) => {
        scans[0]!.verdict = 'already_used';
      }),
    ).toEqual(['scans']);
  });

  it('finds a code that was let in twice', () => {
    expect(
      foundAfter(({ calls, scans }) => {
        const first = calls.find(({ asked }) => asked.deed === 'scan')!;
        calls.push({ asked: { ...first.asked, call: 99, scan: 'scan-3' }, told: { ...first.told!, call: 99 } });
        scans.push({ ...scans[0]!, id: 'scan-3' });
      }),
    ).toEqual(['scans', 'clashes']);
  });

  it('puts the dates of a clock right that was an hour ahead, and then an hour behind', () => {
    const hour = 3_600_000;
    const clock = [
      { from: 10_000, until: 20_000, offMs: hour },
      { from: 30_000, until: 40_000, offMs: -hour },
    ];
    expect([5_000, hour + 15_000, 25_000, 35_000 - hour].map((at) => trueTime(at, clock))).toEqual([
      5_000, 15_000, 25_000, 35_000,
    ]);
  });

  it('finds an answer that nobody foresaw, not a refusal that says what to do', () => {
    const answered = (code: string) => (facts: Facts) => {
      const told = { ...facts.calls[0]!.told!, call: 99, status: 503, code };
      facts.calls.push({ asked: { ...facts.calls[0]!.asked, call: 99 }, told: { ...told, held: undefined } });
    };
    expect(foundAfter(answered('unexpected'))).toEqual(['clear']);
    expect(foundAfter(answered('no-code'))).toEqual(['clear']);
    expect(foundAfter(answered('part-unavailable'))).toEqual([]);
  });

  it('finds a hold on a seat that was sold a while ago, and allows for news that died with its bearer', () => {
    const holdAt = (at: number) => (facts: Facts) => {
      const first = facts.calls[0]!;
      facts.calls.push({ asked: { ...first.asked, at, call: 99, who: 'eve' }, told: { ...first.told!, at: at + 10 } });
    };
    expect(foundAfter(holdAt(2_500))).toEqual([]);
    expect(foundAfter(holdAt(9_000))).toEqual(['hold-on-sold']);
    expect(
      foundAfter((facts) => {
        facts.faults.push({ at: 1_500, what: 'tickets-1 killed' });
        holdAt(9_000)(facts);
      }),
    ).toEqual([]);
    expect(
      foundAfter((facts) => {
        facts.faults.push({ at: 1_500, what: 'tickets-1 killed' });
        holdAt(50_000)(facts);
      }),
    ).toEqual(['hold-on-sold']);
  });

  it('finds a seat that two people hold, unless something broke between the two', () => {
    const second = (facts: Facts) => {
      const first = facts.calls[0]!;
      facts.calls.push({
        asked: { ...first.asked, at: 940, call: 99, who: 'eve' },
        told: { ...first.told!, at: 950 },
      });
    };
    expect(foundAfter(second)).toEqual(['two-holds']);
    expect(
      foundAfter((facts) => {
        facts.faults.push({ at: 920, what: 'redis killed' });
        second(facts);
      }),
    ).toEqual([]);
  });

  it('takes a hold for ended where an older token bought the seat and gave it back', () => {
    const holds =
      (seat: string, ...at: number[]) =>
      (facts: Facts) => {
        const { asked, told } = facts.calls[0]!;
        for (const [n, moment] of at.entries())
          facts.calls.push({
            asked: { ...asked, at: moment, call: 90 + n, who: `late-${n}`, seats: [seat] },
            told: { ...told!, at: moment + 10, held: { screening: 's', seats: [seat] } },
          });
      };
    // Cat has the seat from 21,000 to 23,000.
    expect(foundAfter(holds('1-2', 20_200, 24_500))).toEqual([]);
    expect(foundAfter(holds('1-2', 24_500, 25_500))).toEqual(['two-holds']);
  });

  it('finds a map that shows what is not so, either way', () => {
    expect(foundAfter(({ maps }) => maps[0]!.seats.set('1-1', 'f'))).toEqual(['map']);
    expect(foundAfter(({ maps }) => maps[0]!.seats.set('1-2', 's'))).toEqual(['map']);
    expect(foundAfter(({ maps }) => maps[0]!.seats.set('1-2', 'h'))).toEqual([]);
  });

  it('finds a mark that went back, but not across an epoch', () => {
    expect(foundAfter(({ marks }) => marks.push({ screening: 's', seat: '1-1', no: 4 }))).toEqual(['marks']);
    expect(
      foundAfter(({ marks }) => marks.push({ screening: 's', epoch: 4 }, { screening: 's', seat: '1-1', no: 4 })),
    ).toEqual([]);
  });
});

describe('what the checker reads', () => {
  it('pairs questions with answers, and keeps a question without one', () => {
    const asked = (call: number) => ({ asked: { at: call, call, who: 'ann', deed: 'look' as const } });
    const calls = callsOf([asked(1), asked(2), { told: { at: 9, call: 1, status: 200 } }]);
    expect(calls.map(({ asked, told }) => [asked.call, told?.status])).toEqual([
      [1, 200],
      [2, undefined],
    ]);
  });

  it('tells the story of a violation by the calls of those whom it concerns', () => {
    const { calls } = goodFacts();
    const told = storyOf(calls, { check: 'x', says: '', about: { orders: ['bob', 'cat'], seat: '1-2' } });
    expect(new Set(told.map(({ asked }) => asked.who))).toEqual(new Set(['bob', 'cat']));
  });

  it('understands what Redis says of its scripts', () => {
    expect(marksIn('+1700000000.1 [0 lua] "HSET" "seans:{s-1}:seats" "1-1" "c:5" "1-2" "h:x:99"')).toEqual([
      { screening: 's-1', seat: '1-1', no: 5 },
      { screening: 's-1', freed: '1-2' },
    ]);
    expect(marksIn('+1700000000.1 [0 lua] "HDEL" "seans:{s-1}:seats" "1-1"')).toEqual([
      { screening: 's-1', freed: '1-1' },
    ]);
    expect(marksIn('+1700000000.1 [0 lua] "SET" "seans:{s-1}:epoch" "7"')).toEqual([{ screening: 's-1', epoch: 7 }]);
    expect(marksIn('+1700000000.1 [0 127.0.0.1:5] "EVALSHA" "abc" "5"')).toEqual([]);
  });

  it('reads a raw mail', () => {
    const raw = [
      'From: a@b',
      'To: Ann <ann@x>',
      'Message-ID: <delivery-1@127.0.0.1>',
      'X-Seans-Repeat: maybe',
      '',
      'Content-Disposition: attachment; filename=tickets-A.pdf',
    ].join('\r\n');
    expect(mailFact('000001', raw)).toEqual({
      id: '000001',
      to: 'ann@x',
      delivery: 'delivery-1',
      repeat: true,
      files: ['tickets-A.pdf'],
    });
  });
});
