import type { EvidenceRule, EvidenceType } from '#libs/contracts';
import { evidenceEmpty, evidenceKindUnknown, evidenceTooLarge, evidenceTypeRefused } from './evidence.refusals.js';

export interface StoredFile {
  bytes: number;
  sha256: string;
  /** MIME type by the file's own content; undefined when it is nothing known. */
  type: string | undefined;
}

/** The largest file that any category may ask for; what streams in before its kind is known stops here. */
export const LARGEST_BYTES = 20 * 1024 * 1024;
/** Where a rule names no limit of its own: a camera of today, and a thick dossier. */
export const MOST_PIXELS = 40_000_000;
export const MOST_PAGES = 60;

/** A portrait for a badge: 3:4, at least what 300 dpi need on a badge of A6; larger ones are made smaller. Pixels. */
export const PORTRAIT = { width: 480, height: 640, most: 1_200, tolerance: 0.05 } as const;

/** True for 3:4 upright within five per cent and large enough; whether a face looks out of it, an officer sees. */
export function fitsPortrait(width: number, height: number): boolean {
  const off = Math.abs(width / height / (3 / 4) - 1);
  return off <= PORTRAIT.tolerance && width >= PORTRAIT.width * 0.95 && height >= PORTRAIT.height * 0.95;
}

export function ruleFor(rules: readonly EvidenceRule[], kind: string): EvidenceRule {
  const rule = rules.find((one) => one.kind === kind);
  if (!rule) throw evidenceKindUnknown({ kind, kinds: rules.map((one) => one.kind) });
  return rule;
}

/**
 * What an uploaded file is, by its content.
 * @throws evidence-empty, evidence-too-large, evidence-type-refused
 */
export function acceptedType(rule: EvidenceRule, file: Pick<StoredFile, 'bytes' | 'type'>): EvidenceType {
  if (file.bytes === 0) throw evidenceEmpty({ kind: rule.kind });
  if (file.bytes > rule.maxBytes) throw evidenceTooLarge({ kind: rule.kind, maxBytes: rule.maxBytes });
  const type = rule.types.find((one) => one === file.type);
  if (!type) throw evidenceTypeRefused({ kind: rule.kind, types: rule.types });
  return type;
}

/** A name to show: no folders, no control characters, at most 120 characters. */
export function shownName(sent: string | undefined): string {
  const last = (sent ?? '').split(/[/\\]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
  const clean = last.replace(/[\u0000-\u001f\u007f"<>|:*?\u200e\u200f\u202a-\u202e]/g, '').trim();
  return (clean || 'document').slice(-120);
}
