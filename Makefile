# Everything one does with this checkout. Targets and prerequisites are relative names: the path may hold spaces.
# Only Python 3.11 or later, pip, git and make are needed; the rest is installed into .tools and .venv.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PY := .venv/bin/python
UP :=
ARGS :=
# Dozens of processes are started here; where the environment forbids keeping what is compiled, each compiles everything again.
export PYTHONDONTWRITEBYTECODE :=

FIND_PYTHON = for candidate in python3 python3.11 python3.12 python3.13 python3.14; do \
	if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$candidate; exit; fi; done
BOOTSTRAP = found="$$($(FIND_PYTHON))"; \
	if [ -z "$$found" ]; then echo '✗ 找不到 Python 3.11 或更新的版本(Python 3.11 or later is needed)' >&2; exit 1; fi; \
	"$$found" tools/bootstrap.py

.PHONY: help run test check fmt bench simulate shots test-postgres15 dist lock install install-dev clean

help: ## 列出所有命令
	@grep -E '^[a-z0-9-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "  make %-16s %s\n", $$1, $$2}'

run: install ## 启动一切(演示模式);WOLONG_PORT 换端口,WOLONG_HOST 对外开放
	@WOLONG_DEMO=$${WOLONG_DEMO-1} exec .venv/bin/wolong up $(UP)

test: install-dev ## 运行全部测试,含浏览器旅程;ARGS 传给 pytest
	@$(PY) tools/browser.py
	@$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: install-dev ## 一分钟内的检查:格式、类型、房屋结构、规则测试
	@$(PY) tools/check.py $(ARGS)

fmt: install-dev ## 整理代码格式
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format .

bench: install-dev ## 性能测量(约一小时；ARGS=--quick 约十五分钟)
	@$(PY) bench/run.py $(ARGS)

simulate: install-dev ## 模拟一年:编排的计划与固定清单,同样的工时各查出多少(约十分钟)
	@$(PY) bench/simulate.py $(ARGS)

shots: install-dev ## 只跑浏览器旅程,截图放在 tests/journeys/shots
	@$(PY) tools/browser.py
	@$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m journey $(ARGS)

test-postgres15: install-dev ## 在 Debian 12 的 PostgreSQL 15 上运行全部测试(需要 root)
	@$(PY) tools/postgres15.py $(ARGS)

dist: install ## 打成一个安装包(dist/*.whl)，用 pip 装好即可 wolong up
	@$(PY) tools/dist.py

lock: install-dev ## 按 pyproject.toml 重新锁定依赖
	@$(PY) tools/lock.py

install:
	@$(BOOTSTRAP) run

install-dev:
	@$(BOOTSTRAP) dev

clean: ## 删除 .venv 和 .tools(数据在 var,不动)
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
