import { type Static, Type } from 'typebox';
import { Instant, LanguageShape, LocalTextShape } from './common.js';

export const ReportName = Type.Union([
  Type.Literal('sales'),
  Type.Literal('occupancy'),
  Type.Literal('allocations'),
  Type.Literal('promo-codes'),
  Type.Literal('refunds'),
  Type.Literal('settlement'),
  Type.Literal('films'),
  Type.Literal('cash'),
]);
export type ReportName = Static<typeof ReportName>;

/** `from` and `until` narrow to when the money moved, or when the screening begins, as the report says. */
export const ReportQuery = Type.Object({
  format: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('csv'), Type.Literal('xlsx')])),
  language: Type.Optional(LanguageShape),
  from: Type.Optional(Instant),
  until: Type.Optional(Instant),
});
export type ReportQuery = Static<typeof ReportQuery>;

/** A report as JSON: amounts in minor units, instants in UTC; CSV and XLSX show money with its two decimals. */
export const Report = Type.Object({
  report: ReportName,
  editionId: Type.String(),
  columns: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.Union([Type.Literal('text'), Type.Literal('number'), Type.Literal('money'), Type.Literal('instant')]),
      name: LocalTextShape,
    }),
  ),
  rows: Type.Array(Type.Array(Type.Union([Type.String(), Type.Number(), Type.Null()]))),
});
export type Report = Static<typeof Report>;
