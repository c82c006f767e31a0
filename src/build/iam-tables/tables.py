"""Prints the tables of IAM actions, of their resources and of AWS managed policies: see README.md beside this file."""

import collections
import json
import pathlib
import re
import sys

REFERENCE = "https://docs.aws.amazon.com/service-authorization/latest/reference/"
POLICIES = "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/"


def packaged(folder):
    """Actions by service, with ! when they have no resource, and the services in the ARNs of its resources."""
    data = pathlib.Path(folder) / "data"
    actions = {
        file.stem: {
            action["name"] + ("" if action["resourceTypes"] else "!")
            for action in json.loads(file.read_text()).values()
        }
        for file in (data / "actions").glob("*.json")
    }
    arns = {
        file.stem: {service_of(kind["arn"]) for kind in json.loads(file.read_text()).values()}
        for file in (data / "resourceTypes").glob("*.json")
    }
    return actions, arns


def service_of(arn):
    service = arn.split(":", 5)[2]
    return "*" if "$" in service else service


def definition(file):
    """Actions by service, from the file of the second source."""
    content = json.loads(pathlib.Path(file).read_text())
    return {name: set(service["privileges"]) for name, service in content.items() if "privileges" in service}


def print_actions(month, iam_data, definitions):
    actions, arns = packaged(iam_data)
    for service, more in definition(definitions).items():
        known = actions.setdefault(service, set())
        lower_case = {action.rstrip("!").lower() for action in known}
        known.update(action for action in more if action.lower() not in lower_case)
    print(f"# Services of IAM and their actions, {month}. Source: {REFERENCE}")
    print("# A line is a service with its actions; after = the services in the ARNs of its resources when not itself.")
    print("# An action with ! has no resource of its own: its Resource is *.")
    for service in sorted(actions):
        by_lower_case = {action.lower(): action for action in sorted(actions[service])}
        others = sorted(arns.get(service, set()))
        head = service if others == [service] else service + "=" + ",".join(others)
        print(" ".join([head] + [by_lower_case[key] for key in sorted(by_lower_case)]))


def print_policies(month, package):
    content = json.loads((pathlib.Path(package) / "dist" / "managedPolicies.json").read_text())
    names = sorted(policy["arn"].split(":policy/", 1)[1] for policy in content.values())
    print(f"# AWS managed policies with their paths, {month}. Source: {POLICIES}")
    print("\n".join(names))


def read(data, part, service):
    file = data / part / (service + ".json")
    return list(json.loads(file.read_text()).values()) if file.exists() else []


def print_resources(month, iam_data, services):
    data = pathlib.Path(iam_data) / "data"
    print(f"# Resource types and condition keys of services, {month}. Source: {REFERENCE}")
    print("# Paragraphs: the service; its resource types with their ARNs; actions by the types that they support (! where the")
    print("# action needs one of the type), actions in no line support none; condition keys by their type, with * for any name.")
    for service in sorted(pathlib.Path(services).read_text().split()):
        print("\n" + service)
        arns = {kind["key"]: kind["arn"] for kind in read(data, "resourceTypes", service)}
        for name, arn in sorted(arns.items()):
            print(f"{name} {arn.replace('${Partition}', '$')}")
        actions = collections.defaultdict(list)
        for action in read(data, "actions", service):
            kinds = {kind["name"]: "!" if kind.get("required") else "" for kind in action["resourceTypes"]}
            missing = set(kinds) - set(arns)
            if missing:
                raise SystemExit(f"{service}:{action['name']} is on unknown types: {missing}")
            if kinds:
                actions[",".join(name + kinds[name] for name in sorted(kinds))].append(action["name"])
        for kinds, names in sorted(actions.items()):
            print(kinds + ": " + " ".join(sorted(names)))
        keys = collections.defaultdict(set)
        for key in read(data, "conditionKeys", service):
            if not key["key"].lower().startswith("aws:"):
                keys[key["type"].replace("ArrayOf", "")].add(re.sub(r"\$\{[^}]*}|<[^>]*>", "*", key["key"]))
        for kind, names in sorted(keys.items()):
            print("=" + kind + " " + " ".join(sorted(names)))


def canonical(text):
    """Without the order of keys and lists, and with a list of one as its value: IAM ignores all three."""

    def plain(value):
        if isinstance(value, dict):
            return sorted((key, plain(one)) for key, one in value.items())
        if isinstance(value, list) and not isinstance(value[0], dict):
            return plain(value[0]) if len(value) == 1 else sorted(value)
        return [plain(one) for one in value] if isinstance(value, list) else value

    return plain(json.loads(text))


def write_documents(package, folder):
    """Writes the newest version of each policy that the folder's index names."""
    content = json.loads((pathlib.Path(package) / "dist" / "managedPolicies.json").read_text())
    by_name = {policy["arn"].rsplit("/", 1)[1]: policy for policy in content.values()}
    folder = pathlib.Path(folder)
    for name in json.loads((folder / "index.json").read_text())["names"]:
        policy = by_name[name]
        newest = policy["latestVersionId"]
        file = {
            "name": name,
            "path": policy["arn"].split(":policy", 1)[1][: -len(name)],
            "version": newest,
            "edited": policy["lastUpdatedDate"][:10],
            "source": POLICIES + name + ".html",
            "document": policy["versions"][newest]["document"],
        }
        text = json.dumps(file, indent=2, ensure_ascii=False).replace('"arn:aws:', '"arn:${partition}:') + "\n"
        written = folder / (name + ".json")
        if not written.exists() or canonical(written.read_text()) != canonical(text):
            written.write_text(text)


if __name__ == "__main__":
    {
        "actions": print_actions,
        "resources": print_resources,
        "policies": print_policies,
        "documents": write_documents,
    }[sys.argv[1]](*sys.argv[2:])
