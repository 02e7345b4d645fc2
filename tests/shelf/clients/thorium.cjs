// Reads feeds as Thorium Reader does: a list of texts on the standard input, Atom or JSON, out come OPDS 2.0 feeds.
const { DOMParser } = require("@xmldom/xmldom");
const { XML } = require("r2-utils-js/dist/es6-es2015/src/_utils/xml-js-mapper");
const { TaJsonDeserialize, TaJsonSerialize } = require("r2-lcp-js/dist/es6-es2015/src/serializable");
const { initGlobalConverters_OPDS } = require("r2-opds-js/dist/es6-es2015/src/opds/init-globals");
const { initGlobalConverters_GENERIC, initGlobalConverters_SHARED } = require("r2-shared-js/dist/es6-es2015/src/init-globals");
const { convertOpds1ToOpds2 } = require("r2-opds-js/dist/es6-es2015/src/opds/converter");
const { OPDS } = require("r2-opds-js/dist/es6-es2015/src/opds/opds1/opds");
const { OPDSFeed } = require("r2-opds-js/dist/es6-es2015/src/opds/opds2/opds2");
const { OPDSAuthenticationDoc } = require("r2-opds-js/dist/es6-es2015/src/opds/opds2/opds2-authentication-doc");

console.log = console.error; // what the library says of odd feeds is not the answer
initGlobalConverters_OPDS();
initGlobalConverters_SHARED();
initGlobalConverters_GENERIC();

function read(text) {
  if (text.startsWith("{")) {
    const said = JSON.parse(text);
    return TaJsonSerialize(TaJsonDeserialize(said, said.authentication ? OPDSAuthenticationDoc : OPDSFeed));
  }
  const wrong = (level, message) => { throw new Error(message); };
  const dom = new DOMParser({ onError: wrong }).parseFromString(text, "text/xml");
  return TaJsonSerialize(convertOpds1ToOpds2(XML.deserialize(dom, OPDS)));
}

let given = "";
process.stdin.on("data", (piece) => { given += piece; });
process.stdin.on("end", () => process.stdout.write(JSON.stringify(JSON.parse(given).map(read))));
