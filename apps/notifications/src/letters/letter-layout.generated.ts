// Made by `npm run docs` from apps/notifications/mjml/letter.mjml; never edited by hand.
import type { Language } from '#libs/kernel';
import type { LayoutPart } from './render-layout.js';

export const LAYOUTS: Readonly<Record<Language, readonly LayoutPart[]>> = {
 "kk": [
  "<!doctype html><html lang=\"kk\" dir=\"auto\" xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><title>",
  {
   "slot": "subject"
  },
  "</title><!--[if !mso]><!--><meta http-equiv=\"X-UA-Compatible\" content=\"IE=edge\"><!--<![endif]--><meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style type=\"text/css\">\n#outlook a { padding:0; }\nbody { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }\ntable, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }\nimg { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }\np { display:block;margin:13px 0; }\n</style><!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript><![endif]--><!--[if lte mso 11]><style type=\"text/css\">\n.mj-outlook-group-fix { width:100% !important; }\n</style><![endif]--><style type=\"text/css\">\n@media only screen and (min-width:480px) {\n.mj-column-per-100 { width:100% !important; max-width: 100%; }\n}\n</style><style media=\"screen and (min-width:480px)\">\n.moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }\n</style><style type=\"text/css\">\n:root { color-scheme: light dark; supported-color-schemes: light dark; }\nh1 { margin: 0; font-size: 30px; line-height: 1.15; }\n.quiet, .quiet div { color: #4A5C57; }\n@media (max-width: 480px) {\nh1 { font-size: 26px !important; }\n.words > div, .words > table { overflow-wrap: anywhere; }\ntd.words { padding-left: 20px !important; padding-right: 20px !important; }\n}\n@media (prefers-color-scheme: dark) {\nbody, .page { background: #0B1614 !important; background-color: #0B1614 !important; }\n.sheet, .sheet > table, .sheet > table > tbody > tr > td { background: #14231F !important; background-color: #14231F !important; }\n.words, .words div, .words td, .words strong, .words h1 { color: #EAF1EE !important; }\n.quiet, .quiet div, .quiet a, .words .quiet, .words .quiet a { color: #9DB2AB !important; }\n.line { border-color: #2B403A !important; }\n.strong { border-color: #EAF1EE !important; }\n.press td, .press a { background: #EAF1EE !important; background-color: #EAF1EE !important; color: #0B1614 !important; }\n.box, .box > table { background: #0B1614 !important; background-color: #0B1614 !important; }\n}\n[data-ogsc] .words, [data-ogsc] .words div, [data-ogsc] .words td { color: #EAF1EE !important; }\n</style><meta name=\"color-scheme\" content=\"light dark\" /><meta name=\"supported-color-schemes\" content=\"light dark\" /><meta name=\"format-detection\" content=\"telephone=no, date=no, address=no\" /></head><body  class=\"page\" style=\"word-spacing:normal;background-color:#F1F4F2;\"><div style=\"display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;\">",
  {
   "slot": "preheader"
  },
  "</div><div aria-label=\"",
  {
   "slot": "subject"
  },
  "\" aria-roledescription=\"email\" role=\"article\" lang=\"kk\" dir=\"auto\" style=\"word-spacing:normal;background-color:#F1F4F2;\"><!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"sheet-outlook\" role=\"presentation\" style=\"width:600px;\" width=\"600\" bgcolor=\"#FFFFFF\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--><div  class=\"sheet\" style=\"background:#FFFFFF;background-color:#FFFFFF;margin:0px auto;max-width:600px;\"><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#FFFFFF;background-color:#FFFFFF;width:100%;\"><tbody><tr><td style=\"direction:ltr;font-size:0px;padding:20px 0 0;text-align:center;\"><!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:600px;\" ><![endif]--><div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"><tbody><tr><td  style=\"vertical-align:top;padding:0;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"\" width=\"100%\"><tbody><tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:0 32px 20px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:15px;font-weight:700;line-height:1.5;text-align:left;color:#0F211D;\">Алматы кинофестивалі</div></td></tr></tbody></table></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"\" role=\"presentation\" style=\"width:600px;\" width=\"600\" bgcolor=\"#C4122F\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--><div  style=\"background:#C4122F;background-color:#C4122F;margin:0px auto;max-width:600px;\"><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#C4122F;background-color:#C4122F;width:100%;\"><tbody><tr><td style=\"direction:ltr;font-size:0px;padding:0;text-align:center;\"><!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:600px;\" ><![endif]--><div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"><tbody><tr><td  style=\"vertical-align:top;padding:0;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"\" width=\"100%\"><tbody><tr><td align=\"left\" class=\"band\" style=\"font-size:0px;padding:0;word-break:break-word;\"><table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" border=\"0\" style=\"color:#0F211D;font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.4;table-layout:auto;width:100%;border:none;\"><tr><td style=\"height:14px;line-height:14px;font-size:1px;background:#C4122F\" bgcolor=\"#C4122F\">&#8202;</td></tr><tr><td style=\"height:6px;line-height:6px;font-size:1px;background:#FBC9CF\" bgcolor=\"#FBC9CF\">&#8202;</td></tr><tr><td style=\"height:10px;line-height:10px;font-size:1px;background:#C4122F\" bgcolor=\"#C4122F\">&#8202;</td></tr><tr><td style=\"height:4px;line-height:4px;font-size:1px;background:#FBC9CF\" bgcolor=\"#FBC9CF\">&#8202;</td></tr><tr><td style=\"height:6px;line-height:6px;font-size:1px;background:#C4122F\" bgcolor=\"#C4122F\">&#8202;</td></tr></table></td></tr></tbody></table></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"sheet-outlook\" role=\"presentation\" style=\"width:600px;\" width=\"600\" bgcolor=\"#FFFFFF\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--><div  class=\"sheet\" style=\"background:#FFFFFF;background-color:#FFFFFF;margin:0px auto;max-width:600px;\"><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#FFFFFF;background-color:#FFFFFF;width:100%;\"><tbody><tr><td style=\"direction:ltr;font-size:0px;padding:22px 0 22px;text-align:center;\"><!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:600px;\" ><![endif]--><div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"><tbody><tr><td  style=\"vertical-align:top;padding:0;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"\" width=\"100%\"><tbody><tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:6px 32px 8px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.5;text-align:left;color:#0F211D;\"><h1>",
  {
   "slot": "heading"
  },
  "</h1></div></td></tr>",
  {
   "block": "paragraphs",
   "parts": [
    "<tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:6px 32px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.5;text-align:left;color:#0F211D;\">",
    {
     "slot": "text"
    },
    "</div></td></tr>"
   ]
  },
  {
   "block": "table",
   "parts": [
    "<tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:8px 32px;word-break:break-word;\"><table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" border=\"0\" style=\"color:#0F211D;font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.4;table-layout:auto;width:100%;border:none;\">",
    {
     "block": "rows",
     "parts": [
      "<tr><td class=\"line\" style=\"border-top:1px solid #C9D3CE;padding:14px 0\"><strong style=\"font-size:17px\">",
      {
       "slot": "title"
      },
      "</strong><br><span class=\"quiet\" style=\"font-size:15px;color:#4A5C57\">",
      {
       "slot": "note"
      },
      "</span></td><td class=\"line\" align=\"right\" valign=\"top\" style=\"border-top:1px solid #C9D3CE;padding:14px 0 14px 16px;font-size:17px;font-weight:700;white-space:nowrap\">",
      {
       "slot": "value"
      },
      "</td></tr>"
     ]
    },
    {
     "block": "total",
     "parts": [
      "<tr><td class=\"strong\" style=\"border-top:2px solid #0F211D;padding:14px 0;font-weight:700\">",
      {
       "slot": "label"
      },
      "</td><td class=\"strong\" align=\"right\" valign=\"top\" style=\"border-top:2px solid #0F211D;padding:14px 0 14px 16px;font-size:20px;font-weight:700;white-space:nowrap\">",
      {
       "slot": "sum"
      },
      "</td></tr>"
     ]
    },
    "</table></td></tr>"
   ]
  },
  {
   "block": "action",
   "parts": [
    "<tr><td align=\"left\" class=\"words press\" style=\"font-size:0px;padding:16px 32px;word-break:break-word;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"border-collapse:separate;line-height:100%;\"><tbody><tr><td align=\"center\" bgcolor=\"#0F211D\" role=\"presentation\" style=\"border:none;border-radius:8px;cursor:auto;mso-padding-alt:14px 24px;background:#0F211D;\" valign=\"middle\"><a href=\"",
    {
     "slot": "href"
    },
    "\" style=\"display:inline-block;background:#0F211D;color:#FFFFFF;font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;font-weight:700;line-height:120%;margin:0;text-decoration:none;text-transform:none;padding:14px 24px;mso-padding-alt:0px;border-radius:8px;\" target=\"_blank\">\n",
    {
     "slot": "label"
    },
    "\n</a></td></tr></tbody></table></td></tr>"
   ]
  },
  {
   "block": "box",
   "parts": [
    "<tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:8px 32px;word-break:break-word;\"><table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" border=\"0\" style=\"color:#0F211D;font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.4;table-layout:auto;width:100%;border:none;\"><tr><td class=\"box\" style=\"background:#F1F4F2;border-radius:8px;padding:16px;font-size:15px;line-height:1.5\"><strong>",
    {
     "slot": "title"
    },
    "</strong><br>",
    {
     "slot": "text"
    },
    "</td></tr></table></td></tr>"
   ]
  },
  "<tr><td align=\"left\" class=\"words quiet\" style=\"font-size:0px;padding:16px 32px 6px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:13px;line-height:1.5;text-align:left;color:#4A5C57;\">",
  {
   "slot": "footer"
  },
  "</div></td></tr>",
  {
   "block": "leave",
   "parts": [
    "<tr><td align=\"left\" class=\"words quiet\" style=\"font-size:0px;padding:0 32px 6px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:13px;line-height:1.5;text-align:left;color:#4A5C57;\"><a href=\"",
    {
     "slot": "unsubscribe"
    },
    "\" style=\"color:#4A5C57\">Мұндай хаттарды енді алмау</a></div></td></tr>"
   ]
  },
  "</tbody></table></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></div></body></html>"
 ],
 "ru": [
  "<!doctype html><html lang=\"ru\" dir=\"auto\" xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><title>",
  {
   "slot": "subject"
  },
  "</title><!--[if !mso]><!--><meta http-equiv=\"X-UA-Compatible\" content=\"IE=edge\"><!--<![endif]--><meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style type=\"text/css\">\n#outlook a { padding:0; }\nbody { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }\ntable, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }\nimg { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }\np { display:block;margin:13px 0; }\n</style><!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript><![endif]--><!--[if lte mso 11]><style type=\"text/css\">\n.mj-outlook-group-fix { width:100% !important; }\n</style><![endif]--><style type=\"text/css\">\n@media only screen and (min-width:480px) {\n.mj-column-per-100 { width:100% !important; max-width: 100%; }\n}\n</style><style media=\"screen and (min-width:480px)\">\n.moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }\n</style><style type=\"text/css\">\n:root { color-scheme: light dark; supported-color-schemes: light dark; }\nh1 { margin: 0; font-size: 30px; line-height: 1.15; }\n.quiet, .quiet div { color: #4A5C57; }\n@media (max-width: 480px) {\nh1 { font-size: 26px !important; }\n.words > div, .words > table { overflow-wrap: anywhere; }\ntd.words { padding-left: 20px !important; padding-right: 20px !important; }\n}\n@media (prefers-color-scheme: dark) {\nbody, .page { background: #0B1614 !important; background-color: #0B1614 !important; }\n.sheet, .sheet > table, .sheet > table > tbody > tr > td { background: #14231F !important; background-color: #14231F !important; }\n.words, .words div, .words td, .words strong, .words h1 { color: #EAF1EE !important; }\n.quiet, .quiet div, .quiet a, .words .quiet, .words .quiet a { color: #9DB2AB !important; }\n.line { border-color: #2B403A !important; }\n.strong { border-color: #EAF1EE !important; }\n.press td, .press a { background: #EAF1EE !important; background-color: #EAF1EE !important; color: #0B1614 !important; }\n.box, .box > table { background: #0B1614 !important; background-color: #0B1614 !important; }\n}\n[data-ogsc] .words, [data-ogsc] .words div, [data-ogsc] .words td { color: #EAF1EE !important; }\n</style><meta name=\"color-scheme\" content=\"light dark\" /><meta name=\"supported-color-schemes\" content=\"light dark\" /><meta name=\"format-detection\" content=\"telephone=no, date=no, address=no\" /></head><body  class=\"page\" style=\"word-spacing:normal;background-color:#F1F4F2;\"><div style=\"display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;\">",
  {
   "slot": "preheader"
  },
  "</div><div aria-label=\"",
  {
   "slot": "subject"
  },
  "\" aria-roledescription=\"email\" role=\"article\" lang=\"ru\" dir=\"auto\" style=\"word-spacing:normal;background-color:#F1F4F2;\"><!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"sheet-outlook\" role=\"presentation\" style=\"width:600px;\" width=\"600\" bgcolor=\"#FFFFFF\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--><div  class=\"sheet\" style=\"background:#FFFFFF;background-color:#FFFFFF;margin:0px auto;max-width:600px;\"><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#FFFFFF;background-color:#FFFFFF;width:100%;\"><tbody><tr><td style=\"direction:ltr;font-size:0px;padding:20px 0 0;text-align:center;\"><!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:600px;\" ><![endif]--><div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"><tbody><tr><td  style=\"vertical-align:top;padding:0;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"\" width=\"100%\"><tbody><tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:0 32px 20px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:15px;font-weight:700;line-height:1.5;text-align:left;color:#0F211D;\">Алматинский кинофестиваль</div></td></tr></tbody></table></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"\" role=\"presentation\" style=\"width:600px;\" width=\"600\" bgcolor=\"#C4122F\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--><div  style=\"background:#C4122F;background-color:#C4122F;margin:0px auto;max-width:600px;\"><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#C4122F;background-color:#C4122F;width:100%;\"><tbody><tr><td style=\"direction:ltr;font-size:0px;padding:0;text-align:center;\"><!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:600px;\" ><![endif]--><div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"><tbody><tr><td  style=\"vertical-align:top;padding:0;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"\" width=\"100%\"><tbody><tr><td align=\"left\" class=\"band\" style=\"font-size:0px;padding:0;word-break:break-word;\"><table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" border=\"0\" style=\"color:#0F211D;font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.4;table-layout:auto;width:100%;border:none;\"><tr><td style=\"height:14px;line-height:14px;font-size:1px;background:#C4122F\" bgcolor=\"#C4122F\">&#8202;</td></tr><tr><td style=\"height:6px;line-height:6px;font-size:1px;background:#FBC9CF\" bgcolor=\"#FBC9CF\">&#8202;</td></tr><tr><td style=\"height:10px;line-height:10px;font-size:1px;background:#C4122F\" bgcolor=\"#C4122F\">&#8202;</td></tr><tr><td style=\"height:4px;line-height:4px;font-size:1px;background:#FBC9CF\" bgcolor=\"#FBC9CF\">&#8202;</td></tr><tr><td style=\"height:6px;line-height:6px;font-size:1px;background:#C4122F\" bgcolor=\"#C4122F\">&#8202;</td></tr></table></td></tr></tbody></table></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"sheet-outlook\" role=\"presentation\" style=\"width:600px;\" width=\"600\" bgcolor=\"#FFFFFF\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--><div  class=\"sheet\" style=\"background:#FFFFFF;background-color:#FFFFFF;margin:0px auto;max-width:600px;\"><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#FFFFFF;background-color:#FFFFFF;width:100%;\"><tbody><tr><td style=\"direction:ltr;font-size:0px;padding:22px 0 22px;text-align:center;\"><!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:600px;\" ><![endif]--><div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"><tbody><tr><td  style=\"vertical-align:top;padding:0;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"\" width=\"100%\"><tbody><tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:6px 32px 8px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.5;text-align:left;color:#0F211D;\"><h1>",
  {
   "slot": "heading"
  },
  "</h1></div></td></tr>",
  {
   "block": "paragraphs",
   "parts": [
    "<tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:6px 32px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.5;text-align:left;color:#0F211D;\">",
    {
     "slot": "text"
    },
    "</div></td></tr>"
   ]
  },
  {
   "block": "table",
   "parts": [
    "<tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:8px 32px;word-break:break-word;\"><table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" border=\"0\" style=\"color:#0F211D;font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.4;table-layout:auto;width:100%;border:none;\">",
    {
     "block": "rows",
     "parts": [
      "<tr><td class=\"line\" style=\"border-top:1px solid #C9D3CE;padding:14px 0\"><strong style=\"font-size:17px\">",
      {
       "slot": "title"
      },
      "</strong><br><span class=\"quiet\" style=\"font-size:15px;color:#4A5C57\">",
      {
       "slot": "note"
      },
      "</span></td><td class=\"line\" align=\"right\" valign=\"top\" style=\"border-top:1px solid #C9D3CE;padding:14px 0 14px 16px;font-size:17px;font-weight:700;white-space:nowrap\">",
      {
       "slot": "value"
      },
      "</td></tr>"
     ]
    },
    {
     "block": "total",
     "parts": [
      "<tr><td class=\"strong\" style=\"border-top:2px solid #0F211D;padding:14px 0;font-weight:700\">",
      {
       "slot": "label"
      },
      "</td><td class=\"strong\" align=\"right\" valign=\"top\" style=\"border-top:2px solid #0F211D;padding:14px 0 14px 16px;font-size:20px;font-weight:700;white-space:nowrap\">",
      {
       "slot": "sum"
      },
      "</td></tr>"
     ]
    },
    "</table></td></tr>"
   ]
  },
  {
   "block": "action",
   "parts": [
    "<tr><td align=\"left\" class=\"words press\" style=\"font-size:0px;padding:16px 32px;word-break:break-word;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"border-collapse:separate;line-height:100%;\"><tbody><tr><td align=\"center\" bgcolor=\"#0F211D\" role=\"presentation\" style=\"border:none;border-radius:8px;cursor:auto;mso-padding-alt:14px 24px;background:#0F211D;\" valign=\"middle\"><a href=\"",
    {
     "slot": "href"
    },
    "\" style=\"display:inline-block;background:#0F211D;color:#FFFFFF;font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;font-weight:700;line-height:120%;margin:0;text-decoration:none;text-transform:none;padding:14px 24px;mso-padding-alt:0px;border-radius:8px;\" target=\"_blank\">\n",
    {
     "slot": "label"
    },
    "\n</a></td></tr></tbody></table></td></tr>"
   ]
  },
  {
   "block": "box",
   "parts": [
    "<tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:8px 32px;word-break:break-word;\"><table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" border=\"0\" style=\"color:#0F211D;font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.4;table-layout:auto;width:100%;border:none;\"><tr><td class=\"box\" style=\"background:#F1F4F2;border-radius:8px;padding:16px;font-size:15px;line-height:1.5\"><strong>",
    {
     "slot": "title"
    },
    "</strong><br>",
    {
     "slot": "text"
    },
    "</td></tr></table></td></tr>"
   ]
  },
  "<tr><td align=\"left\" class=\"words quiet\" style=\"font-size:0px;padding:16px 32px 6px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:13px;line-height:1.5;text-align:left;color:#4A5C57;\">",
  {
   "slot": "footer"
  },
  "</div></td></tr>",
  {
   "block": "leave",
   "parts": [
    "<tr><td align=\"left\" class=\"words quiet\" style=\"font-size:0px;padding:0 32px 6px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:13px;line-height:1.5;text-align:left;color:#4A5C57;\"><a href=\"",
    {
     "slot": "unsubscribe"
    },
    "\" style=\"color:#4A5C57\">Больше не получать таких писем</a></div></td></tr>"
   ]
  },
  "</tbody></table></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></div></body></html>"
 ],
 "en": [
  "<!doctype html><html lang=\"en\" dir=\"auto\" xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><title>",
  {
   "slot": "subject"
  },
  "</title><!--[if !mso]><!--><meta http-equiv=\"X-UA-Compatible\" content=\"IE=edge\"><!--<![endif]--><meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style type=\"text/css\">\n#outlook a { padding:0; }\nbody { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }\ntable, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }\nimg { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }\np { display:block;margin:13px 0; }\n</style><!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript><![endif]--><!--[if lte mso 11]><style type=\"text/css\">\n.mj-outlook-group-fix { width:100% !important; }\n</style><![endif]--><style type=\"text/css\">\n@media only screen and (min-width:480px) {\n.mj-column-per-100 { width:100% !important; max-width: 100%; }\n}\n</style><style media=\"screen and (min-width:480px)\">\n.moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }\n</style><style type=\"text/css\">\n:root { color-scheme: light dark; supported-color-schemes: light dark; }\nh1 { margin: 0; font-size: 30px; line-height: 1.15; }\n.quiet, .quiet div { color: #4A5C57; }\n@media (max-width: 480px) {\nh1 { font-size: 26px !important; }\n.words > div, .words > table { overflow-wrap: anywhere; }\ntd.words { padding-left: 20px !important; padding-right: 20px !important; }\n}\n@media (prefers-color-scheme: dark) {\nbody, .page { background: #0B1614 !important; background-color: #0B1614 !important; }\n.sheet, .sheet > table, .sheet > table > tbody > tr > td { background: #14231F !important; background-color: #14231F !important; }\n.words, .words div, .words td, .words strong, .words h1 { color: #EAF1EE !important; }\n.quiet, .quiet div, .quiet a, .words .quiet, .words .quiet a { color: #9DB2AB !important; }\n.line { border-color: #2B403A !important; }\n.strong { border-color: #EAF1EE !important; }\n.press td, .press a { background: #EAF1EE !important; background-color: #EAF1EE !important; color: #0B1614 !important; }\n.box, .box > table { background: #0B1614 !important; background-color: #0B1614 !important; }\n}\n[data-ogsc] .words, [data-ogsc] .words div, [data-ogsc] .words td { color: #EAF1EE !important; }\n</style><meta name=\"color-scheme\" content=\"light dark\" /><meta name=\"supported-color-schemes\" content=\"light dark\" /><meta name=\"format-detection\" content=\"telephone=no, date=no, address=no\" /></head><body  class=\"page\" style=\"word-spacing:normal;background-color:#F1F4F2;\"><div style=\"display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;\">",
  {
   "slot": "preheader"
  },
  "</div><div aria-label=\"",
  {
   "slot": "subject"
  },
  "\" aria-roledescription=\"email\" role=\"article\" lang=\"en\" dir=\"auto\" style=\"word-spacing:normal;background-color:#F1F4F2;\"><!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"sheet-outlook\" role=\"presentation\" style=\"width:600px;\" width=\"600\" bgcolor=\"#FFFFFF\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--><div  class=\"sheet\" style=\"background:#FFFFFF;background-color:#FFFFFF;margin:0px auto;max-width:600px;\"><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#FFFFFF;background-color:#FFFFFF;width:100%;\"><tbody><tr><td style=\"direction:ltr;font-size:0px;padding:20px 0 0;text-align:center;\"><!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:600px;\" ><![endif]--><div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"><tbody><tr><td  style=\"vertical-align:top;padding:0;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"\" width=\"100%\"><tbody><tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:0 32px 20px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:15px;font-weight:700;line-height:1.5;text-align:left;color:#0F211D;\">Almaty Film Festival</div></td></tr></tbody></table></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"\" role=\"presentation\" style=\"width:600px;\" width=\"600\" bgcolor=\"#C4122F\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--><div  style=\"background:#C4122F;background-color:#C4122F;margin:0px auto;max-width:600px;\"><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#C4122F;background-color:#C4122F;width:100%;\"><tbody><tr><td style=\"direction:ltr;font-size:0px;padding:0;text-align:center;\"><!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:600px;\" ><![endif]--><div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"><tbody><tr><td  style=\"vertical-align:top;padding:0;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"\" width=\"100%\"><tbody><tr><td align=\"left\" class=\"band\" style=\"font-size:0px;padding:0;word-break:break-word;\"><table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" border=\"0\" style=\"color:#0F211D;font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.4;table-layout:auto;width:100%;border:none;\"><tr><td style=\"height:14px;line-height:14px;font-size:1px;background:#C4122F\" bgcolor=\"#C4122F\">&#8202;</td></tr><tr><td style=\"height:6px;line-height:6px;font-size:1px;background:#FBC9CF\" bgcolor=\"#FBC9CF\">&#8202;</td></tr><tr><td style=\"height:10px;line-height:10px;font-size:1px;background:#C4122F\" bgcolor=\"#C4122F\">&#8202;</td></tr><tr><td style=\"height:4px;line-height:4px;font-size:1px;background:#FBC9CF\" bgcolor=\"#FBC9CF\">&#8202;</td></tr><tr><td style=\"height:6px;line-height:6px;font-size:1px;background:#C4122F\" bgcolor=\"#C4122F\">&#8202;</td></tr></table></td></tr></tbody></table></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"sheet-outlook\" role=\"presentation\" style=\"width:600px;\" width=\"600\" bgcolor=\"#FFFFFF\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--><div  class=\"sheet\" style=\"background:#FFFFFF;background-color:#FFFFFF;margin:0px auto;max-width:600px;\"><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#FFFFFF;background-color:#FFFFFF;width:100%;\"><tbody><tr><td style=\"direction:ltr;font-size:0px;padding:22px 0 22px;text-align:center;\"><!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:600px;\" ><![endif]--><div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"><tbody><tr><td  style=\"vertical-align:top;padding:0;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"\" width=\"100%\"><tbody><tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:6px 32px 8px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.5;text-align:left;color:#0F211D;\"><h1>",
  {
   "slot": "heading"
  },
  "</h1></div></td></tr>",
  {
   "block": "paragraphs",
   "parts": [
    "<tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:6px 32px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.5;text-align:left;color:#0F211D;\">",
    {
     "slot": "text"
    },
    "</div></td></tr>"
   ]
  },
  {
   "block": "table",
   "parts": [
    "<tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:8px 32px;word-break:break-word;\"><table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" border=\"0\" style=\"color:#0F211D;font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.4;table-layout:auto;width:100%;border:none;\">",
    {
     "block": "rows",
     "parts": [
      "<tr><td class=\"line\" style=\"border-top:1px solid #C9D3CE;padding:14px 0\"><strong style=\"font-size:17px\">",
      {
       "slot": "title"
      },
      "</strong><br><span class=\"quiet\" style=\"font-size:15px;color:#4A5C57\">",
      {
       "slot": "note"
      },
      "</span></td><td class=\"line\" align=\"right\" valign=\"top\" style=\"border-top:1px solid #C9D3CE;padding:14px 0 14px 16px;font-size:17px;font-weight:700;white-space:nowrap\">",
      {
       "slot": "value"
      },
      "</td></tr>"
     ]
    },
    {
     "block": "total",
     "parts": [
      "<tr><td class=\"strong\" style=\"border-top:2px solid #0F211D;padding:14px 0;font-weight:700\">",
      {
       "slot": "label"
      },
      "</td><td class=\"strong\" align=\"right\" valign=\"top\" style=\"border-top:2px solid #0F211D;padding:14px 0 14px 16px;font-size:20px;font-weight:700;white-space:nowrap\">",
      {
       "slot": "sum"
      },
      "</td></tr>"
     ]
    },
    "</table></td></tr>"
   ]
  },
  {
   "block": "action",
   "parts": [
    "<tr><td align=\"left\" class=\"words press\" style=\"font-size:0px;padding:16px 32px;word-break:break-word;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"border-collapse:separate;line-height:100%;\"><tbody><tr><td align=\"center\" bgcolor=\"#0F211D\" role=\"presentation\" style=\"border:none;border-radius:8px;cursor:auto;mso-padding-alt:14px 24px;background:#0F211D;\" valign=\"middle\"><a href=\"",
    {
     "slot": "href"
    },
    "\" style=\"display:inline-block;background:#0F211D;color:#FFFFFF;font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;font-weight:700;line-height:120%;margin:0;text-decoration:none;text-transform:none;padding:14px 24px;mso-padding-alt:0px;border-radius:8px;\" target=\"_blank\">\n",
    {
     "slot": "label"
    },
    "\n</a></td></tr></tbody></table></td></tr>"
   ]
  },
  {
   "block": "box",
   "parts": [
    "<tr><td align=\"left\" class=\"words\" style=\"font-size:0px;padding:8px 32px;word-break:break-word;\"><table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" border=\"0\" style=\"color:#0F211D;font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:16px;line-height:1.4;table-layout:auto;width:100%;border:none;\"><tr><td class=\"box\" style=\"background:#F1F4F2;border-radius:8px;padding:16px;font-size:15px;line-height:1.5\"><strong>",
    {
     "slot": "title"
    },
    "</strong><br>",
    {
     "slot": "text"
    },
    "</td></tr></table></td></tr>"
   ]
  },
  "<tr><td align=\"left\" class=\"words quiet\" style=\"font-size:0px;padding:16px 32px 6px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:13px;line-height:1.5;text-align:left;color:#4A5C57;\">",
  {
   "slot": "footer"
  },
  "</div></td></tr>",
  {
   "block": "leave",
   "parts": [
    "<tr><td align=\"left\" class=\"words quiet\" style=\"font-size:0px;padding:0 32px 6px;word-break:break-word;\"><div style=\"font-family:Onest, 'Segoe UI', Roboto, Arial, sans-serif;font-size:13px;line-height:1.5;text-align:left;color:#4A5C57;\"><a href=\"",
    {
     "slot": "unsubscribe"
    },
    "\" style=\"color:#4A5C57\">Stop getting mails of this kind</a></div></td></tr>"
   ]
  },
  "</tbody></table></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></div></body></html>"
 ]
};
