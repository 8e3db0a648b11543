import { Injectable } from '@nestjs/common';
import { type ReadCode, readAdmissionCode } from '#libs/admission-code';
import { AdmissionCodes } from '../../sale/issued-tickets/admission-codes.js';

/** Reads what a gate has scanned; a key unknown so far is asked for once. */
@Injectable()
export class ReadCodes {
  constructor(private readonly codes: AdmissionCodes) {}

  async read(code: string): Promise<ReadCode> {
    const read = await readAdmissionCode(code, await this.codes.keys());
    if (read.outcome !== 'unknown_key') return read;
    return readAdmissionCode(code, await this.codes.keys(read.keyId));
  }
}
