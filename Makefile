# make demo · make test · make run: everything else follows from these.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
DEMO ?= $(HOME)/gridworker-demo
PACKAGES := libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libglib2.0-0
WINDOW := libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0
WINDOW_LIBRARIES := lib(xcb-(cursor|icccm|keysyms|image|render-util|shape|xkb)|xkbcommon-x11)\.so
OFFICE := libreoffice-calc-nogui python3-uno
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)

N ?= 1000

.PHONY: help demo test run build lint bench setup system window office install long campaign
.DEFAULT_GOAL := help

help:
	@echo "make demo   the main job on invented people, then the window if there is a display"
	@echo "make test   lint, types and the whole suite"
	@echo "make run    just the program"
	@echo "make build  one folder with two programs that need nothing else, for this system"
	@echo "make lint · make bench · make long   checks · speed · long Hypothesis runs"
	@echo "make campaign N=10000   random histories of real stores and workbooks"

demo: setup window
	$(BIN)/python -m gridworker.cli.story "$(DEMO)"

run: setup window
	@$(BIN)/python -m gridworker

test: setup office lint
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --dist worksteal

lint: setup
	$(BIN)/ruff check gridworker tests
	$(BIN)/ruff format --check gridworker tests
	$(BIN)/mypy

# The bundle for this system in dist/, and whether both its programs work.
build: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pyinstaller
	$(BIN)/pyinstaller --noconfirm --log-level WARN --workpath $(VENV)/build build.spec
	QT_QPA_PLATFORM=offscreen dist/gridworker-*/gridworker-cli self-test
	@du -sh dist/gridworker-*

bench: setup
	$(BIN)/python -m tests.bench

long: setup
	GRIDWORKER_HYPOTHESIS=long QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 tests/domain tests/store tests/services

campaign: setup
	$(BIN)/python -m tests.campaign $(N)

setup: system $(READY)

$(READY): pyproject.toml
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || $(MAKE) --no-print-directory install WANTED="python3-venv"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

# Libraries that Qt needs even without a screen.
system:
	@ldconfig -p 2>/dev/null | grep -q libEGL.so.1 && ldconfig -p | grep -q libxkbcommon.so.0 \
	 || $(MAKE) --no-print-directory install WANTED="$(PACKAGES)"

# What Qt needs beside them where there is a screen; a desktop lacks some of it, a window would abort without a word.
window:
	@[ -z "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(ldconfig -p | grep -oE '$(WINDOW_LIBRARIES)' | sort -u | wc -l)" = 8 ] \
	 || $(MAKE) --no-print-directory install WANTED="$(WINDOW)"

# The real spreadsheet program that the round trips run through.
office:
	@{ command -v soffice && /usr/bin/python3 -c "import uno"; } >/dev/null 2>&1 || $(MAKE) --no-print-directory install WANTED="$(OFFICE)"

install:
	@if command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || [ -n "$(SUDO)" ]; }; then \
	  $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $(WANTED); \
	else echo "Please install: $(WANTED)"; fi
