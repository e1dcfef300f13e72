// site.scss and partners.scss -> registration/static/css/, each without the rules that no template or script uses.
import { writeFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";
import * as sass from "sass";

const root = new URL("..", import.meta.url).pathname.replace(/\/$/, "");

const FOR_PARTNERS = ["partners", "account", "mfa"].map((folder) => `${root}/templates/${folder}/**`);
const sheets = { site: FOR_PARTNERS, partners: ["apply", "compare", "form", "states"].map((folder) => `${root}/templates/${folder}/**`) };

for (const [name, skipped] of Object.entries(sheets)) {
  const compiled = sass.compile(`${name}.scss`, {
    loadPaths: ["node_modules/@uswds/uswds/packages"],
    style: "compressed",
    quietDeps: true,
    silenceDeprecations: ["if-function"],
  });
  // The design system declares faces that these pages never load.
  const css = compiled.css.replace(/@font-face\{[^}]*\/fonts\/[a-z-]+\/[^}]*\}/g, "");
  const [used] = await new PurgeCSS().purge({
    content: [`${root}/templates/**/*.html`, `${root}/registration/static/**/*.js`, `${root}/registration/forms/*.py`],
    skippedContentGlobs: skipped,
    css: [{ raw: css }],
    // A modifier may be put together in a template: every modifier of a class in use is kept by name here.
    safelist: { standard: ["js", "html", "body", /^usa-alert--(info|warning|error|success)$/, /^field--/] },
    fontFace: false,
  });
  writeFileSync(`${root}/registration/static/css/${name}.css`, used.css + "\n");
  console.log(`${name}.css ${(used.css.length / 1000).toFixed(1)} kB`);
}
