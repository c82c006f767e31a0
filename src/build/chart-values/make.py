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
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?")
IMAGE = re.compile(r"[a-z0-9][\w.:/-]*(@sha256:[0-9a-f]{64})?")


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
    entries = [line.split("\t", 1) for line in tree.decode().split("\0") if line]
    blobs = "".join(head.split()[2] + "\n" for head, _ in entries)
    answer = subprocess.run([*git, "cat-file", "--batch"], input=blobs.encode(), capture_output=True, check=True).stdout
    texts = {}
    for _, path in entries:
        size, answer = answer.split(b"\n", 1)
        end = int(size.split()[2])
        texts[path[len(folder) + 1 :]] = answer[:end]
        answer = answer[end + 1 :]
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


def registries_in(values, path=()):
    """Values that name a registry, such as image.registry, with their paths."""
    found = {}
    for key, value in values.items():
        if isinstance(value, dict):
            found.update(registries_in(value, (*path, str(key))))
        elif isinstance(value, str) and HOST.fullmatch(value.split("/")[0]) and "://" not in value:
            of_domain = key == "repositoryDomain" or (path and path[-1] == "repositoryDomainMap" and key == "public")
            if str(key).lower().endswith("registry") or of_domain:
                found[(*path, str(key))] = value
    return found


def repositories_in(values, has_registry, path=()):
    """Values that name an image with its registry; one without a registry is in that of Docker where nothing else names one."""
    found = {}
    whole = any(str(key).lower().endswith("registry") or str(key).startswith("repositoryDomain") for key in values if values[key])
    for key, value in values.items():
        if isinstance(value, dict):
            found.update(repositories_in(value, has_registry, (*path, str(key))))
        elif isinstance(value, str) and IMAGE.fullmatch(value) and str(key).lower().endswith(("repository", "image")):
            if "/" in value and HOST.fullmatch(value.split("/")[0]):
                found[(*path, str(key))] = value
            elif str(key).lower().endswith("repository") and not (whole or has_registry) and "tag" in values and value != "null":
                found[(*path, str(key))] = "docker.io/" + ("" if "/" in value else "library/") + value
    return found


def images_of(files, chart_of):
    """The images that a chart and those that it brings have by default, with the paths of the values that name them."""
    values = files.yaml("values.yaml")
    registries = registries_in(values)
    images = {**registries, **repositories_in(values, any(path[0] == "global" or len(path) == 1 for path in registries))}
    for name, own in dependencies_of(files, chart_of):
        if own:
            for path, image in images_of(own, chart_of).items():
                images.setdefault((name, *path), image)
    return {
        path: image
        for path, image in images.items()
        if ".dkr.ecr." not in image and all(re.fullmatch(r"[\w-]+", key) for key in path)
    }


def dependencies_of(files, chart_of):
    """The charts that a chart brings: the name of each in its values, and its files, or None."""
    chart = files.yaml("Chart.yaml")
    for dependency in chart.get("dependencies") or files.yaml("requirements.yaml").get("dependencies") or []:
        own = files.folder(f"charts/{dependency['name']}")
        if "values.yaml" not in own.texts:
            own = chart_of(dependency["name"], dependency.get("version", ""))
        yield dependency.get("alias") or dependency["name"], own


def tolerated_by(files):
    """The keys of taints that the pods of a chart tolerate by default."""
    tolerations = files.yaml("values.yaml").get("tolerations")
    exists = [one for one in tolerations if one.get("operator") == "Exists"] if isinstance(tolerations, list) else []
    return sorted({one.get("key") or "*" for one in exists if "effect" not in one or one["effect"] == "NoSchedule"})


def values_of(files, chart_of):
    root = Node()
    add_defaults(root, files.yaml("values.yaml"))
    if "values.schema.json" in files.texts:
        schema = json.loads(files.texts["values.schema.json"])
        add_schema(root, schema, schema)
    add_templates(root, files.folder("templates"))
    for name, own in dependencies_of(files, chart_of):
        child = root.at([name])
        if own:
            inner = values_of(own, chart_of)
            child.open = inner.open
            for path in inner.children:
                child.children[path] = inner.children[path]
        else:
            child.open = True
        root.at(["tags"])
    root.at(["global"]).open = True
    root.at(["global"]).children.clear()
    return root


class Charts:
    """The charts of charts.txt."""

    def __init__(self, work):
        self.work = work
        self.lines = [
            line.split() for line in (HERE / "charts.txt").read_text().splitlines() if line and not line.startswith("#")
        ]
        self.read = {}

    def files(self, line):
        source, reference, folder = line[2:5]
        key = (source, reference, folder)
        if key not in self.read:
            kind, name = source.split(":", 1)
            self.read[key] = (
                of_module(name, reference, folder) if kind == "go" else of_repository(self.work, name, reference, folder)
            )
        return self.read[key]

    def of(self, name, version):
        """The files of the listed version of a chart with the same major version; None without one."""
        major = re.search(r"\d+", version)
        for line in self.lines:
            if line[0] == name and (not major or re.search(r"\d+", line[1]).group() == major.group()):
                return self.files(line)
        return None


def main(work):
    charts = Charts(work)
    trees = {}
    for line in charts.lines:
        chart, version, *_ = line
        files = charts.files(line)
        root = values_of(files, charts.of)
        if root.open:
            # Templates read the values as a whole, so that each name is possible.
            root.children.clear()
        tree = "".join(f"{key}{below(node)}\n" for key, node in sorted(root.children.items()))
        trees.setdefault(tree, []).append(
            f"chart {chart} {version}" + (" crds" if line[5:] or has_crds(files) else "")
            + (" daemonset" if has_only_daemonsets(files) else "")
            + "".join(f" tolerates={key}" for key in tolerated_by(files))
            + "\n"
            + "".join(f" {'.'.join(path)} {image}\n" for path, image in sorted(images_of(files, charts.of).items()))
        )
    head = [
        "# The values that charts read: lines of charts with a version, and crds for one with a folder of CRDs, which Helm installs but never",
        "# updates, daemonset for one that runs nothing but DaemonSets, tolerates= with the key of a taint that its pods tolerate by default (*",
        "# for all); below each, its images by the path of the value that names one; then a line for each value of these charts, in brackets what",
        "# can be below it. A chart without values reads all names. Below a value without brackets anything can be.",
        "# Sources: src/build/chart-values/charts.txt. Written by src/build/chart-values/make.py.",
    ]
    TABLE.write_text("\n".join(head) + "\n" + "".join("".join(charts) + tree for tree, charts in sorted(trees.items(), key=lambda item: not item[0])))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
