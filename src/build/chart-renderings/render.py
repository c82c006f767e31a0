#!/usr/bin/env python3
"""Renders the charts of a platform stack with its values and applies the objects to an API server: see README.md."""

import argparse
import difflib
import json
import pathlib
import re
import subprocess
import sys
import tarfile

import yaml

LOADER = type("Loader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {})
LOADER.add_constructor("tag:yaml.org,2002:value", lambda loader, node: loader.construct_scalar(node))  # the operator =
CLUSTER_KINDS = ("CustomResourceDefinition", "Namespace")
TEMPLATE_KINDS = ("Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "Job", "ReplicationController")
EXPRESSION = re.compile(r"\$\{(?:[^{}\"]|\"[^\"]*\"|\{[^{}]*\})*\}")
PLACEHOLDER = "known-after-apply"
LEVEL = "pod-security.kubernetes.io/enforce"


def run(command, text=None):
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


def items(stack, kind):
    return stack.get("resource", {}).get(kind, {})


def literal(text):
    """A string of Terraform as text: a reference becomes a placeholder."""
    return EXPRESSION.sub(PLACEHOLDER, text).replace("$${", "${").replace("%%{", "%{")


def literals(value):
    if isinstance(value, str):
        return literal(value)
    if isinstance(value, list):
        return [literals(item) for item in value]
    if isinstance(value, dict):
        return {key: literals(item) for key, item in value.items()}
    return value


def numbers(version):
    return [int(number) for number in re.findall(r"\d+", version)]


class Charts:
    """A folder of charts: NAME-VERSION folders or NAME-VERSION.tgz."""

    def __init__(self, folder):
        self.charts = {}
        for path in sorted(pathlib.Path(folder).iterdir()):
            match = re.fullmatch(r"(.+?)-(v?\d+\.\d+.*?)(?:\.tgz)?", path.name)
            if match:
                self.charts.setdefault(match[1], {})[match[2]] = path

    def find(self, name, version):
        """The version asked for, else the newest older one, else the oldest one."""
        versions = self.charts.get(name, {})
        wanted = version.lstrip("v")
        for found, path in versions.items():
            if found.lstrip("v") == wanted:
                return found, path
        ordered = sorted(versions, key=numbers)
        older = [found for found in ordered if numbers(found) < numbers(version)]
        found = (older or ordered or [None])[-1 if older else 0]
        return found, versions.get(found)


def chart_file(path, name):
    """The text of a file in a chart, None if there is none."""
    if path.is_dir():
        file = path / name
        return file.read_text(encoding="utf-8") if file.is_file() else None
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            if member.name.partition("/")[2] == name:
                return archive.extractfile(member).read().decode("utf-8")
    return None


def defaults(path, folder=""):
    """The values.yaml of a chart, with those of its subcharts below their names; a subchart that is not there is open."""
    values = yaml.load(chart_file(path, folder + "values.yaml") or "", LOADER) or {}
    values = values.get("_internal_defaults_do_not_set", values)  # the charts of Istio
    chart = yaml.load(chart_file(path, folder + "Chart.yaml") or "", LOADER) or {}
    for dependency in chart.get("dependencies") or []:
        key = dependency.get("alias") or dependency["name"]
        below = f"{folder}charts/{dependency['name']}/"
        packed = sorted((path / folder / "charts").glob(f"{dependency['name']}-*.tgz")) if path.is_dir() else []
        if chart_file(path, below + "Chart.yaml"):
            sub = defaults(path, below)
        else:
            sub = defaults(packed[0]) if packed else {}
        values[key] = merged(sub, values.get(key) or {})
    values.setdefault("global", {})
    return values


def merged(base, over):
    result = dict(base)
    for key, value in over.items():
        result[key] = merged(result[key], value) if isinstance(value, dict) and isinstance(result.get(key), dict) else value
    return result


def unknown(values, known, path=""):
    """Paths that values.yaml does not have; an empty map or null there accepts everything."""
    for key, value in values.items():
        here = f"{path}.{key}" if path else key
        if key not in known:
            yield here
        elif isinstance(value, dict) and isinstance(known[key], dict) and known[key]:
            yield from unknown(value, known[key], here)


def settings(release):
    """Arguments of helm for set, set_sensitive, set_list and set_wo."""
    for key in ("set", "set_sensitive", "set_wo"):
        for one in release.get(key) or []:
            value = literal(str(one.get("value", "")))
            option = "--set-string" if one.get("type") == "string" or value == PLACEHOLDER else "--set"
            yield from (option, f"{one['name']}={value}")
    for one in release.get("set_list") or []:
        yield from ("--set", f"{one['name']}={{{','.join(literal(str(value)) for value in one['value'])}}}")


def objects(text):
    for document in yaml.load_all(text, LOADER):
        if isinstance(document, dict):
            yield from document["items"] if document.get("kind") == "List" else [document]


def title(thing):
    metadata = thing.get("metadata", {})
    place = metadata.get("namespace")
    return f"{thing.get('kind')} {place + '/' if place else ''}{metadata.get('name')}"


def walk(value):
    yield value
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    for child in children:
        yield from walk(child)


def pod(thing):
    """The pod template of a workload, None for other kinds."""
    spec = thing.get("spec") or {}
    if thing.get("kind") == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    elif thing.get("kind") == "Pod":
        return {"metadata": thing["metadata"], "spec": spec}
    elif thing.get("kind") not in TEMPLATE_KINDS:
        return None
    return spec["template"]


def images(things):
    for thing in things:
        if thing.get("kind") == "CustomResourceDefinition":
            continue
        for value in walk(thing):
            if isinstance(value, dict):
                for key, found in value.items():
                    if isinstance(found, str) and key.lower().endswith("image") and re.search(r"[/:]", found):
                        yield found


def called_services(things):
    """Services on which the API server calls pods: webhooks, conversions, aggregated APIs; with the Service's port."""
    for thing in things:
        kind, spec = thing.get("kind"), thing.get("spec") or {}
        if kind in ("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"):
            clients = [hook["clientConfig"] for hook in thing.get("webhooks") or []]
        elif kind == "CustomResourceDefinition":
            clients = [((spec.get("conversion") or {}).get("webhook") or {}).get("clientConfig") or {}]
        elif kind == "APIService":
            clients = [spec]
        else:
            continue
        for client in clients:
            service = client.get("service")
            if service:
                yield service["namespace"], service["name"], service.get("port", 443)


def called_ports(things, everything, namespace):
    """Lines: each such Service with the port of its pods; the Service may come from another release."""
    lines = set()
    for place, name, port in called_services(things):
        services = [
            thing for thing in everything
            if thing.get("kind") == "Service" and thing["metadata"]["name"] == name
            and thing["metadata"].get("namespace", namespace) == place
        ]
        if not services:
            lines.add(f"{place}/{name}:{port} -> no such Service in the renderings")
            continue
        spec = services[0]["spec"]
        target = next((one.get("targetPort", port) for one in spec["ports"] if one["port"] == port), None)
        if isinstance(target, str):
            target = named_port(everything, spec.get("selector") or {}, target)
        lines.add(f"{place}/{name}:{port} -> {target}")
    return sorted(lines)


def named_port(things, selector, name):
    for thing in things:
        template = pod(thing)
        labels = (template or {}).get("metadata", {}).get("labels") or {}
        if template and selector.items() <= labels.items():
            for container in template["spec"]["containers"]:
                for port in container.get("ports") or []:
                    if port.get("name") == name:
                        return port["containerPort"]
    return f"{name}, which no container has"


def account_problems(things, namespace, accounts):
    brought = {
        (thing["metadata"].get("namespace", namespace), thing["metadata"]["name"])
        for thing in things if thing.get("kind") == "ServiceAccount"
    }
    used = set()
    for thing in things:
        template = pod(thing)
        if template is None:
            continue
        place = thing["metadata"].get("namespace", namespace)
        name = template["spec"].get("serviceAccountName") or template["spec"].get("serviceAccount") or "default"
        used.add((place, name))
        if name != "default" and (place, name) not in brought | accounts:
            yield f"{title(thing)} runs as {place}/{name}, which neither the chart nor the stack creates"
    for place, name in sorted(brought & accounts):
        yield f"both the chart and the stack create the ServiceAccount {place}/{name}"


class Server:
    """The API server, by kubectl."""

    def __init__(self, kubectl, kubeconfig):
        self.kubectl = [*kubectl.split(), *(["--kubeconfig", kubeconfig] if kubeconfig else [])]

    def get(self, *arguments):
        answer = run([*self.kubectl, *arguments])
        if answer.returncode:
            sys.exit(f"render.py: {answer.stderr.strip()}")
        return answer.stdout

    def api_versions(self):
        versions = self.get("api-versions").split()
        for line in self.get("api-resources", "--no-headers").splitlines():
            cells = line.split()
            versions.append(f"{cells[-3]}/{cells[-1]}")
        return versions

    def apply(self, things, namespace, dry):
        """What the API server refuses, and what it warns of."""
        lines = []
        for placed in (True, False):  # kubectl refuses objects with another namespace than its own
            documents = [json.dumps(thing) for thing in things if ("namespace" in thing["metadata"]) is placed]
            if documents:
                place = [] if placed else ["-n", namespace or "default"]
                dry_run = ["--dry-run=server"] if dry else []
                answer = run([*self.kubectl, "apply", "--server-side", "--force-conflicts", *place, *dry_run, "-f", "-"],
                             "\n---\n".join(documents))
                lines += [line for line in answer.stderr.splitlines() if line.strip() and "ensure CRDs are installed" not in line]
        warnings = [line.removeprefix("Warning: ") for line in lines if line.startswith("Warning: ")]
        return [line for line in lines if not line.startswith("Warning: ")], warnings


def say(head, lines):
    for line in dict.fromkeys(lines):
        print(f"  {head}: {line}")


class Rendering:
    def __init__(self, release, charts, options, versions):
        self.release = release
        self.name, self.namespace = release["name"], release.get("namespace", "default")
        self.chart, self.wanted = release["chart"].rsplit("/", 1)[-1], release.get("version", "")
        self.version, self.path = charts.find(self.chart, self.wanted)
        self.values = [yaml.load(literal(text), LOADER) or {} for text in release.get("values") or []]
        self.things, self.error, self.differences = [], None, []
        if self.path is None:
            self.error = "no such chart in the folder"
            return
        arguments = [
            options.helm, "template", self.name, str(self.path), "--namespace", self.namespace,
            "--kube-version", options.kube_version, "--skip-tests", *sum((["--api-versions", version] for version in versions), []),
            *([] if release.get("skip_crds") else ["--include-crds"]),
            *sum((["--values", file] for file in self.value_files(options.keep)), []), *settings(release),
        ]
        first, second = run(arguments), run(arguments)
        if first.returncode:
            self.error = first.stderr.strip()
            return
        self.differences = [
            line for line in difflib.unified_diff(first.stdout.splitlines(), second.stdout.splitlines(), lineterm="", n=0)
            if line.startswith("+") and not line.startswith("+++")
        ]
        (options.keep / f"{self.name}.yaml").write_text(first.stdout, encoding="utf-8")
        self.things = list(objects(first.stdout))

    def value_files(self, folder):
        for number, values in enumerate(self.values):
            file = folder / f"{self.name}-values-{number}.json"
            file.write_text(json.dumps(values), encoding="utf-8")
            yield str(file)

    def report(self, server, stack, everything, options):
        print(f"{self.name}: chart {self.chart} {self.wanted}, rendered {self.version or 'none'}, namespace {self.namespace}, "
              f"{len(self.things)} objects")
        if self.error:
            say("not rendered", [self.error])
            return 1
        accounts = {
            (one["metadata"].get("namespace", "default"), one["metadata"]["name"])
            for one in items(stack, "kubernetes_service_account_v1").values()
        }
        refused, warnings = server.apply(
            [thing for thing in self.things if thing.get("kind") not in CLUSTER_KINDS], self.namespace, True)
        say("refused", refused)
        say("warning", warnings)
        known = defaults(self.path)
        for values in self.values:
            say("not in values.yaml", unknown(values, known))
        say("differs at each rendering", (line[1:].strip()[:100] for line in self.differences[:8]))
        say("ServiceAccount", account_problems(self.things, self.namespace, accounts))
        for thing in self.things:
            annotations = thing["metadata"].get("annotations") or {}
            if "helm.sh/hook" in annotations:
                say("hook", [f"{title(thing)}: {annotations['helm.sh/hook']}"])
            if thing.get("kind") == "Service" and (thing.get("spec") or {}).get("type") == "LoadBalancer":
                say("LoadBalancer", [title(thing)])
        say("called by the API server", called_ports(self.things, everything, self.namespace))
        found = sorted(set(images(self.things)))
        if options.mirror:
            say("image not from the mirror", (image for image in found if not image.startswith(options.mirror)))
        else:
            say("image", found)
        return len(refused)


def namespaces(stacks):
    """Namespaces of the stacks; the level that is enforced is also a warning, because only warnings concern workloads."""
    for stack in stacks:
        for one in items(stack, "kubernetes_namespace_v1").values():
            metadata = one["metadata"]
            labels = dict(metadata.get("labels") or {})
            if LEVEL in labels:
                labels[LEVEL.replace("enforce", "warn")] = labels[LEVEL]
            yield {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": metadata["name"], "labels": labels}}


def manifests(stack):
    for kind in ("kubernetes_manifest", "kubectl_manifest"):
        for one in items(stack, kind).values():
            manifest = one.get("manifest") or yaml.load(one["yaml_body"], LOADER)
            yield literals(manifest)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("platform", help="cdk.tf.json of the platform stack")
    parser.add_argument("charts", help="folder of charts: NAME-VERSION or NAME-VERSION.tgz")
    parser.add_argument("keep", type=pathlib.Path, help="folder for the renderings")
    parser.add_argument("--workloads", help="cdk.tf.json of the workloads stack")
    parser.add_argument("--helm", default="helm")
    parser.add_argument("--kubectl", default="kubectl")
    parser.add_argument("--kubeconfig")
    parser.add_argument("--kube-version", help="default: the version of the API server")
    parser.add_argument("--mirror", help="only images that do not begin with this are listed")
    parser.add_argument("--only", nargs="*", help="names of releases")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    stack = json.loads(pathlib.Path(options.platform).read_text(encoding="utf-8"))
    workloads = json.loads(pathlib.Path(options.workloads).read_text(encoding="utf-8")) if options.workloads else {}
    server = Server(options.kubectl, options.kubeconfig)
    if not options.kube_version:
        options.kube_version = json.loads(server.get("version", "-o", "json"))["serverVersion"]["gitVersion"]
    releases = [
        release for _, release in sorted(items(stack, "helm_release").items())
        if not options.only or release["name"] in options.only
    ]
    bad = 0
    say("namespace refused", server.apply([*namespaces([stack, workloads])], None, False)[0])
    charts, versions = Charts(options.charts), server.api_versions()
    renderings = [Rendering(release, charts, options, versions) for release in releases]
    things = [thing for rendering in renderings for thing in rendering.things]
    own = [thing for thing in manifests(stack)]
    brought = [thing for thing in things + own if thing.get("kind") in CLUSTER_KINDS]
    refused, _ = server.apply(brought, None, False)
    say("CRD or Namespace refused", refused)
    bad += len(refused)
    definitions = [thing["metadata"]["name"] for thing in brought if thing["kind"] == "CustomResourceDefinition"]
    if definitions:
        server.get("wait", "--for=condition=Established", "--timeout=5m", "crd", *dict.fromkeys(definitions))
    for rendering in renderings:
        bad += rendering.report(server, stack, things, options)
    for name, one in (("platform", own), ("workloads", list(manifests(workloads)))):
        one = [thing for thing in one if thing.get("kind") not in CLUSTER_KINDS]
        print(f"objects of the {name} stack: {len(one)}")
        refused, warnings = server.apply(one, None, True)
        say("refused", refused)
        say("warning", warnings)
        bad += len(refused)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
