"""Writes the tables of settings of nodes: see README.md.

    python3 src/build/node-settings/make.py WORK

WORK/kubelet has the file config/v1beta1/types.go of the Go module k8s.io/kubelet for each Kubernetes version, as 1.36.go, and
WORK/bottlerocket the folder data/settings of github.com/bottlerocket-os/bottlerocket-project-website.
"""

import pathlib
import re
import sys
import tomllib

HERE = pathlib.Path(__file__).parent
RESOURCES = HERE.parents[1] / "main/resources/dev/eksplatform/cluster"

SCALARS = {
    "bool": "boolean", "int32": "integer", "int64": "integer", "float64": "number", "string": "text",
    "metav1.Duration": "duration", "[]string": "texts", "[]int32": "integers", "map[string]string": "text-map",
    "map[string]bool": "flags",
}


def table(name):
    """Lines without comments: a path, and the rest."""
    lines = [line for line in (HERE / name).read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split(" ", 1) for line in lines)


def structs(source):
    """The fields of each struct: name in JSON and type."""
    found = {}
    for name, body in re.findall(r"^type (\w+) struct \{\n(.*?)^\}", source, re.DOTALL | re.MULTILINE):
        found[name] = re.findall(r'^\t\w+\s+(\S+)\s+`json:"(\w+)[",]', body, re.MULTILINE)
    return found


def fields(all_structs, name, path, words):
    """Paths with the type of each."""
    for go, field in all_structs[name]:
        go = go.lstrip("*")
        where = f"{path}{field}"
        inner = go.removeprefix("[]")
        if go in SCALARS:
            yield where, SCALARS[go]
        elif inner in all_structs:
            yield from fields(all_structs, inner, f"{where}{'[]' if go != inner else ''}.", words)
        elif where in words:
            yield where, "text"
        else:
            yield where, "any"


def kebab(name):
    name = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1-\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1-\2", name).lower()


def kubelet(work, settings):
    corrections = table("kubelet.txt")
    versions = {}
    for file in work.glob("kubelet/1.*.go"):
        versions[int(file.stem.split(".")[1])] = dict(
            fields(structs(file.read_text()), "KubeletConfiguration", "", corrections))
    minors = sorted(versions)
    names = sorted({path for version in versions.values() for path in version} | set(corrections))
    lines = []
    for path in names:
        has = [minor for minor in minors if path in versions[minor]]
        rest = corrections.get(path, "").split()
        refused = [key for key in corrections if corrections[key].startswith("refused") and path.startswith(key + ".")]
        if refused or rest == ["-"]:
            continue
        if rest[:1] == ["refused"]:
            lines.append(f"{path} {corrections[path]}")
            continue
        options = [word for word in rest if "=" in word]
        kind = next((word for word in rest if "=" not in word), None) or versions[has[-1]][path]
        if has and has[0] > minors[0]:
            options.append(f"from=1.{has[0]}")
        if has and has[-1] < minors[-1]:
            options.append(f"until=1.{has[-1]}")
        own = next((word[3:] for word in options if word.startswith("as=")), None)
        if own is None and "kubernetes." + kebab(path) in settings:
            own = kebab(path)
            options.append(f"as={own}")
        if own == "-":
            options.remove("as=-")
        elif own and "kubernetes." + own not in settings:
            raise SystemExit(f"kubelet.txt: {own} is not a setting of Bottlerocket")
        lines.append(" ".join([path, kind, *sorted(options)]))
    write("kubelet-settings.txt", [
        "# Fields of KubeletConfiguration: path, type, options. from, until: the first and the last Kubernetes version, if not all of",
        f"# 1.{minors[0]} to 1.{minors[-1]} have it; as: the setting below settings.kubernetes of Bottlerocket; refused: why it cannot be set.",
        "# Written by src/build/node-settings/make.py from the Go module k8s.io/kubelet, config/v1beta1.",
    ], lines)


def accepted(values):
    """A type by the values that the documentation lists."""
    plain = [value.strip().strip("`").strip('"').strip("'") for value in values or []]
    if sorted(plain) == ["false", "true"]:
        return "boolean"
    if plain and all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", value) for value in plain) and all("`" in v for v in values):
        return "words:" + "|".join(plain)
    return "any"


def documented(work):
    """The settings by path, from the oldest version of the documentation to the newest: each names only what is new in it."""
    found = {}
    order = lambda file: ([int(n) if n.isdigit() else 0 for n in file.parent.name.split(".")], file.name)
    for file in sorted(work.glob("bottlerocket/*/*.toml"), key=order):
        reference = tomllib.loads(file.read_text()).get("docs", {}).get("ref", {})
        groups = reference if isinstance(reference, list) else [reference]
        for group in groups:
            for key, entries in group.items():
                for entry in entries if isinstance(entries, list) else []:
                    name = entry.get("name_override", key)
                    name = re.sub(r"<[^>]*>", "*", name)
                    found[f"{file.stem}.{name}"] = accepted(entry.get("accepted_values"))
    return found


def bottlerocket(work):
    settings = documented(work)
    settings.update(table("bottlerocket.txt"))
    settings = {path: kind for path, kind in settings.items() if kind != "-"
                and not any(settings.get(".".join(path.split(".")[:i]), "").startswith("refused") for i in range(1, path.count(".") + 1))}
    write("bottlerocket-settings.txt", [
        "# Settings of Bottlerocket on EKS: path below settings, type; * is any key, refused: why it cannot be set.",
        "# Written by src/build/node-settings/make.py from the documentation, https://bottlerocket.dev/en/os/latest/api/settings-index/.",
    ], [f"{path} {kind}" for path, kind in sorted(settings.items())])
    return settings


def write(name, head, lines):
    (RESOURCES / name).write_text("\n".join(head + lines) + "\n")


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    kubelet(folder, bottlerocket(folder))
