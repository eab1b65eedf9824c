// Prints the tests of a .trx file that did not pass: name, what was wrong, and the lines of our own code it went through.
//   node dev/failures.mjs FILE.trx
import { readFileSync } from "node:fs";

const text = (xml) =>
  xml.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&#x([0-9A-Fa-f]+);/g, (_, hex) =>
    String.fromCodePoint(parseInt(hex, 16))).replace(/&amp;/g, "&");
const inside = (xml, tag) => text(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(xml)?.[1] ?? "").trim();

for (const [result] of readFileSync(process.argv[2], "utf8").matchAll(/<UnitTestResult [^>]*?(?:\/>|>[\s\S]*?<\/UnitTestResult>)/g)) {
  const attribute = (name) => text(new RegExp(` ${name}="([^"]*)"`).exec(result)?.[1] ?? "");
  if (attribute("outcome") === "Passed") continue;
  console.log(`FAILED ${attribute("testName")} (${attribute("outcome")}, ${attribute("duration").slice(0, 12)})`);
  console.log(inside(result, "Message").slice(0, 2000).replace(/^/gm, "    "));
  const ours = inside(result, "StackTrace").split("\n").filter((line) => / in .*:line \d+/.test(line)).slice(0, 8);
  if (ours.length > 0) console.log(ours.map((line) => `      ${line.trim()}`).join("\n"));
}
