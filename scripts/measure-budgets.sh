#!/bin/sh
# Runs the staff sets of a directory (those that are measured only, if none is named): a home and a run for each bureau.
set -eu
bin=${1:?usage: measure-budgets.sh BIN [DIRECTORY]}
sets=${2:-tests/data/budget-sets}
homes=$(mktemp -d)
trap 'rm -rf "$homes"' EXIT
for set in "$sets"/*/; do
  name=$(basename "$set")
  mkdir "$homes/$name-documents"
  find "$set" -type f ! -name '*.jsonl' -exec cp {} "$homes/$name-documents" \;
  "$bin/madoguchi" --home "$homes/$name" build --corpus "$homes/$name-documents" > "$homes/$name.log" 2>&1
  "$bin/madoguchi" --home "$homes/$name" eval run "$set$name.jsonl"
done
