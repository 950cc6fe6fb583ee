/** Builds the script of this version, and tells its SRI hash. A version that was released is never overwritten. */

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { minify } from "terser";

const { version } = JSON.parse(await readFile("package.json"));
const target = ["chrome123", "firefox121", "safari17.5"];

/** Members that only our own modules know: not of the DOM, the interface of the server or what a tab remembers. */
const OWN_NAMES = new RegExp(
  "^(answers|at|atEnd|beginning|changed|clear|client|erase|field|focusOn|forget|hold|isFocusFree|isOpen|isSilent|load|mark|memory|offer"
  + "|judge|reveal|save|say|send|texts|warn|write)$",
);

const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf-8"), { loader: "css", minify: true, target });
      // esbuild keeps the spaces in values of custom properties.
      return { contents: code.trim().replace(/, /g, ",").replace(/: (?=var|color-mix)/g, ":"), loader: "text" };
    });
  },
};

const { outputFiles } = await build({
  entryPoints: ["source/element.ts"],
  bundle: true,
  format: "iife",
  charset: "utf8",
  legalComments: "none",
  target,
  plugins: [styles],
  write: false,
});
const { code } = await minify(outputFiles[0].text, { // smaller by 3% than esbuild's own
  ecma: 2022,
  toplevel: true,
  compress: { passes: 3, unsafe_arrows: true, hoist_props: true, hoist_funs: true, unsafe: true, inline: 1 },
  mangle: { properties: { regex: OWN_NAMES } },
});
const script = Buffer.from(code);
const hash = `sha384-${createHash("sha384").update(script).digest("base64")}`;
const small = gzipSync(script, { level: 9 }).length;

const list = JSON.parse(await readFile("releases/releases.json", "utf-8"));
const release = list.find((entry) => entry.version === version);
if (release?.released && release.integrity !== hash) {
  console.error(`${version} was released with other contents. Raise "version" in package.json.`);
  process.exit(1);
}
if (process.argv.includes("--check")) {
  if (release?.integrity !== hash) {
    console.error(`releases/${version} was not built from this source. Run: make widget`);
    process.exit(1);
  }
} else {
  await mkdir(`releases/${version}`, { recursive: true });
  await writeFile(`releases/${version}/mkb-assistent.js`, script);
  const others = list.filter((entry) => entry.version !== version);
  const entry = { version, integrity: hash, released: release?.released ?? false };
  await writeFile("releases/releases.json", `${JSON.stringify([...others, entry], null, 2)}\n`);
}
console.log(`${version}: ${script.length} bytes, ${small} gzipped\nintegrity="${hash}"`);
