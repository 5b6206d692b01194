# Everything here is done by the small Python program in launcher/; see CONTRIBUTING.rst.
PYTHON ?= python3
LAUNCHER = @$(PYTHON) -m launcher

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench stop clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

demo: ## run Odoo with orders and complaints in it (SERVE=0: only write the PDFs; PORT=…)
	$(LAUNCHER) demo $(if $(filter 0,$(SERVE)),--no-serve)

test: ## run all tests (TESTS=/complaint_management:TestX.test_y: only these, quickly)
	$(LAUNCHER) $(if $(TESTS),quick quick --tags "$(TESTS)",test)

lint: ## check code, XML, translations and JavaScript
	$(LAUNCHER) lint

format: ## let the linters mend what they can (FILES=…: only these)
	$(LAUNCHER) format $(FILES)

bench: ## measure speed with the scripts in bench/ (ONLY=…: those whose name has it)
	$(LAUNCHER) bench $(ONLY)

stop: ## end what this checkout started: demo server and PostgreSQL
	$(LAUNCHER) stop

clean: ## remove builds and databases of this checkout (ALL=1: the downloads too)
	$(LAUNCHER) clean $(if $(ALL),--all)
