/** Something that stops the start: a stable code for scripts, what is wrong, and what to do about it. */
export class StartTrouble extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly remedy?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StartTrouble';
  }
}

const BY_ERRNO: Record<string, [code: string, message: string, remedy: string]> = {
  ENOSPC: ['disk-full', 'The disk is full.', 'Free about 2 GB, then start again; nothing that was stored is lost.'],
  EDQUOT: [
    'disk-full',
    'The disk quota is used up.',
    'Free about 2 GB, then start again; nothing that was stored is lost.',
  ],
  EROFS: [
    'disk-read-only',
    'The folder is on a read-only disk.',
    'Clone the repository to a place that can be written.',
  ],
  EACCES: ['no-permission', 'A file or folder may not be written.', 'Start as the user who owns the folder.'],
  EADDRINUSE: ['port-in-use', 'A port is already in use.', 'Choose another port, or leave the choice to the start.'],
};

/** Any error as a {@link StartTrouble}: errors of the operating system get the code of their kind. */
export function asTrouble(error: unknown): StartTrouble {
  if (error instanceof StartTrouble) return error;
  const errno = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = BY_ERRNO[errno];
  const text = error instanceof Error ? error.message : String(error);
  if (known) return new StartTrouble(known[0], `${known[1]} (${text})`, known[2], { cause: error });
  if (/no space left on device/i.test(text)) return asTrouble(Object.assign(new Error(text), { code: 'ENOSPC' }));
  return new StartTrouble('start-failed', text, undefined, { cause: error });
}
