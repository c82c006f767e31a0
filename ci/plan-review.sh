#!/usr/bin/env bash
# Plans and reviews a change, on any CI system; the GitHub workflow plan-review.yml runs this script, too.
#
# Usage: ci/plan-review.sh [FILE...]      environment files, with their path in the repository (default: stacks/*.yaml and stacks/*.yml)
#
# Needs git with the whole history, JDK 17, Node.js, Maven, terraform, jq, and credentials that may read the account. A stack
# that cannot be planned, because credentials or its cluster are missing, is reviewed by the difference of its synthesized JSON.
# Environment:
#   BASE              a branch or commit; the change is compared with its merge base (default: origin/main)
#   OUT               the output folder (default: plan-review)
#   FAIL_ON           the lowest severity of a finding of this change that fails (default: high)
#   FAIL_ON_ALL       the lowest severity of any finding that fails, also of one that existed before (default: those do not fail)
#   FAIL_ON_RISK      the lowest severity of a risk that fails (default: risks do not fail)
#   RUN_URL           the address of this run, which the review links to
#   WAIVERS, POLICIES a waiver file; a folder with your own guardrails
#
# Writes OUT/review.{md,html,sarif,xml,json} and the reviewed plans OUT/plans/<stack>.tfplan. Apply them with
#   ./eks-platform apply --reviewed OUT/review.json --stack <stack>=OUT/plans/<stack>.tfplan --markdown result.md
# and put the result into the comment of the pull request with ci/comment.sh result.md NUMBER.
# Plan files and their JSON contain secrets in clear text; the JSON is deleted here, the plan files belong in private storage.
# Exit status: 0 the change passes, 1 it does not, 2 no review.
set -euo pipefail
export CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1 TF_INPUT=0

say() { printf '%s\n' "$*" >&2; }
no_review() {
    say "plan-review: $*"
    exit 2
}

root=$(git rev-parse --show-toplevel) || no_review 'the working directory is not in a git repository'
cd "$root"
out=${OUT:-plan-review}
[[ $out == /* ]] || out=$root/$out
since=${BASE:-origin/main}
terraform=${TERRAFORM_BINARY_NAME:-terraform}
files=("$@")
rm -rf "$out/plans" "$out"/review.{md,html,sarif,xml,json}

command -v jq >/dev/null || no_review 'jq is missing: install it'
command -v "$terraform" >/dev/null || no_review "$terraform is missing: install it, or set TERRAFORM_BINARY_NAME"
commit=$(git rev-parse HEAD)
base=$(git merge-base HEAD "$since") || no_review "HEAD and $since have no common ancestor: fetch the whole history, or set BASE"

work=$(mktemp -d)
status=2 # if the script ends before the review
# shellcheck disable=SC2317,SC2329 # called by the trap
clean_up() {
    git worktree remove --force "$work/base" 2>/dev/null || true
    rm -rf "$work"
    exit "$status"
}
trap clean_up EXIT

# In the files of the base, so that paths are the same as in the change.
synthesize_base() (
    cd "$work/base"
    environments=()
    for file in "${files[@]}"; do
        [[ ! -e $file ]] || environments+=("$file")
    done
    if [[ ${#files[@]} == 0 ]]; then
        shopt -s nullglob
        environments=(stacks/*.yaml stacks/*.yml)
    fi
    # without arguments, synth would read all of stacks/
    [[ ${#environments[@]} == 0 ]] || "$1" synth --output "$work/base-out" "${environments[@]}" >&2
)

say 'Synthesizing the change'
./eks-platform synth --output cdktf.out "${files[@]}" >&2 || no_review 'the change cannot be synthesized'

git worktree add --quiet --detach "$work/base" "$base"
if git diff --quiet "$base" -- eks-platform pom.xml bindings policies src/main; then
    say "Synthesizing the base $base"
    program=$root/eks-platform
else
    # Another version of the program may synthesize the same files differently, which is a change, too.
    say "Synthesizing the base $base with its own version of eks-platform: building it takes a minute or two"
    program=$work/base/eks-platform
fi
mkdir -p "$work/base-out/stacks"
synthesize_base "$program" || say 'The base cannot be synthesized: everything without a plan is shown as new.'

say 'Planning'
mkdir -p "$out"
mkdir -m 700 "$out/plans"
review=(--config cdktf.out --base "$work/base-out" --commit "$commit" --fail-on "${FAIL_ON:-high}")
[[ -z ${FAIL_ON_ALL:-} ]] || review+=(--fail-on-all "$FAIL_ON_ALL")
[[ -z ${FAIL_ON_RISK:-} ]] || review+=(--fail-on-risk "$FAIL_ON_RISK")
[[ -z ${RUN_URL:-} ]] || review+=(--run "$RUN_URL")
[[ -z ${WAIVERS:-} ]] || review+=(--waivers "$WAIVERS")
[[ -z ${POLICIES:-} ]] || review+=(--policies "$POLICIES")
stacks=$(jq -r '.stacks | keys_unsorted[]' cdktf.out/manifest.json)
for stack in $stacks; do
    folder=cdktf.out/stacks/$stack
    plan=$out/plans/$stack.tfplan
    log=$work/$stack.log
    # No lock, because the role can only read and nothing is written.
    if "$terraform" -chdir="$folder" init -no-color >"$log" 2>&1 &&
        "$terraform" -chdir="$folder" plan -no-color -lock=false -out="$plan" >>"$log" 2>&1 &&
        "$terraform" -chdir="$folder" show -json "$plan" >"$work/$stack.json" 2>>"$log"; then
        review+=(--stack "$stack=$work/$stack.json" --plan-file "$stack=$plan")
    else
        rm -f "$plan"
        review+=(--unplanned "$stack")
        say "$stack has no plan: $(grep -m 1 'Error:' "$log" || echo "$terraform failed")"
    fi
done

status=0
./eks-platform review "${review[@]}" --markdown "$out/review.md" --html "$out/review.html" --sarif "$out/review.sarif" \
    --junit "$out/review.xml" --json "$out/review.json" || status=$?
[[ $status == [01] ]] || status=2
