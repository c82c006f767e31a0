#!/usr/bin/env bash
# Measures the review of large plans with all five outputs: wall-clock seconds (the median of 3 runs), peak memory, and the
# milliseconds per additional change, which are equal if the growth is linear.
# Needs GNU time. Usage: bench/review.sh [CHANGES...]    (default: 500 1000 2000 5000 20000)
set -euo pipefail
cd "$(dirname "$0")/.."
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(500 1000 2000 5000 20000)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
[ -d target/test-classes ] || mvn -q test-compile
mvn -q dependency:build-classpath -Dmdep.outputFile="$folder/classpath" -Dmdep.includeScope=test
# builds what is missing, before the measurement
./eks-platform review --help >/dev/null
printf '%8s %10s %8s %10s %14s\n' changes 'plan MiB' seconds 'peak MiB' 'ms per change'
last_size=0 last_seconds=0
for size in "${sizes[@]}"; do
    plan="$folder/$size.json"
    java -cp "target/test-classes:target/classes:$(cat "$folder/classpath")" \
        dev.eksplatform.internal.review.LargePlan "$plan" "$size"
    rm -f "$folder/times"
    for _ in 1 2 3; do
        status=0
        /usr/bin/time -f '%e %M' -o "$folder/time" \
            ./eks-platform review --stack "large=$plan" --markdown "$folder/review.md" --html "$folder/review.html" \
            --sarif "$folder/review.sarif" --junit "$folder/review.xml" --json "$folder/review.json" \
            >"$folder/out" 2>"$folder/err" || status=$?
        # 1 means findings; anything above is a failure of the program
        if [ "$status" -gt 1 ]; then
            cat "$folder/err" >&2
            exit "$status"
        fi
        tail -n 1 "$folder/time" >>"$folder/times"
    done
    read -r seconds kilobytes < <(sort -n "$folder/times" | sed -n 2p)
    awk -v n="$size" -v b="$(stat -c %s "$plan")" -v s="$seconds" -v k="$kilobytes" -v n0="$last_size" -v s0="$last_seconds" \
        'BEGIN { printf "%8d %10.1f %8.2f %10.1f %14s\n", n, b / 1048576, s, k / 1024, n0 ? sprintf("%.2f", (s - s0) / (n - n0) * 1000) : "" }'
    last_size=$size last_seconds=$seconds
done
