#!/bin/sh
# Fits what a question about a budget asks for, and which item it means (qa/frames/model): some fifteen minutes.
set -eu
bin=${1:?usage: fit-frames.sh BIN}
"$bin/python" -m eval.training.frames --train eval/training/frames/writer-*.tsv eval/training/frames/dialogues-*.tsv \
  --measure tests/data/budget-wordings/writer-*.tsv --output qa/frames/model/operations.npz
"$bin/python" -m eval.training.frames.references --words qa/frames/model/operations.npz --output qa/frames/model
