#!/bin/sh
# Runs the staff sets that are measured only (tests/data/budget-sets): a home and a run for each bureau; a minute.
set -eu
bin=${1:?usage: measure-budgets.sh BIN}
homes=$(mktemp -d)
trap 'rm -rf "$homes"' EXIT
for set in tests/data/budget-sets/*/; do
  name=$(basename "$set")
  mkdir "$homes/$name-documents"
  find "$set" -type f ! -name '*.jsonl' -exec cp {} "$homes/$name-documents" \;
  "$bin/madoguchi" --home "$homes/$name" build --corpus "$homes/$name-documents" > "$homes/$name.log" 2>&1
  "$bin/madoguchi" --home "$homes/$name" eval run "$set$name.jsonl"
done
