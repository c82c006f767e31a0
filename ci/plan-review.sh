#!/usr/bin/env bash
# Plans what changed and reviews it, on any CI system; GitHub's workflow plan-review.yml runs this script too.
#
# Usage: ci/plan-review.sh [FILE...]      environment files; all of stacks/*.yaml when none is given
#
# Needs git with the base commit fetched, JDK 17, Node.js, Maven, terraform, jq, and credentials that may read the account.
# Environment:
#   BASE              the commit to compare with (default: the merge base of HEAD and origin/main)
#   OUT               the folder for what is written (default: plan-review)
#   FAIL_ON           the mildest severity that fails (default: high)
#   WAIVERS, POLICIES a waiver file; a folder with rules of your own
#
# Writes OUT/review.{md,html,sarif,xml,json} and OUT/plans/<stack>.tfplan, which hold what was reviewed: apply them with
#   ./eks-platform apply --reviewed OUT/review.json --stack <stack>=OUT/plans/<stack>.tfplan
# Plan files and their JSON hold secrets in clear text; the JSON is deleted here, the plan files belong in private storage.
# Exit status: 0 clean, 1 findings at or above FAIL_ON, 2 no review.
set -euo pipefail

root=$(git rev-parse --show-toplevel)
cd "$root"
base=${BASE:-$(git merge-base HEAD origin/main)}
out=${OUT:-plan-review}
commit=$(git rev-parse HEAD)
terraform=${TERRAFORM_BINARY_NAME:-terraform}
files=("$@")
export CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1 TF_INPUT=0

say() { printf '%s\n' "$*" >&2; }
no_review() {
    say "plan-review: $*"
    exit 2
}

command -v jq >/dev/null || no_review 'jq is missing: install it'
command -v "$terraform" >/dev/null || no_review "$terraform is missing: install it, or set TERRAFORM_BINARY_NAME"

work=$(mktemp -d)
# shellcheck disable=SC2329 # by the trap
cleanup() {
    git worktree remove --force "$work/base" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

say 'Synthesizing the change'
rm -rf "$out"
mkdir -p "$out/plans"
./eks-platform synth "${files[@]}" >&2 || no_review 'the change cannot be synthesized'

say "Synthesizing the base $base"
git worktree add --quiet --detach "$work/base" "$base" || no_review "no commit $base: fetch the whole history"
mkdir -p "$work/base-out/stacks"
if [[ -d $work/base/stacks ]]; then
    # With the program of the base, so that what a newer program changes shows as a change, too.
    (
        cd "$work/base"
        shopt -s nullglob
        environments=()
        for file in "${files[@]:-}"; do
            [[ -n $file && -e $file ]] && environments+=("$file")
        done
        [[ ${#files[@]} -gt 0 ]] || environments=(stacks/*.yaml)
        # without a file, synth would take all of them
        [[ ${#environments[@]} -eq 0 ]] ||
            "$work/base/eks-platform" synth --output "$work/base-out" "${environments[@]}" >&2
    ) || say 'The base cannot be synthesized: everything without a plan is shown as new.'
fi

say 'Planning'
review=(--config cdktf.out --base "$work/base-out" --commit "$commit" --fail-on "${FAIL_ON:-high}")
[[ -z ${WAIVERS:-} ]] || review+=(--waivers "$WAIVERS")
[[ -z ${POLICIES:-} ]] || review+=(--policies "$POLICIES")
while IFS= read -r stack; do
    folder=cdktf.out/stacks/$stack
    plan=$root/$out/plans/$stack.tfplan
    [[ $out == /* ]] && plan=$out/plans/$stack.tfplan
    log=$work/$stack.log
    # A stack whose cluster does not exist yet cannot be planned: the review compares what is synthesized instead.
    if "$terraform" -chdir="$folder" init -no-color >"$log" 2>&1 &&
        "$terraform" -chdir="$folder" plan -no-color -lock=false -out="$plan" >>"$log" 2>&1 &&
        "$terraform" -chdir="$folder" show -json "$plan" >"$work/$stack.json"; then
        review+=(--stack "$stack=$work/$stack.json")
    else
        rm -f "$plan"
        say "$stack has no plan: $(grep -m 1 'Error:' "$log" || echo 'terraform failed')"
    fi
done < <(jq -r '.stacks | keys_unsorted[]' cdktf.out/manifest.json)

status=0
./eks-platform review "${review[@]}" --markdown "$out/review.md" --html "$out/review.html" --sarif "$out/review.sarif" \
    --junit "$out/review.xml" --json "$out/review.json" || status=$?
exit "$status"
