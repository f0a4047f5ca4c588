#!/bin/sh
# Fits what fuses the legs of the search (index/fusion/ranker.json), then what chooses an answer (qa/pieces/model) on
# all training questions: an index for each city, then one fit over all of them. JAQUAD is the folder of JaQuAD's
# questions in the BEIR layout: the cross-encoder reads them before it reads the cities'.
set -eu
bin=${1:?usage: fit.sh BIN HOMES JAQUAD}
homes=${2:?usage: fit.sh BIN HOMES JAQUAD}
jaquad=${3:?usage: fit.sh BIN HOMES JAQUAD}
training=eval/training
old="harbour hoshimi tsurugi kayano oose mitsuse harunagawa"
cities="corpus/documents=eval/testsets/yokohama-counter.jsonl,$training/yokohama-residents.jsonl,$training/yokohama-second.jsonl"
cities="$cities tests/data/othercity/documents=tests/data/othercity/questions.jsonl,$training/othercity.jsonl"
for city in $old; do
  cities="$cities $training/$city=$training/$city.jsonl"
done
# shellcheck disable=SC2086 # the words of $cities are meant
"$bin/python" -m eval.training.fusion --retrieval "$training/mizuhodai-faq" --city $cities \
  --measure tests/data/aomine-faq --output index/fusion/ranker.json

# index CITY DOCUMENTS QUESTIONS: builds the city's index, and adds it to $sets
index() {
  "$bin/madoguchi" --home "$homes/$1" build --corpus "$2"
  sets="$sets $1=$homes/$1=$3"
}
sets=""
own="eval/testsets/yokohama-dev.jsonl,eval/testsets/yokohama-counter.jsonl,eval/testsets/yokohama-silent.jsonl"
own="$own,eval/testsets/yokohama-foreign.jsonl,$training/yokohama-residents.jsonl,$training/yokohama-second.jsonl"
index yokohama corpus/documents "$own"
index othercity tests/data/othercity/documents "tests/data/othercity/questions.jsonl,$training/othercity.jsonl"
for city in $old; do
  questions="$training/$city.jsonl"
  [ ! -f "$training/foreign-$city.jsonl" ] || questions="$questions,$training/foreign-$city.jsonl"
  index "$city" "$training/$city" "$questions"
done
measured="togashi karasuma"
for folder in "$training"/cities/*; do
  city=$(basename "$folder")
  case " $measured " in *" $city "*) continue ;; esac
  index "$city" "$folder/documents" "$folder/questions.jsonl,$folder/dialogues.jsonl"
done
worlds="01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20"
for world in $worlds; do
  "$bin/python" -m eval.near_misses --write "$homes/worlds/$world" --seed "$world" --pairs 4
  index "near$world" "$homes/worlds/$world/documents" "$homes/worlds/$world/questions.jsonl"
done
fitted=$sets
sets=""
for city in $measured; do
  folder=$training/cities/$city
  index "$city" "$folder/documents" "$folder/questions.jsonl,$folder/dialogues.jsonl"
done
# shellcheck disable=SC2086 # the words of $fitted and $sets are meant
"$bin/python" -m eval.training.cross "$jaquad" --output "$homes/read.pt"
"$bin/python" -m eval.training.pieces $fitted --measure $sets --pretrained "$homes/read.pt" \
  --output qa/pieces/model --cross-output qa/cross/model
"$bin/python" -m eval.training.tables "$homes/tables"
"$bin/python" -m eval.training.talk --measure tests/data/talk.tsv --output qa/talk/model
