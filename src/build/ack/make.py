"""Writes the table of ACK controllers and the calls that their tests compare policies with: see README.md.

    python3 src/build/ack/make.py CLONES

CLONES has a git repository for each of aws-controllers-k8s/ack-chart and aws-controllers-k8s/SERVICE-controller, named ack-chart and
SERVICE-controller. One that is not there says nothing.
"""

import collections
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]
TABLE = ROOT / "src/main/resources/dev/eksplatform/internal/release/ack-charts.txt"
CALLS = ROOT / "src/test/resources/dev/eksplatform/addon/ack-calls.txt"
ACTIONS = ROOT / "src/main/resources/dev/eksplatform/iam/actions.txt"
CATALOGUE = ROOT / "policies/iam"
POLICY_ARN = re.compile(r"arn:aws:iam::aws:policy/([\w/-]+)")


def git(repository, *arguments):
    answer = subprocess.run(["git", "-C", repository, *arguments], capture_output=True, text=True, check=False)
    return answer.stdout if answer.returncode == 0 else ""


def facts():
    """What the repositories do not say, by service and kind."""
    found = {}
    for line in (HERE / "facts.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            service, kind, *words = line.split()
            found[service, kind] = words
    return found


def charts(clones):
    """The published charts with their versions, and the day of the list."""
    versions = {}
    service = None
    for line in git(clones / "ack-chart", "show", "HEAD:Chart.yaml").splitlines():
        key, _, value = line.strip(" -").partition(": ")
        if key == "alias":
            service = value
        elif key == "version" and service:
            versions[service] = value
            service = None
    return versions, git(clones / "ack-chart", "log", "-1", "--format=%cs").strip()


def policies(service, clones, known):
    """The managed policies that the controller's repository recommends; none for one with a policy of the catalogue."""
    if (CATALOGUE / f"ack-{service}-controller").exists():
        return []
    if (service, "policies") in known:
        return known[service, "policies"]
    return POLICY_ARN.findall(git(clones / f"{service}-controller", "show", "HEAD:config/iam/recommended-policy-arn"))


def actions():
    """The actions of each service of IAM, by their names in lower case."""
    table = {}
    for line in ACTIONS.read_text().splitlines():
        if line and not line.startswith("#"):
            service, *names = line.split()
            table[service.split("=")[0]] = {name.rstrip("!").lower(): name.rstrip("!") for name in names}
    return table


def calls(repository):
    """The operations that a controller's source names as calls, pages of a list, or inputs."""
    source = git(repository, "grep", "-h", "", "HEAD", "--", "pkg/*.go", ":!*_test.go")
    return set(re.findall(r"sdkapi\.([A-Z]\w+)\(|\.New([A-Z]\w+)Paginator\(|svcsdk\.([A-Z]\w+)Input\b", source))


def main(clones):
    known = facts()
    versions, day = charts(clones)
    iam = actions()
    rows, lines = [], []
    for service, version in sorted(versions.items()):
        version = known.get((service, "version"), [version])[0]
        rows.append(" ".join([service, version, *policies(service, clones, known)]))
        prefix = known.get((service, "prefix"), [service])[0]
        names = {name for match in calls(clones / f"{service}-controller") for name in match if name}
        found = sorted({iam[prefix][name.lower()] for name in names if name.lower() in iam.get(prefix, {})})
        if found:
            lines.append(" ".join([service, prefix, *found]))
    TABLE.write_text(
        "# Controllers of ACK: service, version of its chart, and the AWS managed policies that its repository recommends; none\n"
        "# where policies/iam has one of its own. Source: https://github.com/aws-controllers-k8s/ack-chart and config/iam of each\n"
        "# controller. Written by src/build/ack/make.py.\n"
        f"day {day}\n" + "\n".join(rows) + "\n"
    )
    CALLS.parent.mkdir(parents=True, exist_ok=True)
    CALLS.write_text(
        "# The calls of ACK controllers: service, prefix of its actions in IAM, and the calls that are actions by the same name.\n"
        "# Written by src/build/ack/make.py from the newest source of each controller.\n" + "\n".join(lines) + "\n"
    )


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
