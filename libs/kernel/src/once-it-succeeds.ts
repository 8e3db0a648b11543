/**
 * Does `work` when it is first asked for, and keeps what it made. Those who ask meanwhile wait for the same try; a failure
 * is theirs alone: the next one asks anew, so that a bad moment at the start does not last as long as the process.
 */
export function onceItSucceeds<T>(work: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    if (made) return made;
    const trying = work();
    made = trying;
    trying.catch(() => {
      if (made === trying) made = undefined;
    });
    return trying;
  };
}
