"""Writes the CRDs of the Gateway API: see README.md.

    python3 src/build/gateway-api/make.py WORK

WORK is the folder config/crd of the Go module sigs.k8s.io/gateway-api. Needs PyYAML.
"""

import json
import pathlib
import sys

import yaml

RESOURCES = pathlib.Path(__file__).parents[2] / "main/resources/dev/eksplatform/addon"


def without_descriptions(value, of_properties=False):
    """Descriptions are most of the text, and no part of what the API server checks."""
    if isinstance(value, dict):
        return {
            key: without_descriptions(inner, key == "properties" and not of_properties)
            for key, inner in value.items()
            if of_properties or key != "description" or not isinstance(inner, str)
        }
    return [without_descriptions(inner) for inner in value] if isinstance(value, list) else value


def definitions(folder):
    for file in folder.glob("*.yaml"):
        for document in yaml.safe_load_all(file.read_text()):
            if document and document.get("kind") == "CustomResourceDefinition":
                document.pop("status", None)
                yield document["metadata"]["name"], without_descriptions(document)


for channel in ("standard", "experimental"):
    lines = [
        json.dumps(definition, sort_keys=True, separators=(",", ":"))
        for _, definition in sorted(definitions(pathlib.Path(sys.argv[1]) / channel))
    ]
    (RESOURCES / f"gateway-api-{channel}.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
