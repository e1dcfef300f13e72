// site.scss -> registration/static/css/site.css, without the rules that no template or script uses.
import { writeFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";
import * as sass from "sass";

const root = new URL("..", import.meta.url).pathname.replace(/\/$/, "");
const compiled = sass.compile("site.scss", {
  loadPaths: ["node_modules/@uswds/uswds/packages"],
  style: "compressed",
  quietDeps: true,
  silenceDeprecations: ["if-function"],
});
// The design system declares faces that these pages never load.
const css = compiled.css.replace(/@font-face\{[^}]*\/fonts\/[a-z-]+\/[^}]*\}/g, "");
const [used] = await new PurgeCSS().purge({
  content: [`${root}/templates/**/*.html`, `${root}/registration/static/**/*.js`, `${root}/registration/forms/*.py`],
  css: [{ raw: css }],
  // A modifier may be put together in a template: every modifier of a class in use is kept by name here.
  safelist: { standard: ["js", "html", "body", /^usa-alert--(info|warning|error|success)$/, /^field--/] },
  fontFace: false,
});
const target = `${root}/registration/static/css/site.css`;
writeFileSync(target, used.css + "\n");
console.log(`${(used.css.length / 1000).toFixed(1)} kB`);
