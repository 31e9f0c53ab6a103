// Runs the rules of Siteimprove Alfa on pages that a browser has written down, and prints what failed.
//
//     node alfa.mjs FOLDER
//
// FOLDER holds one JSON file for each page: {"document": …, "device": …} as Alfa's own scripts make them in the
// browser (`flows/alfa.py`). Answer: a JSON list of {"page", "rule", "target", "element", "says"}. The rules are
// those of WCAG A and AA and of good practice; what Alfa cannot tell without asking a person is no finding.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Audit } from "@siteimprove/alfa-act";
import rules from "@siteimprove/alfa-rules";
import { Conformance, Criterion } from "@siteimprove/alfa-wcag";
import { Page } from "@siteimprove/alfa-web";

const folder = process.argv[2];
const found = [];
const wanted = [...rules].filter((rule) => {
  const criteria = rule.requirements.filter(Criterion.isCriterion);
  return !criteria.length || criteria.some(Conformance.isAA());
});

function readPage(name) {
  const { document, device } = JSON.parse(readFileSync(join(folder, name), "utf8"));
  const url = "http://localhost/";
  const request = { method: "GET", url, headers: [], body: "" };
  const response = { url, status: 200, headers: [], body: "" };
  return Page.from({ request, response, document, device }).getUnsafe();
}

function saysOf(outcome) {
  const said = [...outcome.expectations].map(([, result]) => (result.isErr() ? result.getErrUnsafe().message : ""));
  return said.filter(Boolean).join(" ");
}

function nameOf(target) {
  return String(target.path ? target.path() : target).slice(0, 200);
}

for (const name of readdirSync(folder).filter((one) => one.endsWith(".json")).sort()) {
  const page = readPage(name);
  for (const outcome of await Audit.of(page, wanted).evaluate()) {
    if (outcome.outcome !== "failed") continue;
    found.push({
      page: name,
      rule: outcome.rule.uri.split("/").pop(),
      target: nameOf(outcome.target),
      element: String(outcome.target).slice(0, 300),
      says: saysOf(outcome),
    });
  }
}
console.log(JSON.stringify(found));
