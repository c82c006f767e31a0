#!/usr/bin/env bash
# Puts a review on a GitHub pull request: one comment, found by its marker and updated in place.
#
# Usage: ci/comment.sh REVIEW.md PULL_REQUEST_NUMBER
# Needs gh with a token that may write comments (GH_TOKEN), and GITHUB_REPOSITORY.
set -euo pipefail

markdown=$1
number=$2
marker=$(head -n 1 "$markdown")
[[ $marker == '<!-- '*' -->' ]] || {
    printf 'comment: %s does not begin with a marker\n' "$markdown" >&2
    exit 2
}
comments=repos/$GITHUB_REPOSITORY/issues/$number/comments
# Only a comment of this token's own kind can be changed; somebody else may have quoted the marker.
id=$(MARKER=$marker gh api --paginate "$comments" \
    --jq '.[] | select(.user.type == "Bot" and (.body | startswith(env.MARKER))) | .id' | head -n 1)
if [[ -n $id ]]; then
    gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" -F "body=@$markdown" --silent
else
    gh api --method POST "$comments" -F "body=@$markdown" --silent
fi
