#!/bin/sh
# Fits what fuses the legs of the search (index/fusion/ranker.json), then the judgement (qa/judgement.json) on all
# training questions: an index for each city, then one fit over all.
set -eu
bin=${1:?usage: fit.sh BIN HOMES}
homes=${2:?usage: fit.sh BIN HOMES}
training=eval/training
cities="corpus/documents=eval/testsets/yokohama-counter.jsonl,$training/yokohama-residents.jsonl,$training/yokohama-second.jsonl"
cities="$cities tests/data/othercity/documents=tests/data/othercity/questions.jsonl,$training/othercity.jsonl"
for city in harbour hoshimi tsurugi kayano oose mitsuse harunagawa; do
  cities="$cities $training/$city=$training/$city.jsonl"
done
# shellcheck disable=SC2086 # the words of $cities are meant
"$bin/python" -m eval.training.fusion --retrieval "$training/mizuhodai-faq" --city $cities \
  --measure tests/data/aomine-faq --output index/fusion/ranker.json
sets="$homes/yokohama=yokohama-dev $homes/yokohama=yokohama-counter $homes/yokohama=yokohama-silent"
"$bin/madoguchi" --home "$homes/yokohama" build
for set in yokohama-residents yokohama-second; do
  sets="$sets $homes/yokohama=eval/training/$set.jsonl"
done
"$bin/madoguchi" --home "$homes/othercity" build --corpus tests/data/othercity/documents
sets="$sets $homes/othercity=tests/data/othercity/questions.jsonl $homes/othercity=eval/training/othercity.jsonl"
for city in harbour hoshimi tsurugi kayano oose mitsuse harunagawa; do
  "$bin/madoguchi" --home "$homes/$city" build --corpus "eval/training/$city"
  sets="$sets $homes/$city=eval/training/$city.jsonl"
done
# shellcheck disable=SC2086 # the words of $sets are meant
"$bin/python" -m eval.fitting $sets --output qa/judgement.json
