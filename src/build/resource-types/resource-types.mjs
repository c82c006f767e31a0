// Reads the output of `terraform providers schema -json` from standard input, and prints the names of all resource types.
import { readFileSync } from "node:fs";

const { provider_schemas: providers } = JSON.parse(readFileSync(0, "utf8"));
for (const [source, provider] of Object.entries(providers).sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`# ${source.replace("registry.terraform.io/", "")}`);
  for (const type of Object.keys(provider.resource_schemas ?? {}).sort()) console.log(type);
}
