#!/usr/bin/env bash
# Measures the review of large plans: wall-clock seconds and peak memory by number of changes.
# Needs GNU time. Usage: bench/review.sh [CHANGES...]    (default: 500 1000 2000 5000)
set -euo pipefail
cd "$(dirname "$0")/.."
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(500 1000 2000 5000)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
[ -d target/test-classes ] || mvn -q test-compile
mvn -q dependency:build-classpath -Dmdep.outputFile="$folder/classpath" -Dmdep.includeScope=test
printf '%8s %10s %8s %10s\n' changes 'plan MiB' seconds 'peak MiB'
for size in "${sizes[@]}"; do
  plan="$folder/$size.json"
  java -cp "target/test-classes:target/classes:$(cat "$folder/classpath")" \
    dev.eksplatform.review.LargePlan "$plan" "$size"
  status=0
  /usr/bin/time -f '%e %M' -o "$folder/time" \
    ./eks-platform review --stack "large=$plan" >"$folder/out" 2>"$folder/err" || status=$?
  # 1 means findings; anything above is a failure of the program
  if [ "$status" -gt 1 ]; then
    cat "$folder/err" >&2
    exit "$status"
  fi
  read -r seconds kilobytes < <(tail -n 1 "$folder/time")
  printf '%8d %10.1f %8.2f %10.1f\n' "$size" "$(awk -v b="$(stat -c %s "$plan")" 'BEGIN { print b / 1048576 }')" \
    "$seconds" "$(awk -v k="$kilobytes" 'BEGIN { print k / 1024 }')"
done
