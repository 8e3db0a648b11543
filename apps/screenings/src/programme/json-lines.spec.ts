import { BrokenJson, parseLined } from './json-lines.rules.js';

describe('JSON that knows its lines', () => {
  it('reads what JSON.parse reads', () => {
    const text = '{"a": [1, -2.5e3, "ә\\u0301\\n", true, null], "b/c": {}, "d": []}';
    expect(parseLined(text).value).toEqual(JSON.parse(text));
  });

  it('names the line of a row and of a field', () => {
    const lined = parseLined('{\n "films": [\n  {"id": "a"},\n  {"id": "b",\n   "year": 2019}\n ]\n}');
    expect(lined.lineOf('/films/1')).toBe(4);
    expect(lined.lineOf('/films/1/year')).toBe(5);
    expect(lined.lineOf('/films/1/minutes')).toBe(4);
  });

  it('names the line on which a text breaks', () => {
    const line = (text: string) => {
      try {
        parseLined(text);
        return 0;
      } catch (error) {
        return error instanceof BrokenJson ? error.line : -1;
      }
    };
    expect(line('{"a": 1,\n "b": }')).toBe(2);
    expect(line('{"a": 1,\n\n "a": 2}')).toBe(3);
    expect(line('[1, 2')).toBe(1);
    expect(line('{"a": 1} x')).toBe(1);
    expect(line(`${'['.repeat(100)}`)).toBe(1);
  });
});
