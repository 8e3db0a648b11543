import { useState } from 'react';
import { newId } from '#libs/kernel';
import { ApiProblem } from './problem';

type Send<T> = (key: string) => Promise<T>;

/** False where the deed may have been done although nobody said so: no answer, a server in trouble, the first try still at work. */
function isKnown(error: unknown): boolean {
  return error instanceof ApiProblem && error.status < 500 && error.code !== 'request-in-flight';
}

/**
 * A deed that creates or charges, under one key until its answer is known. What was asked for with an unknown outcome is
 * asked again as it was, whatever was typed since: the same key with other words would be refused, and another key could
 * be a second order.
 */
export function sureDeed<T>(): (send: Send<T>) => Promise<T> {
  let unknown: { send: Send<T>; key: string } | undefined;
  return async (send) => {
    const asked = unknown ?? { send, key: newId() };
    unknown = asked;
    try {
      const told = await asked.send(asked.key);
      unknown = undefined;
      return told;
    } catch (error) {
      if (isKnown(error)) unknown = undefined;
      throw error;
    }
  };
}

/** One {@link sureDeed} of a form, for as long as it stands. */
export function useSureDeed<T>(): (send: Send<T>) => Promise<T> {
  return useState(() => sureDeed<T>())[0];
}
