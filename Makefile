# Each target is a script in scripts/ that runs as well without make.
.PHONY: help demo test check build dist bench setup

help: ## This list
	@echo "careo: what can be made here"
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

demo: ## Build, read the NBA case, write target/demo/, serve it (PORT=8080; SERVE=0: don't serve)
	@scripts/setup.sh rust viewer
	@scripts/build.sh
	@scripts/demo.sh

test: ## Everything: format, lints, native tests, browser tests
	@scripts/setup.sh
	@scripts/check.sh

check: ## The quick loop: format, lints, native tests
	@scripts/check.sh format clippy test

build: ## The viewer in dist/, the command line with the viewer inside in target/release/careo
	@scripts/setup.sh rust viewer
	@scripts/build.sh

dist: ## What a release has, as far as it can be made here: crate, wheel, archive; each installed and tried
	@scripts/setup.sh rust viewer python
	@scripts/build.sh
	@scripts/dist.sh

bench: ## Measure, and write docs/benchmarks.md; leave the machine alone meanwhile
	@scripts/setup.sh
	@scripts/setup.sh scipy
	@scripts/build.sh
	@scripts/bench.sh

setup: ## Install what is missing; what that is, is named first
	@scripts/setup.sh
