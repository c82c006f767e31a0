"""Writes the calendar of Kubernetes versions on EKS, internal/release/eks-versions.txt below src/main/resources.

    python3 src/build/eks-versions/make.py products/amazon-eks.md

The argument is the product file of https://github.com/endoflife-date/endoflife.date. newer.txt, in this folder, has the facts that are newer.
"""

import datetime
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
TABLE = HERE.parents[1] / "main/resources/dev/eksplatform/internal/release/eks-versions.txt"
# Older ones are out of support, whatever the day. Manifests are checked from the version after it.
OLDEST = 30
HEADER = """\
# Kubernetes versions of EKS: minor version, first day on EKS, last day of standard support, last day of extended support; default is what EKS
# chooses for a new cluster. Source: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html, by way of endoflife.date and
# of the sources in src/build/eks-versions/newer.txt; written by src/build/eks-versions/make.py.
"""


def minor(version):
    return int(version.removeprefix("1."))


def product(path):
    """The days of each minor version: first, last of standard support, last of extended support."""
    text = pathlib.Path(path).read_text()
    days = {}
    for block in re.split(r"^\s*-\s*releaseCycle:", text, flags=re.M)[1:]:
        version = re.match(r'\s*"?(1\.\d+)"?', block).group(1)
        fields = dict(re.findall(r"^\s+(releaseDate|eol|eoes):\s*(\d{4}-\d\d-\d\d)", block, re.M))
        days[minor(version)] = [fields["releaseDate"], fields["eol"], fields.get("eoes", "-")]
    return days


def year_after(day):
    date = datetime.date.fromisoformat(day)
    return date.replace(year=date.year + 1).isoformat()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    days = {version: known for version, known in product(sys.argv[1]).items() if version >= OLDEST}
    default, newest_fact = None, ""
    for line in (HERE / "newer.txt").read_text().splitlines():
        if line.startswith("#"):
            continue
        facts, source = line.split(" | ")
        day, version, released, standard, extended, chosen = facts.split()
        if not source:
            sys.exit("no source: " + line)
        known = days.setdefault(minor(version), ["-", "-", "-"])
        days[minor(version)] = [new if new != "-" else old for new, old in zip((released, standard, extended), known)]
        default = version if chosen == "default" else default
        newest_fact = max(newest_fact, day)
    lines = []
    for version in sorted(days):
        released, standard, extended = days[version]
        if "-" in (released, standard):
            sys.exit(f"no days of 1.{version}: neither the product file nor newer.txt has them")
        extended = year_after(standard) if extended == "-" else extended
        for day in (released, standard, extended):
            datetime.date.fromisoformat(day)
        lines.append(f"1.{version} {released} {standard} {extended}" + (" default" * (default == f"1.{version}")))
    TABLE.write_text(HEADER + f"day {newest_fact}\n" + "\n".join(lines) + "\n")


main()
