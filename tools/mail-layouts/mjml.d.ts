/** The little that is used of mjml 5, which brings no types. */
declare module 'mjml' {
  interface Compiled {
    html: string;
    errors: { formattedMessage: string }[];
  }
  export default function mjml2html(
    source: string,
    options: { validationLevel: 'strict'; keepComments: boolean; fonts: Record<string, string> },
  ): Promise<Compiled>;
}
