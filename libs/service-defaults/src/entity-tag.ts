import { changedMeanwhile, preconditionNeeded } from './refusals.js';

/**
 * The version in a strong entity tag of `If-Match`; undefined where the header is absent.
 * @throws changed-meanwhile for a tag that was never ours
 */
export function seenVersion(match: string | undefined): number | undefined {
  if (match === undefined) return undefined;
  const found = /^"(\d{1,9})"$/.exec(match.trim());
  if (!found) throw changedMeanwhile();
  return Number(found[1]);
}

/** The same where the header must be there. */
export function requiredVersion(match: string | undefined): number {
  const version = seenVersion(match);
  if (version === undefined) throw preconditionNeeded();
  return version;
}
