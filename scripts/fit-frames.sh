#!/bin/sh
# Fits which operation a question about a budget asks for (qa/frames/model/operations.npz): some two minutes.
set -eu
bin=${1:?usage: fit-frames.sh BIN}
"$bin/python" -m eval.training.frames --train eval/training/frames/writer-*.tsv \
  --measure tests/data/budget-wordings/writer-d.tsv --output qa/frames/model/operations.npz
