import { useEffect, useState } from 'react';

const MINUTE = 60_000;
const minutes = (since: number | null) =>
  since === null ? null : Math.max(0, Math.floor((Date.now() - since) / MINUTE));

/** Whole minutes since then, as they pass; null where there is no then. */
export function useMinutesSince(since: number | null): number | null {
  const [age, setAge] = useState(() => minutes(since));
  useEffect(() => {
    setAge(minutes(since));
    const timer = setInterval(() => setAge(minutes(since)), 5_000);
    return () => clearInterval(timer);
  }, [since]);
  return age;
}
