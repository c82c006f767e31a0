"""Prints the tables of IAM actions and of AWS managed policies: see README.md beside this file."""

import json
import pathlib
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


if __name__ == "__main__":
    {"actions": print_actions, "policies": print_policies}[sys.argv[1]](*sys.argv[2:])
