# Two commands: `make run` (install, index, chat) and `make test` (install, check everything). `make help` lists all.
# Every target is relative: the folder's own path may hold spaces or Chinese characters.
# Settings reach every command from outside, e.g. `make run POLICY_PORT=8080`; see README.md.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PYTEST ?=

PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
LOCK := requirements.lock
TEST_LOCK := requirements-test.lock

# A stamp is named after what was installed and where, so a changed lock or a moved folder installs again.
RUN_KEY := $(shell { pwd; cat $(LOCK) pyproject.toml; } | cksum | cut -d ' ' -f 1)
TEST_KEY := $(shell { pwd; cat $(LOCK) $(TEST_LOCK) pyproject.toml; } | cksum | cut -d ' ' -f 1)
RUN_STAMP := .venv/installed-run-$(RUN_KEY)
TEST_STAMP := .venv/installed-test-$(TEST_KEY)

export PYTHONUTF8 := 1

.PHONY: help install run test index eval gate bench check format lock clean

help: ## 显示各命令 / list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

run: index ## 安装、建索引、打开问答页面 / install, index, serve the chat
	$(PY) -m assistant serve

install: $(RUN_STAMP) ## 仅安装 / install only

# A failed check does not hide the tests: all run, pytest last, and any failure fails the target. Where only a part of
# the tests is asked for, the gate is left out.
test: $(TEST_STAMP) ## 全部检查与测试 / every check and test
	@status=0; $(MAKE) --no-print-directory check || status=$$?; \
	$(if $(PYTEST),,$(MAKE) --no-print-directory gate || status=$$?;) \
	$(PY) -m pytest $(PYTEST) || status=$$?; exit $$status

index: $(RUN_STAMP) ## 建立或更新索引 / build or refresh the index
	$(PY) -m assistant index

eval: index ## 评测得分并与基线比较 / scores against the baseline
	$(PY) -m assistant eval

gate: index ## 把关：有题由对变错到不可接受时失败 / fail where answers were lost
	$(PY) -m assistant eval --gate

bench: $(TEST_STAMP) index ## 速度与比值 / speed, as ratios
	$(PY) -m evals.bench

check: $(TEST_STAMP) ## 仅静态检查 / lint, types and imports only
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c "from importlinter.cli import lint_imports_command as lint; lint()"

format: $(TEST_STAMP) ## 自动整理代码 / format the code
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

lock: $(TEST_STAMP) ## 依 pyproject.toml 重写锁定文件 / rewrite the locks from pyproject.toml
	$(PIP) install --quiet --no-build-isolation -e '.[test]'
	$(PY) .ci/lock.py

clean: ## 删除环境与索引 / remove the environment and the index
	rm -rf .venv index/store build policy_assistant.egg-info

# A working environment is kept; a missing or half-made one is made anew.
.venv/ready:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	  echo "找不到 $(PYTHON)。请安装 Python 3.11 或更高版本，或用 make PYTHON=路径 指定。" >&2; \
	  echo "$(PYTHON) not found. Install Python 3.11 or later, or name it: make PYTHON=path." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "需要 Python 3.11 或更高版本，而 $(PYTHON) 较旧。请用 make PYTHON=python3.11 指定。" >&2; \
	  echo "Python 3.11 or later is needed; $(PYTHON) is older. Name another: make PYTHON=python3.11." >&2; exit 1; }
	"$(PYTHON)" -m venv --clear .venv || { \
	  echo "无法创建虚拟环境。在 Debian/Ubuntu 上请先安装 python3-venv。" >&2; \
	  echo "No virtual environment could be made. On Debian/Ubuntu install python3-venv first." >&2; exit 1; }
	@touch $@

# The lock names every package, so nothing is resolved (a fifth of the time); `pip check` proves it complete.
# Where it is not (another Python, a CUDA build of torch), pip adds what is missing without moving a pin.
$(RUN_STAMP): | .venv/ready
	$(PIP) install --no-deps --use-pep517 -r $(LOCK)
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	$(PIP) check || $(PIP) install -r $(LOCK)
	@rm -f .venv/installed-run-*
	@touch $@

$(TEST_STAMP): | $(RUN_STAMP)
	$(PIP) install --no-deps --use-pep517 -r $(TEST_LOCK)
	$(PIP) check || $(PIP) install -r $(LOCK) -r $(TEST_LOCK)
	@rm -f .venv/installed-test-*
	@touch $@
