# Everything a contributor runs; CI runs the same targets (.ci/run).

export SWIFT_BACKTRACE ?= enable=no
SECONDS ?= 60

.PHONY: help deps build demo test lint bench performance interop sanitize sanitize-thread sanitize-address fuzz clean

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 18

deps: ## install the Debian packages that a build needs, if any is missing
	@scripts/install-packages

build: deps ## the gateway, optimised: .build/release/dragoman
	swift build -c release --product dragoman

demo: build ## build, then serve a small bank through every face
	.build/release/dragoman demo

test: deps ## the unit tests
	swift test

lint: ## format, dependency rules, banned calls
	find Package.swift Sources Tests Benchmarks Fuzz -name '.build*' -prune -o -name '*.swift' -print0 | \
		xargs -0 swift format lint --strict --parallel
	scripts/check-dependencies

bench: deps ## codecs: messages and megabytes per second of processor time
	swift run --package-path Benchmarks -c release codec

performance: build ## everything beside nginx, HAProxy and Envoy, and the table of docs/performance.md
	Benchmarks/peers
	Benchmarks/table

interop: build ## REST callers against ext-soap, gSOAP and spyne
	Tests/Interop/run

sanitize: sanitize-thread sanitize-address ## the unit tests under both sanitizers

# A few tests at a time: a thousand at once, each some times slower, run into their time limits.
sanitize-thread sanitize-address: export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH = 4

# Optimised, because a test that ThreadSanitizer slows down ten times more runs into its time limit, too.
sanitize-thread: deps
	swift test --sanitize=thread --scratch-path .build-thread -Xswiftc -O

sanitize-address: deps
	LSAN_OPTIONS=suppressions=$(CURDIR)/scripts/leaks.suppressions \
		swift test --sanitize=address --scratch-path .build-address

fuzz: deps ## every fuzz target for SECONDS (60) each
	Fuzz/run $(SECONDS)

clean: ## remove everything that was built
	rm -rf .build .build-*
