#!/usr/bin/env bash
# Measures `./eks-platform synth stacks/ingress.yaml` alternating with `terraform validate` of its infrastructure stack, and synth
# of 1, 10 and 50 environments. Prints medians of wall and CPU seconds and of peak memory (the largest process), and the ratios;
# only the ratios are comparable between machines. Needs GNU time, terraform and the aws provider.
#
#     bench/synth.sh [RUNS]      default and minimum: 5
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
runs=${1:-5}
((runs >= 5)) || { echo "bench/synth.sh: at least 5 runs" >&2; exit 1; }
gnu_time=$(type -P time) || { echo "bench/synth.sh: GNU time is missing (package time)" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"

# measure NAME COMMAND...: one run, appended as "wall cpu KiB"
measure() {
    local name=$1
    shift
    "$gnu_time" -o "$work/one" -f '%e %U %S %M' "$@" >/dev/null 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
    awk '{ printf "%s %.2f %s\n", $1, $2 + $3, $4 }' "$work/one" >>"$work/$name"
}
median() { awk -v c="$2" '{ print $c }' "$work/$1" | sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
row() { printf '%-22s %8.2f %8.2f %8.0f\n' "$1" "$(median "$2" 1)" "$(median "$2" 2)" "$(awk -v k="$(median "$2" 3)" 'BEGIN { print k / 1024 }')"; }
ratio() { awk -v a="$(median "$1" 1)" -v b="$(median "$2" 1)" 'BEGIN { printf "%.2f\n", a / b }'; }

export CDKTF_OUTDIR=$work/out
./eks-platform synth stacks/ingress.yaml >/dev/null

mirror=$(.ci/find-provider-mirror)
if [[ -n $mirror ]]; then
    printf 'provider_installation {\n  filesystem_mirror {\n    path = "%s"\n  }\n}\n' "$mirror" >"$work/terraformrc"
    export TF_CLI_CONFIG_FILE=$work/terraformrc
fi
export CHECKPOINT_DISABLE=1
terraform -chdir="$work/out/stacks/ingress-infrastructure" init -backend=false -input=false >/dev/null

# Cold: nothing cached by jsii, no AppCDS archive.
archive=$root/target/eks-platform.jsa
cold() {
    mv "$archive" "$work/archive"
    rm -rf "$work/cache"
    measure cold env JSII_RUNTIME_PACKAGE_CACHE_ROOT="$work/cache" ./eks-platform synth stacks/ingress.yaml
    mv "$work/archive" "$archive"
}

for ((i = 0; i <= runs; i++)); do
    measure validate terraform -chdir="$work/out/stacks/ingress-infrastructure" validate
    measure warm ./eks-platform synth stacks/ingress.yaml
    cold
    if ((i == 0)); then
        rm "$work"/{validate,warm,cold}
    fi
done

cp -r stacks "$work/stacks"
for ((n = 1; n <= 50; n++)); do
    sed "s/^environment: ingress$/environment: ingress-$n/; s/alb-ingress-sa-role/alb-ingress-sa-role-$n/; s/: AWSLoadBalancerControllerIAMPolicy/: AWSLoadBalancerControllerIAMPolicy-$n/" \
        stacks/ingress.yaml >"$work/stacks/many-$n.yaml"
done
for ((i = 0; i < runs; i++)); do
    for n in 1 10 50; do
        files=()
        for ((k = 1; k <= n; k++)); do files+=("$work/stacks/many-$k.yaml"); done
        measure "environments$n" ./eks-platform synth "${files[@]}"
    done
done

printf '%-22s %8s %8s %8s\n' "medians of $runs runs" 'wall s' 'CPU s' 'MiB'
row 'terraform validate' validate
row 'synth, warm' warm
row 'synth, cold' cold
for n in 1 10 50; do row "synth, $n environments" "environments$n"; done
echo
echo "warm synth / terraform validate   $(ratio warm validate)   (at most 0.33)"
echo "cold synth / terraform validate   $(ratio cold validate)   (at most 0.67)"
awk -v a="$(median environments1 1)" -v b="$(median environments10 1)" -v c="$(median environments50 1)" \
    'BEGIN { printf "ms per additional environment   %.0f (1 to 10), %.0f (10 to 50): equal if linear\n", (b - a) / 9 * 1000, (c - b) / 40 * 1000 }'
