// The protocol with Java runs over stdin and stdout, so what programs print travels over stderr, wrapped as Java expects it
// from the official runtime, which starts a second process for this.
"use strict";
const fs = require("node:fs");
const { Writable } = require("node:stream");

for (const name of ["stdout", "stderr"]) {
  const stream = new Writable({
    decodeStrings: true,
    write(chunk, _encoding, done) {
      const line = Buffer.from(`${JSON.stringify({ [name]: chunk.toString("base64") })}\n`);
      for (let at = 0; at < line.length; at += fs.writeSync(2, line, at));
      done();
    },
  });
  Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => stream });
}

process.on("uncaughtException", (error) => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
});
