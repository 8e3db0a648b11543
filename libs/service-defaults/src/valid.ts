import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Static, TSchema } from 'typebox';
import type { FieldProblem, LocalText } from '#libs/kernel';
import { bodyInvalid } from './refusals.js';

const ajv = new Ajv({ allErrors: true, strict: false, coerceTypes: false, useDefaults: false });
(addFormats as unknown as (instance: Ajv) => void)(ajv);
/** The same for query strings, where everything arrives as text. */
const coercing = new Ajv({ allErrors: true, strict: false, coerceTypes: true, useDefaults: true });
(addFormats as unknown as (instance: Ajv) => void)(coercing);

/** The schema with undeclared fields refused at every level; contracts say only what may stand there. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) copy[key] = closed(value);
  if (copy.type === 'object' && copy.properties && copy.additionalProperties === undefined && !copy.patternProperties)
    copy.additionalProperties = false;
  return copy;
}

function reason(error: ErrorObject): { code: string; reason: LocalText } {
  const p = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'required':
      return say('field-missing', 'Бұл өріс керек.', 'Это поле обязательно.', 'This field is needed.');
    case 'additionalProperties':
      return say('field-unknown', 'Мұндай өріс жоқ.', 'Такого поля нет.', 'There is no such field.');
    case 'type':
      return say('field-type', `Түрі: ${p.type}.`, `Нужен тип: ${p.type}.`, `Must be of type ${p.type}.`);
    case 'format':
      return say(
        'field-format',
        `Пішімі: ${p.format}.`,
        `Нужен формат: ${p.format}.`,
        `Must have the format ${p.format}.`,
      );
    case 'enum':
    case 'const':
    case 'anyOf':
      return say(
        'field-choice',
        'Рұқсат етілген мән емес.',
        'Недопустимое значение.',
        'Not one of the allowed values.',
      );
    case 'minLength':
    case 'minItems':
    case 'minimum':
      return say('field-too-small', `Кемінде ${p.limit}.`, `Не меньше ${p.limit}.`, `At least ${p.limit}.`);
    case 'maxLength':
    case 'maxItems':
    case 'maximum':
      return say('field-too-large', `Ең көбі ${p.limit}.`, `Не больше ${p.limit}.`, `At most ${p.limit}.`);
    case 'uniqueItems':
      return say('field-repeated', 'Қайталанған мән бар.', 'Есть повторы.', 'Contains the same value twice.');
    default:
      return say('field-invalid', 'Мәні дұрыс емес.', 'Неверное значение.', 'The value is not right.');
  }
}

function say(code: string, kk: string, ru: string, en: string): { code: string; reason: LocalText } {
  return { code, reason: { kk, ru, en } };
}

export function fieldProblems(errors: ErrorObject[]): FieldProblem[] {
  const problems = new Map<string, FieldProblem>();
  for (const error of errors) {
    const p = error.params as Record<string, unknown>;
    const last =
      error.keyword === 'required'
        ? p.missingProperty
        : error.keyword === 'additionalProperties'
          ? p.additionalProperty
          : undefined;
    const field = `${error.instancePath}${last === undefined ? '' : `/${last}`}`.replace(/^\//, '');
    if (!problems.has(field)) problems.set(field, { field, ...reason(error) });
  }
  return [...problems.values()];
}

/** Checks one argument of a route against its contract; compiled once, when the controller's class is defined. */
@Injectable()
export class SchemaPipe<S extends TSchema = TSchema> implements PipeTransform<unknown, Static<S>> {
  private readonly check: ValidateFunction;

  constructor(readonly schema: S) {
    this.check = ajv.compile(closed(schema) as object);
  }

  transform(value: unknown, metadata: ArgumentMetadata): Static<S> {
    const check = metadata.type === 'query' ? this.forText() : this.check;
    const input = value ?? (metadata.type === 'query' ? {} : undefined);
    if (check(input)) return input as Static<S>;
    throw bodyInvalid({ in: metadata.type }, { fields: fieldProblems(check.errors ?? []) });
  }

  private text?: ValidateFunction;
  private forText(): ValidateFunction {
    this.text ??= coercing.compile(closed(this.schema) as object);
    return this.text;
  }
}

/**
 * `@Body(valid(HoldSeats)) body: HoldSeats`: refuses undeclared fields and wrong types with every problem by field.
 * Also for `@Query` and `@Param`.
 */
export function valid<S extends TSchema>(schema: S): SchemaPipe<S> {
  return new SchemaPipe(schema);
}
