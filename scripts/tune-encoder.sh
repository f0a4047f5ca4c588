#!/bin/sh
# Fits the turn of the built-in encoder's vectors (index/encoders/use_tuning.npz) on the questions in other languages, on
# those about the built-in documents and on JaQuAD in the BEIR layout, which is not part of this repository: pass its
# folder, and those of sets to measure on. The Japanese questions about the other cities are left to the search's ranker
# (scripts/fit.sh), which would trust vectors too much that were fitted on its own questions.
set -eu
bin=${1:?usage: tune-encoder.sh BIN JAQUAD [MEASURED...]}
jaquad=${2:?usage: tune-encoder.sh BIN JAQUAD [MEASURED...]}
shift 2
training=eval/training
yokohama="eval/testsets/yokohama-counter.jsonl,$training/yokohama-residents.jsonl,$training/yokohama-second.jsonl"
cities=""
for city in harbour hoshimi kayano oose mitsuse; do
  cities="$cities $training/$city=$training/foreign-$city.jsonl"
done
cities="$cities corpus/documents=$yokohama"
# shellcheck disable=SC2086 # the words of $cities are meant
"$bin/python" -m eval.training.encoder --retrieval "$jaquad" --city $cities \
  --measure tests/data/aomine-faq "$@" --output index/encoders/use_tuning.npz \
  --unseen foreign- --unseen-output "$training/encoder/without_foreign.npz"
