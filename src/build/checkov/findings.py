#!/usr/bin/env python3
"""Records what Checkov finds in the shipped environments and in the recorded plans: see README.md."""

import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile

PLANS = pathlib.Path("src/test/resources/plans")
FACTS = pathlib.Path("src/test/resources/facts/checkov.tsv")
ENTITIES = re.compile(
    r"aws_(iam|kms|eks|ecr|security_group|vpc|network_acl|default|subnet|launch|instance|cloudwatch_log|flow|ebs|s3_bucket|ssm|sqs|sns|lambda|secretsmanager)"
    r"|kubernetes_|CronJob|ClusterRole|Role|Service$"
)


def checkov(*arguments):
    return subprocess.run(["checkov", *arguments], capture_output=True, text=True, check=False).stdout


def names():
    """The ids of the checks about resources of such platforms, and their titles; Terraform's come first."""
    found = {}
    for framework in ("terraform", "kubernetes"):
        for line in checkov("--list", "--framework", framework).splitlines():
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) < 6 or not re.match(r"CKV2?_(AWS|K8S)_\d+$", cells[2]):
                continue
            if cells[5].startswith("Ensure that the --"):
                continue  # arguments of a control plane, which EKS runs
            if ENTITIES.match(cells[4]):
                found.setdefault(cells[2], {})[framework] = cells[5]
    return found


def failed(folder, framework):
    reports = json.loads(checkov("-d", str(folder), "--framework", framework, "-o", "json", "--compact", "--skip-download"))
    reports = reports if isinstance(reports, list) else [reports]
    if any(report.get("summary", report).get("parsing_errors") for report in reports):
        sys.exit("Checkov cannot read a file of " + str(folder))
    return {check["check_id"]: check["check_name"] for report in reports for check in report.get("results", {}).get("failed_checks", [])}


def without_required_version(text):
    """Checkov 3.3.30 cannot read a terraform block with a required_version in JSON."""
    stack = json.loads(text)
    stack["terraform"].pop("required_version", None)
    return json.dumps(stack, indent=2)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def main(synthesized):
    version = checkov("--version").strip()
    found = {}
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        for stack in sorted(pathlib.Path(synthesized, "stacks").iterdir()):
            text = without_required_version((stack / "cdk.tf.json").read_text())
            write(work / "stacks" / stack.name / "main.tf.json", text)
            for key, resource in json.loads(text).get("resource", {}).get("kubernetes_manifest", {}).items():
                write(work / "manifests" / stack.name / (key + ".json"), json.dumps(resource["manifest"]))
        for plan in sorted(PLANS.rglob("*.json.gz")):
            if "newer" not in plan.name and plan.parent.name != "small":
                write(work / "plans" / plan.name.removesuffix(".json.gz") / "tfplan.json", gzip.open(plan, "rt").read())
        for where, folder, framework in (
            ("stacks", "stacks", "terraform_json"),
            ("manifests", "manifests", "kubernetes"),
            ("plans", "plans", "terraform_plan"),
        ):
            for stack in sorted((work / folder).iterdir()):
                for check, title in failed(stack, framework).items():
                    places = found.setdefault(check, (title, []))[1]
                    if where not in places:
                        places.append(where)
    titles = names()
    lines = [
        "# Checkov " + version + ": python3 src/build/checkov/findings.py FOLDER, see src/build/checkov/README.md",
        "# id\ttitle, and the one for manifests if it differs\twhere it fails",
    ]
    for check in sorted(titles.keys() | found.keys(), key=lambda id: (id.split("_")[:2], int(id.split("_")[2]))):
        own = titles.get(check, {})
        words = list(dict.fromkeys(own.get(framework) for framework in ("terraform", "kubernetes") if own.get(framework)))
        if not words:
            words = [found[check][0]]
        if len(words) > 1 and words[0].lower().rstrip(".") == words[1].lower().rstrip("."):
            words = words[:1]
        lines.append("\t".join([check, " / ".join(words), ", ".join(found.get(check, ("", []))[1])]))
    FACTS.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
