/** Builds the scripts of the intake. With --check it only tells whether they were built from this source. */

import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { build } from "esbuild";

const SCRIPTS = {
  "source/rules/index.ts": "static/regels.js",
  "source/app/main.ts": "static/intake.js",
  "source/app/phone.ts": "static/uitslag.js",
  "source/app/worker.ts": "static/worker.js",
};
/** The pages load the rules as a script of their own, which stays in the cache when another changes. */
const rules = {
  name: "rules",
  setup({ onResolve }) {
    onResolve({ filter: /\/rules(\/index)?$/ }, () => ({ path: "./regels.js", external: true }));
  },
};

const checking = process.argv.includes("--check");
await mkdir("static", { recursive: true });
for (const [source, script] of Object.entries(SCRIPTS)) {
  if (!existsSync(source)) continue;
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    format: "esm",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    target: ["chrome123", "firefox121", "safari17.5"],
    plugins: [rules],
    write: false,
  });
  const [{ contents }] = outputFiles;
  if (!checking) await writeFile(script, contents);
  else if (!existsSync(script) || !(await readFile(script)).equals(contents)) {
    console.error(`${script} was not built from this source. Run: make tablet`);
    process.exitCode = 1;
  }
  console.log(`${basename(script)}: ${contents.length} bytes`);
}
