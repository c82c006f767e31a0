// The protocol with Java uses stdin and stdout, so the output of programs is sent over stderr, wrapped as Java expects it
// from the official runtime, which starts a second process for this.
"use strict";
const fs = require("node:fs");

for (const name of ["stdout", "stderr"]) {
  let stream;
  Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => (stream ??= streamTo(name)) });
}

function streamTo(name) {
  const { Writable } = require("node:stream"); // lazily, because few programs print
  return new Writable({
    write(chunk, _encoding, done) {
      const line = Buffer.from(`${JSON.stringify({ [name]: chunk.toString("base64") })}\n`);
      for (let at = 0; at < line.length; at += fs.writeSync(2, line, at));
      done();
    },
  });
}

process.on("uncaughtException", (error) => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
});
