"""Writes eks-addons.txt, charts.txt, access-policies.txt and ami-types.txt of the package internal.release: see README.md.

    python3 src/build/releases/make.py WORK

WORK is filled by src/build/refresh: WORK/pypi has botocore's wheel; WORK/go has, for each Go module (with + for / in its name), its
source as .zip, its version as .pinned, and the day of that version as .day. WORK/addon-versions.json, if it is there, is what
`aws eks describe-addon-versions --output json` printed, and WORK/addon-versions.day the day of that.
"""

import collections
import gzip
import json
import pathlib
import re
import sys
import zipfile

HERE = pathlib.Path(__file__).parent
RESOURCES = pathlib.Path(__file__).parents[3] / "src/main/resources/dev/eksplatform/internal/release"


def facts(name):
    """The lines of an input, split into words, without comments."""
    lines = (HERE / name).read_text().splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def number(version):
    """Sorts versions as they are released."""
    return [int(part) for part in re.findall(r"\d+", version)]


def minors(text):
    found = set()
    for part in text.split(","):
        ends = [int(end) for end in part.split("..")]
        found.update(range(ends[0], ends[-1] + 1))
    return found


def ranges(found):
    """The shortest text for a set of minor versions, such as 32,35..36."""
    runs = []
    for minor in sorted(found):
        if runs and runs[-1][1] == minor - 1:
            runs[-1][1] = minor
        else:
            runs.append([minor, minor])
    return ",".join(str(a) if a == b else f"{a}..{b}" for a, b in runs)


def write(name, day, head, lines):
    comments = [f"# {line}" for line in [*head, "Written by src/build/releases/make.py."]]
    (RESOURCES / name).write_text("\n".join([*comments, f"day {day}", *lines]) + "\n")


class Addons:
    """What is known of the versions of add-ons."""

    def __init__(self):
        self.owners = {}
        self.clusters = collections.defaultdict(set)
        self.usual = collections.defaultdict(set)
        self.days = {}

    def known(self, addon, clusters, version, day):
        if addon not in self.owners:
            raise SystemExit(f"{addon} is not an add-on")
        key = (addon, version)
        self.clusters[key] |= clusters
        self.days[key] = max(day, self.days.get(key, day))

    def default(self, addon, clusters, version, day):
        self.known(addon, clusters, version, day)
        # the newest answer counts
        for (other, name), usual in self.usual.items():
            if other == addon and name != version:
                usual -= clusters
        self.usual[addon, version] |= clusters

    def read_input(self):
        day = ""
        sources = facts("eks-addons.txt")
        for kind, *words in sources:
            if kind == "addon":
                self.owners[words[0]] = words[1]
            elif kind == "source":
                if words[0] < day:
                    raise SystemExit("the sources of eks-addons.txt are not in the order of their days")
                day = words[0]
            elif kind == "known":
                for version in words[2:]:
                    self.known(words[0], minors(words[1]), version, day)
            elif kind == "default":
                self.default(words[0], minors(words[1]), words[2], day)
            else:
                raise SystemExit(f"{kind} is not a kind of line in eks-addons.txt")
        return day

    def read_answer(self, file, day):
        """The answer of DescribeAddonVersions, without add-ons of the marketplace."""
        for addon in json.loads(file.read_text())["addons"]:
            owner = addon["owner"] if addon["owner"] == "community" else "aws"
            if addon["owner"] not in ("aws", "community"):
                continue
            self.owners[addon["addonName"]] = owner
            for version in addon["addonVersions"]:
                for one in version["compatibilities"]:
                    cluster = {int(one["clusterVersion"].split(".")[1])}
                    add = self.default if one["defaultVersion"] else self.known
                    add(addon["addonName"], cluster, version["addonVersion"], day)

    def lines(self):
        for addon, owner in sorted(self.owners.items()):
            yield f"{addon} {owner}"
            versions = sorted((name for other, name in self.clusters if other == addon), key=number, reverse=True)
            for version in versions:
                key = (addon, version)
                usual = self.usual.get(key)
                row = f" {version} {ranges(self.clusters[key])} {self.days[key]}"
                yield row + (f" default {ranges(usual)}" if usual else "")


def addons(work):
    table = Addons()
    day = table.read_input()
    answer = work / "addon-versions.json"
    if answer.exists():
        day = (work / "addon-versions.day").read_text().strip()
        table.read_answer(answer, day)
    head = [
        "EKS add-ons: name, owner; below, versions with the Kubernetes minor versions for which they are known, the day of that, and",
        "the minor versions for which EKS chooses them. Not all versions are known. Sources: src/build/releases/eks-addons.txt.",
    ]
    write("eks-addons.txt", day, head, table.lines())


class Module:
    """A Go module at its pinned version."""

    def __init__(self, work, name):
        self.name = name
        self.file = str(work / "go" / name.replace("/", "+"))

    def text(self, kind):
        return pathlib.Path(f"{self.file}.{kind}").read_text().strip()

    def source(self, path):
        with zipfile.ZipFile(self.file + ".zip") as archive:
            return archive.read(f"{self.name}@{self.text('pinned')}/{path}").decode()


def matrix_lines(module, matrix, newest):
    """Karpenter's table, and the range in its source for a version that is newer than the table."""
    rows = re.findall(r"appVersion: (\S+)\s+minK8sVersion: 1\.(\d+)\s+maxK8sVersion: 1\.(\d+)", module.source(matrix))
    of_version = {version.replace("x", "0"): f"{low}..{high}" for version, low, high in rows}
    minor = newest.rsplit(".", 1)[0] + ".0"
    if minor not in of_version:
        source = module.source("pkg/providers/version/version.go")
        of_version[minor] = "..".join(re.search(end + r'K8sVersion = "1\.(\d+)"', source).group(1) for end in ("Min", "Max"))
    lines = []
    for version in sorted(of_version, key=number):
        if lines and lines[-1][1] == of_version[version]:
            lines[-1][2] = version
        else:
            lines.append([version, of_version[version], version])
    return lines


def chart_entry(work, name, words):
    """The day of the newest version, and the lines of a chart in the table."""
    of_kind = collections.defaultdict(list)
    for kind, *rest in words:
        of_kind[kind].append(rest)
    lines = [[*line, line[0]][:3] for line in of_kind["line"]]
    if of_kind["module"]:
        module = Module(work, of_kind["module"][0][0])
        newest, day = module.text("pinned"), module.text("day")
        if of_kind["matrix"]:
            newest = newest.lstrip("v")
            lines = matrix_lines(module, of_kind["matrix"][0][0], newest)
    else:
        newest, day = of_kind["newest"][0][:2]
    if lines:
        lines[-1][2] = newest
        lines[-1][1] += "" if lines[-1][1].endswith(("?", "..")) else "?"
    rows = [f"repository {address}" for address, in of_kind["repository"]]
    rows += ["retired " + " ".join(sentence) for sentence in of_kind["retired"]]
    rows += [f"{first} {last} {kubernetes}" for first, kubernetes, last in lines]
    return day, [f"{name} {newest} {day}", *(" " + row for row in rows)]


def charts(work):
    blocks = []
    for words in facts("charts.txt"):
        if words[0] == "chart":
            blocks.append((words[1], []))
        else:
            blocks[-1][1].append(words)
    if [name for name, _ in blocks] != sorted(name for name, _ in blocks):
        raise SystemExit("the charts of charts.txt are not sorted")
    entries = [chart_entry(work, name, words) for name, words in blocks]
    head = [
        "Helm charts: name, newest version, the day on which it was seen; below, where its project publishes it, and lines of versions:",
        "the first, the newest one that is known, and the Kubernetes minor versions that they support (25..: all from 1.25 on; ?: not known",
        "beyond). Sources: src/build/releases/charts.txt and the Go modules in src/build/sources.txt.",
    ]
    write("charts.txt", max(day for day, _ in entries), head, [line for _, lines in entries for line in lines])


def access_policies():
    day, names = "", {}
    for words in facts("access-policies.txt"):
        if words[0] == "source":
            day = max(day, words[1])
        else:
            names[words[0]] = " ".join(words)
    head = [
        "EKS access policies; service: AWS attaches it to a role of one of its services. The ARN of each is",
        "arn:PARTITION:eks::aws:cluster-access-policy/NAME. Sources: src/build/releases/access-policies.txt.",
    ]
    write("access-policies.txt", day, head, [names[name] for name in sorted(names)])


# The first and the last Kubernetes version of an operating system, if it is not of all versions.
# https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-versions-windows.html, https://github.com/awslabs/amazon-eks-ami/issues/2545
VERSIONS = {"AL2": "until=1.32", "WINDOWS_CORE_2025": "from=1.35", "WINDOWS_FULL_2025": "from=1.35"}


def ami_types(work):
    """Types by what their names say: system, architecture, driver, fips."""
    wheel = max((work / "pypi").glob("botocore-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        name = sorted(n for n in archive.namelist() if re.fullmatch(r"botocore/data/eks/[^/]*/service-2\.json\.gz", n))[-1]
        types = json.loads(gzip.decompress(archive.read(name)))["shapes"]["AMITypes"]["enum"]
        day = max("{:04}-{:02}-{:02}".format(*info.date_time[:3]) for info in archive.infolist())
    lines = []
    for one in sorted(types):
        if one == "CUSTOM":
            continue
        system, rest = re.fullmatch(r"(.*?)_((?:x86_64|ARM_64).*)", one).groups()
        words = rest.replace("x86_64", "x86-64").replace("ARM_64", "arm64").lower().split("_")
        driver = {"nvidia": "nvidia", "gpu": "nvidia", "neuron": "neuron"}
        drivers = [driver[word] for word in words if word in driver]
        line = [one, system, words[0].replace("x86-64", "x86_64"), *(drivers or ["-"])]
        line += ["fips"] * ("fips" in words)
        lines.append(" ".join(line + [VERSIONS[name] for name in VERSIONS if name == system]))
    head = [
        "AMI types of managed node groups: name in the EKS API, operating system, architecture, the driver in the image, fips, the first or",
        f"last Kubernetes version. The type CUSTOM is left out. Source: the API model in botocore {wheel.name.split('-')[1]}.",
    ]
    write("ami-types.txt", day, head, lines)


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    addons(folder)
    charts(folder)
    access_policies()
    ami_types(folder)
