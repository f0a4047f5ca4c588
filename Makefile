# Two commands matter: `make serve` and `make test`. Both need Python 3.11+, make and a C compiler, nothing else.
PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 7860
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

export GRADIO_ANALYTICS_ENABLED := False
export HF_HUB_OFFLINE := 1

.DEFAULT_GOAL := help
.PHONY: help setup build serve test check bench near-misses kills browser ocr fit readme clean

help: ## この一覧を表示する
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP) ## .venv を作り、固定した版の部品を入れる

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Python 3.11 以上が必要です。例: make PYTHON=python3.11 $(MAKECMDGOALS)' >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@

build: setup ## 収録文書の索引を作る
	$(BIN)/madoguchi build

serve: setup ## 索引がなければ作り、ページと API を開く
	@$(BIN)/madoguchi doctor --quiet || $(BIN)/madoguchi build
	$(BIN)/madoguchi serve --host $(HOST) --port $(PORT)

check: setup ## 書式・型・import の向きを調べる
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_architecture.py -k 'not cold'

test: check browser ## check とすべてのテスト（2 つのプロセスで、ファイルごとに分ける）
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

browser: ## ブラウザのテストが使う Chromium と和文フォントを用意する
	@sh scripts/install-browser.sh

ocr: ## スキャンした PDF を読む文字認識（tesseract と日本語データ）を入れる
	@sh scripts/install-ocr.sh

bench: setup ## 速さとメモリを測り、表と JSON を出す
	$(BIN)/python -m bench
	$(BIN)/python -m bench.ledger
	$(BIN)/python -m bench.adversarial
	$(BIN)/python -m bench.scale
	$(BIN)/madoguchi doctor --quiet || $(BIN)/madoguchi build
	$(BIN)/madoguchi eval run yokohama-dev --output bench/results/yokohama-dev

kills: setup ## 文書を加えたり外したりする途中で30回止め、何も失われないことを確かめる
	MADOGUCHI_KILLS=30 $(BIN)/python -m pytest -q tests/qa/test_killed_change.py

near-misses: setup ## 隣にしか書かれていないことを答えないか、作った文書と600問で測る
	$(BIN)/python -m eval.near_misses --json build/near-misses.json

fit: setup ## 答えの選び方と確かさを、学習用の質問すべてで求め直す（JAQUAD=JaQuAD のフォルダ）
	sh scripts/fit.sh $(BIN) build/fit $(JAQUAD)

readme: setup ## README の実行例の出力を書き直す
	$(BIN)/python scripts/readme.py

clean: ## .venv と生成物を消す（索引は残す）
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
