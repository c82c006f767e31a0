"""Writes chart-values.txt of the package addon: see README.md beside this file.

    python3 src/build/chart-values/make.py WORK

WORK/OWNER+NAME is a clone of a repository on GitHub, bare or not; one that is not there is cloned. Go modules come from the module proxy.
"""

import json
import pathlib
import re
import subprocess
import sys
import zipfile

import yaml

HERE = pathlib.Path(__file__).parent
TABLE = pathlib.Path(__file__).parents[3] / "src/main/resources/dev/eksplatform/addon/chart-values.txt"

ACTION = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
COMMENT = re.compile(r"\{\{-?\s*/\*.*?\*/\s*-?\}\}", re.DOTALL)
OF = r"[$\w.]*\.Values(?:\.[\w-]+)*"
REFERENCE = re.compile(r"\.Values((?:\.[\w-]+)*)")
PLAIN_KEY = re.compile(r"[^\s()*#]+")


class Node:
    """A value: an open one accepts whatever is below it."""

    def __init__(self):
        self.children = {}
        self.open = False

    def at(self, path):
        node = self
        for key in path:
            node = node.children.setdefault(key, Node())
        return node

    def text(self):
        """Its children, each with its own; empty for an open value, and for one without children."""
        if self.open or not self.children:
            return ""
        if any(not PLAIN_KEY.fullmatch(key) for key in self.children):
            return ""
        return " ".join(key + below(node) for key, node in sorted(self.children.items()))


def below(node):
    text = node.text()
    return f"({text})" if text else ""


class Files:
    """The files of a chart's folder, by their path in it."""

    def __init__(self, texts):
        self.texts = texts

    def folder(self, name):
        start = name + "/"
        return Files({path[len(start) :]: text for path, text in self.texts.items() if path.startswith(start)})

    def yaml(self, name):
        return yaml.load(self.texts.get(name, b"{}"), yaml.CBaseLoader if hasattr(yaml, "CBaseLoader") else yaml.BaseLoader) or {}


def of_module(module, version, folder):
    answer = subprocess.run(
        ["go", "mod", "download", "-json", f"{module}@{version}"], cwd="/", capture_output=True, text=True, check=False
    )
    start = f"{module}@{version}/{folder}/"
    with zipfile.ZipFile(json.loads(answer.stdout)["Zip"]) as archive:
        return Files({name[len(start) :]: archive.read(name) for name in archive.namelist() if name.startswith(start)})


def of_repository(work, name, reference, folder):
    clone = work / name.replace("/", "+")
    if not clone.exists():
        subprocess.run(["git", "clone", "-q", "--bare", f"https://github.com/{name}", str(clone)], check=True)
    git = ["git", "-C", str(clone)]
    tree = subprocess.run([*git, "ls-tree", "-r", "-z", reference, folder + "/"], capture_output=True, check=True).stdout
    texts = {}
    for line in tree.decode().split("\0"):
        if line:
            head, path = line.split("\t", 1)
            blob = head.split()[2]
            texts[path[len(folder) + 1 :]] = subprocess.run([*git, "cat-file", "blob", blob], capture_output=True, check=True).stdout
    return Files(texts)


def add_defaults(node, values):
    """The keys of values.yaml; below a list, and below a map without keys, anything is possible."""
    for key, value in values.items():
        child = node.at([str(key)])
        if isinstance(value, dict) and value:
            add_defaults(child, value)


def add_schema(node, schema, root):
    while "$ref" in schema and schema["$ref"].startswith("#/"):
        target = root
        for step in schema["$ref"][2:].split("/"):
            target = target.get(step, {})
        schema = target
    for key, value in schema.get("properties", {}).items():
        child = node.at([key])
        if isinstance(value, dict):
            add_schema(child, value, root)


def plain(action):
    """The action with the ways to reach into values written as paths."""
    before = None
    while before != action:
        before = action
        action = re.sub(rf"\(\s*({OF})\s*\)(?=\.)", r"\1", action)
        action = re.sub(rf'\(\s*(?:index|get)\s+({OF})\s+"([\w-]+)"\s*\)', r"\1.\2", action)
        action = re.sub(rf'\b(?:index|get|hasKey)\s+({OF})\s+"([\w-]+)"', r"index \1.\2", action)
        action = re.sub(rf"\bindex\s+({OF})(?=\s*(?:[|)]|$))", r"\1", action)
    return action


def add_templates(node, files):
    """What templates read: a value that is used as a whole, other than as a condition, is open."""
    for path, text in sorted(files.texts.items()):
        for found in ACTION.finditer(COMMENT.sub("", text.decode(errors="replace"))):
            action = plain(found.group(1))
            condition = re.match(r"(else\s+)?if\b", action) and not re.search(r"\b(include|tpl)\b", action)
            for reference in REFERENCE.finditer(action):
                read = node.at(reference.group(1).split(".")[1:])
                if not condition:
                    read.open = True


def has_crds(files):
    return any(re.fullmatch(r"(charts/[^/]+/)*crds/.*\.ya?ml", path) for path in files.texts)


def has_only_daemonsets(files):
    """Whether all pods that a chart keeps running are those of DaemonSets; jobs do not count."""
    kinds = set()
    for text in files.folder("templates").texts.values():
        kinds |= set(re.findall(rb"^kind: *(DaemonSet|Deployment|StatefulSet)", text, re.MULTILINE))
        if re.search(rb"^kind: *\{\{", text, re.MULTILINE):
            return False
    return kinds == {b"DaemonSet"}


def values_of(files):
    root = Node()
    add_defaults(root, files.yaml("values.yaml"))
    if "values.schema.json" in files.texts:
        schema = json.loads(files.texts["values.schema.json"])
        add_schema(root, schema, schema)
    add_templates(root, files.folder("templates"))
    chart = files.yaml("Chart.yaml")
    for dependency in chart.get("dependencies") or files.yaml("requirements.yaml").get("dependencies") or []:
        name = dependency.get("alias") or dependency["name"]
        own = files.folder(f"charts/{dependency['name']}")
        child = root.at([name])
        if "values.yaml" in own.texts:
            inner = values_of(own)
            for path in inner.children:
                child.children[path] = inner.children[path]
        else:
            child.open = True
        root.at(["tags"])
    root.at(["global"]).open = True
    root.at(["global"]).children.clear()
    return root


def main(work):
    trees = {}
    for line in (HERE / "charts.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        chart, version, source, reference, folder, *crds = line.split()
        kind, name = source.split(":", 1)
        files = of_module(name, reference, folder) if kind == "go" else of_repository(work, name, reference, folder)
        root = values_of(files)
        if root.open:
            print(f"{chart} {version}: its values are read as a whole", file=sys.stderr)
            continue
        tree = "".join(f"{key}{below(node)}\n" for key, node in sorted(root.children.items()))
        trees.setdefault(tree, []).append(
            f"chart {chart} {version}" + (" crds" if crds or has_crds(files) else "")
            + (" daemonset" if has_only_daemonsets(files) else "")
            + "\n"
        )
    head = [
        "# The values that charts read: lines of charts with a version, and crds for one with a folder of CRDs, which Helm installs but never",
        "# updates, daemonset for one that runs nothing but DaemonSets; then a line for each of their values, in brackets what can be below it.",
        "# Below a value without brackets anything can be.",
        "# Sources: src/build/chart-values/charts.txt. Written by src/build/chart-values/make.py.",
    ]
    TABLE.write_text("\n".join(head) + "\n" + "".join("".join(charts) + tree for tree, charts in trees.items()))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
