#!/usr/bin/env bash
# Puts a review on a GitHub pull request: one comment, found by its marker (the first line) and updated in place. The result of
# an apply, as apply --markdown writes it, becomes a part of the same comment, above the review; the next review replaces both.
#
# Usage: ci/comment.sh [--update-only] REVIEW.md|RESULT.md PULL_REQUEST_NUMBER
#   --update-only     update an existing comment, but create none. This is implied for a change without effect: when the review in
#                     JSON beside REVIEW.md, which has the same name with .json at its end, has "hasEffect": false
#
# Needs curl, jq, and in the environment:
#   GH_TOKEN          a token with the permission pull-requests: write
#   GITHUB_REPOSITORY OWNER/NAME
#   GITHUB_API_URL    default: https://api.github.com
# Exit status: 0 success, 1 GitHub refuses or does not answer, 2 bad arguments or environment.
set -euo pipefail

readonly attempts=4
readonly page_size=100
readonly longest=65536 # of a comment, in characters

fail() {
    printf 'comment: %s\n' "$2" >&2
    exit "$1"
}

update_only=false
if [[ ${1:-} == --update-only ]]; then
    update_only=true
    shift
fi
[[ $# == 2 && $2 =~ ^[0-9]+$ ]] || fail 2 'usage: ci/comment.sh [--update-only] REVIEW.md PULL_REQUEST_NUMBER'
markdown=$1
number=$2
for program in curl jq; do
    command -v "$program" >/dev/null || fail 2 "$program is missing: install it"
done
for name in GH_TOKEN GITHUB_REPOSITORY; do
    [[ -n ${!name:-} ]] || fail 2 "$name is not set"
done
[[ -r $markdown ]] || fail 2 "$markdown cannot be read"
{ read -r marker && read -r part_marker; } <"$markdown" || true
[[ ${marker:-} == '<!-- '*' -->' ]] || fail 2 "$markdown does not begin with a marker, as review --markdown writes it"
json=${markdown%.md}.json
if [[ -r $json ]]; then
    # A change without effect does not create a comment.
    effect=$(jq .hasEffect "$json" 2>/dev/null) || fail 2 "$json is not a review in JSON"
    [[ $effect != false ]] || update_only=true
fi
# The result of an apply goes into the comment that is there.
part=
if [[ ${part_marker:-} == '<!-- '*' -->' ]]; then
    part=$part_marker
    last=$(tail -n 1 "$markdown")
    [[ $last == "<!-- end of ${part#<!-- }" ]] || fail 2 "$markdown does not end with <!-- end of ${part#<!-- }"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jq --raw-input --slurp '{body: .}' "$markdown" >"$work/comment.json"

# Calls the GitHub API: $code is the HTTP status, $work/answer the body. Fails if the request may be retried.
ask() {
    asked="$1 ${GITHUB_API_URL:-https://api.github.com}/$2"
    local method=$1 url=${asked#* }
    shift 2
    : >"$work/headers"
    : >"$work/answer"
    # The token is passed through a pipe, because everybody on the machine can read command lines.
    code=$(printf 'Authorization: Bearer %s\n' "$GH_TOKEN" |
        curl --silent --show-error --max-time 60 --request "$method" --header @- \
            --header 'Accept: application/vnd.github+json' --header 'X-GitHub-Api-Version: 2022-11-28' \
            --dump-header "$work/headers" --output "$work/answer" --write-out '%{http_code}' "$@" "$url") || code=000
    case $code in
        000 | 429 | 5??) return 1 ;;
        403) [[ -z $(retry_after) ]] ;; # a secondary rate limit has Retry-After, a missing permission has not
    esac
}

retry_after() {
    sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9]\{1,\}\).*/\1/p' "$work/headers"
}

must_succeed() {
    local said fix
    [[ $code != 2?? ]] || return 0
    said=$(jq -r '.message' "$work/answer" 2>/dev/null) || said='no answer of the GitHub API'
    case $code in
        401) fix='give a valid token in GH_TOKEN' ;;
        403) fix='give the token the permission pull-requests: write; a pull request from a fork has none' ;;
        404) fix="check GITHUB_REPOSITORY ($GITHUB_REPOSITORY) and the number, and that the token may see the repository" ;;
        *) fix='see https://docs.github.com/en/rest/issues/comments' ;;
    esac
    fail 1 "$asked: HTTP $code: $said; fix: $fix"
}

# Others may quote the marker, and a token may be able to change their comments: only comments of the token's user count. The token
# of a workflow belongs to an app, which has no user; its comments are those of a bot.
find_comment() {
    local login='' page
    ask GET user || return 1
    if [[ $code != 403 ]]; then
        must_succeed
        login=$(jq -r '.login' "$work/answer")
    fi
    id=
    for ((page = 1; ; page++)); do
        ask GET "$comments?per_page=$page_size&page=$page" || return 1
        must_succeed
        # shellcheck disable=SC2016 # variables of jq
        jq --arg marker "$marker" --arg login "$login" \
            'map(select((if $login == "" then .user.type == "Bot" else .user.login == $login end)
                and (.body // "" | startswith($marker)))) | .[0] // {}' "$work/answer" >"$work/found.json"
        id=$(jq -r '.id // empty' "$work/found.json")
        [[ -z $id && $(jq length "$work/answer") == "$page_size" ]] || break
    done
}

# Puts a part into the comment that was found: after its marker, in the place of an earlier one. What is too long is cut off below.
insert_part() {
    # shellcheck disable=SC2016 # variables of jq
    jq --raw-input --slurp --slurpfile found "$work/found.json" --arg marker "$marker" --arg part "$part" --arg last "$last" \
        --argjson longest "$longest" \
        '($found[0].body | gsub("\r\n"; "\n")[($marker | length):] | ltrimstr("\n")) as $old
        | (if $old | startswith($part) then $old | split($last)[1:] | join($last) | ltrimstr("\n") else $old end) as $rest
        | {body: (. + $rest)[:$longest]}' "$markdown" >"$work/comment.json" || fail 2 'jq is too old'
}

put_comment() {
    find_comment || return 1
    if [[ -n $id ]]; then
        [[ -z $part ]] || insert_part
        ask PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --header 'Content-Type: application/json' \
            --data-binary "@$work/comment.json" || return 1
        must_succeed
    elif [[ $update_only == false ]]; then
        ask POST "$comments" --header 'Content-Type: application/json' --data-binary "@$work/comment.json" || return 1
        must_succeed
    fi
}

comments=repos/$GITHUB_REPOSITORY/issues/$number/comments
# Each attempt looks for the comment again: an attempt without an answer may have created it.
for ((attempt = 1; ; attempt++)); do
    if put_comment; then
        break
    fi
    [[ $attempt -lt $attempts ]] || fail 1 "$asked: HTTP $code, $attempts times; fix: run this again when GitHub is available"
    wait=$(retry_after)
    wait=${wait:-$((2 ** attempt))}
    sleep "$((wait > 60 ? 60 : wait))"
done
