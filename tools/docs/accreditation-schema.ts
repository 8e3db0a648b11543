import { AccreditationFile } from '../../libs/contracts/src/http/accreditation-categories.js';

/** JSON Schema of `data/<edition>/accreditation.json`, for editors and for whoever writes such a file by hand. */
export function accreditationSchema(): string {
  return JSON.stringify(
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Categories, forms, papers, quotas, fees and rights of an edition',
      ...AccreditationFile,
      additionalProperties: false,
    },
    null,
    1,
  );
}
