# SPDX-License-Identifier: GPL-2.0-or-later
# Every target of scxbench; `make help` lists them. Schedulers, workloads, tests and C files are found
# by wildcard: adding one is adding its file.
#
# Building happens where the tools are: on this machine (WHERE=native) or, for the lab, in a chroot of
# the lab's Debian root (WHERE=lab). `make build` is the same recipe in both; O is where it goes.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SECONDARY:

# A short line a file; V=1 shows whole commands, make -s nothing. Warnings and errors are always in full.
ifndef V
.SILENT:
say = $(if $(silent),,printf '  %-7s %s\n' $(1) $(2))
silent := $(findstring s,$(firstword -$(MAKEFLAGS)))
endif
MAKEFLAGS += -r

# A word for a shell, whatever is in it.
q = '$(subst ','\'',$(1))'

# A value is words for a program, never a command: make itself would run what is in a $(...), and a shell what stands
# in a recipe as it is. But compilers and their options are commands, and ARGS is the shell's to read. Before the first
# shell function, whose environment has all of them, expanded, from make 4.4 on.
override COMMANDS := CC CFLAGS LDFLAGS LDLIBS CLANG AR ARGS
override BARE := O V WERROR VERSION PKGS VMLINUX_BTF VMLINUX_H PREFIX
override dollar := $$
override comma := ,
override is_given = $(filter command environment,$(firstword $(origin $(1))))
override OURS := $(filter-out $(COMMANDS),$(BARE) $(foreach w,$(file <$(firstword $(MAKEFILE_LIST))),\
	$(if $(findstring =,$(w)),$(firstword $(subst =, ,$(subst `,,$(w)))))) \
	$(foreach v,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(v)))),$(v))))
$(foreach v,$(sort $(OURS)),$(if $(call is_given,$(v)),$(if $(findstring $(dollar),$(subst $(dollar)$(dollar),,$(value $(v)))),\
	$(error $(v)=$(value $(v)): write $$$$ for a $$: make would run what follows it))))
$(foreach v,$(BARE),$(if $(call is_given,$(v)),$(foreach c,; & | < > ( ) ' " ` \ * ? [ ] { } ! $(comma) $(dollar),\
	$(if $(findstring $(c),$(value $(v))),$(error $(v)=$(value $(v)) may hold no $(c))))))

# A slip in a variable is refused, and not ignored.
override GIVEN := $(if $(filter 0,$(MAKELEVEL)),$(foreach v,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(v)))),$(call q,$(v)))))
ifneq ($(strip $(GIVEN)),)
override WRONG := $(shell harness/variables.sh $(GIVEN))
$(if $(WRONG),$(error $(WRONG)))
endif

VERSION := 0.9
O ?= .build/native
ifeq ($(origin CC),default)
CC := gcc
endif
CLANG ?= $(firstword $(wildcard /usr/bin/clang-2[0-9] /usr/bin/clang-19) clang)
# The libraries, each as "NAME >= VERSION" where a version is needed, from the one table of what is needed.
PKGS = $(shell awk -F ' *[|] *' '/^build/ && split($$3, how, " ") && how[1] == "library" { \
	printf "%s%s ", how[2], how[3] ? " >= " how[3] : "" }' harness/lab/needs)
# The kernel's types: of a package, or else of the running kernel, or of VMLINUX_BTF=.
VMLINUX_BTF ?= /sys/kernel/btf/vmlinux
VMLINUX_H ?= $(firstword $(wildcard /usr/include/$(shell uname -m)-linux-gnu/linux/bpf/vmlinux.h) $(O)/vmlinux/vmlinux.h)
# A warning is an error where the compilers are ours, in the lab, and elsewhere with WERROR=1.
WERROR ?= $(filter .build/lab,$(O))

# Asked once a run, and only by what compiles.
pkg_config = $(shell pkg-config $(1))$(if $(filter-out 0,$(.SHELLSTATUS)),$(error a library is missing or too old, see above: make deps WHERE=native))
PKG_CFLAGS = $(eval PKG_CFLAGS := $(call pkg_config,--cflags '$(PKGS)'))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $(call pkg_config,--libs '$(PKGS)'))$(PKG_LIBS)
LIBBPF = $(eval LIBBPF := $(call pkg_config,--libs libbpf))$(LIBBPF)

CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra $(if $(WERROR),-Werror)
CFLAGS_ALL = -std=gnu11 $(WARNINGS) -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-D_GNU_SOURCE -Iharness -Ischedulers/include $(PKG_CFLAGS) $(CFLAGS)
LDLIBS_ALL = $(PKG_LIBS) -lunistring -lm $(LDLIBS)
BPF_TARGET = -std=gnu11 -O2 -g -target bpf -mcpu=v3 -fms-extensions
BPF_CFLAGS = $(BPF_TARGET) $(WARNINGS) \
	-Wno-missing-declarations -Wno-unused-parameter -Ischedulers/include \
	-isystem $(dir $(VMLINUX_H)) -D__TARGET_ARCH_x86

# Every way to make a file of one source. Rebuilt when the flags change; headers by the compilers' own .d
# files. CFLAGS_HERE is what some targets add: in CFLAGS it would change $(O)/flags too; CC_HERE is another compiler.
define compile
	$(call say,CC,$<)
	mkdir -p $(@D)
	$(or $(CC_HERE),$(CC)) $(CFLAGS_ALL) $(CFLAGS_HERE) -MMD -MP -c -o $@ $<
endef
define compile_bpf
	$(call say,BPF,$<)
	mkdir -p $(@D)
	$(CLANG) $(BPF_CFLAGS) -MMD -MP -c -o $@ $<
endef
define archive
	$(call say,AR,$@)
	rm -f $@
	$(AR) qcsT $@ $(filter %.o,$^)
endef

SRCS := $(sort $(filter-out %.bpf.c,$(wildcard harness/*.c harness/*/*.c)))
OBJS := $(SRCS:%.c=$(O)/%.o)
POLICIES := $(sort $(notdir $(patsubst %/,%,$(dir $(wildcard schedulers/*/*.bpf.c)))))
BPF_OBJS := $(POLICIES:%=$(O)/schedulers/%.bpf.o) $(patsubst %.c,$(O)/%.o,$(wildcard harness/*/*.bpf.c))
KIT := workloads/kit
FOLDERS := $(filter-out $(KIT),$(patsubst %/,%,$(sort $(dir $(wildcard workloads/*/*.c)))))
ONE_FILE := $(patsubst %.c,$(O)/%,$(wildcard workloads/*.c schedulers/controllers/*.c))
STAGED := $(patsubst %,$(O)/%,$(filter-out %.md %.c %.h %.png $(KIT) $(FOLDERS),$(wildcard workloads/* plots/*))) \
	$(FOLDERS:%=$(O)/%) $(ONE_FILE) $(addprefix $(O)/harness/lab/,doctor.sh lib.sh needs needs.sh)

##@ Building
ifeq ($(WHERE) $(O),lab .build/native)
build: ready
else
build: $(O)/scxbench $(O)/libscxbench-ctl.a $(BPF_OBJS) $(STAGED) $(O)/kernel-commands .build/scxbench ## the program, the policies, the workloads, into O=.build/native; WHERE=lab V=1 WERROR=1
endif

$(O)/scxbench: $(OBJS)
	$(call say,LD,$@)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS_ALL)

# What 'ctl' is made of as a library, which shows no name but its own.
$(O)/libscxbench-ctl.a: $(O)/harness/control/ctl_library.o $(O)/harness.a
	$(call say,AR,$@)
	$(CC) $(CFLAGS) -r -nostdlib -o $(@:.a=.o) $^
	objcopy --wildcard --keep-global-symbol='scxbench_ctl_*' $(@:.a=.o)
	rm -f $@
	$(AR) qcs $@ $(@:.a=.o)

# The program under one name, wherever it runs; what it needs to know of the program's commands.
.build/scxbench: Makefile
	mkdir -p $(@D)
	printf '%s\n' '#!/bin/sh' 'exec "$$(dirname "$$(readlink -f "$$0")")/../harness/lab/scxbench.sh" "$$@"' >$@
	chmod +x $@
$(O)/kernel-commands: $(O)/scxbench
	$< list --names kernel-commands >$@

# The schema's versions are in the program, every one that there is; the compiler does not see that it read them.
SCHEMAS := $(wildcard harness/store/schema-*.sql)
SCHEMA_OBJS := $(O)/harness/store/schema.o $(O)/san/harness/store/schema.o $(O)/fuzz/harness/store/schema.o
$(SCHEMA_OBJS): $(SCHEMAS)
$(SCHEMA_OBJS) $(O)/lint/harness/store/schema.tidy: CFLAGS_HERE += '-DSCHEMAS(each)=$(patsubst harness/store/schema-%.sql,each(%),$(SCHEMAS))'

$(O)/%.o: %.c $(O)/flags
	$(compile)

# Another commit is another version.o, and nothing else is compiled again.
$(O)/commit: FORCE
	mkdir -p $(@D)
	harness/commit.sh | cmp -s - $@ || harness/commit.sh >$@
$(O)/harness/util/version.o: $(O)/commit
$(O)/harness/util/version.o: CFLAGS_HERE = -DSCXBENCH_VERSION='"$(VERSION)"' -DSCXBENCH_COMMIT='"$(shell cat $(O)/commit)"'

# Made of the running kernel's BTF. Only bpftool 7.5 and later (libbpf 1.5) has the kernel's functions in it.
$(O)/vmlinux/vmlinux.h:
	$(call say,TYPES,$(VMLINUX_BTF))
	mkdir -p $(@D)
	bpftool btf dump file $(VMLINUX_BTF) format c >$@
	grep -q 'scx_bpf_dsq_insert' $@ || { echo "$(VMLINUX_BTF) or this bpftool knows no functions of sched_ext: a kernel with it and bpftool 7.5 are needed" >&2; exit 1; }

# BPF objects of the harness itself, and the tests' foreign ones; a policy's lies beside the other policies'.
$(O)/%.bpf.o: %.bpf.c $(O)/flags $(VMLINUX_H)
	$(compile_bpf)

.SECONDEXPANSION:
$(O)/schedulers/%.bpf.o: schedulers/$$*/$$*.bpf.c $(O)/flags $(VMLINUX_H)
	$(compile_bpf)

# A workload or a controller that is one file and needs nothing of ours.
$(ONE_FILE): $(O)/%: %.c $(O)/flags
	$(call say,CC,$<)
	mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -MF $@.d -o $@ $< -lm

# A folder is one workload, but for the kit, of which each takes what it needs, and so of the harness. Its
# objects are elsewhere: their folder would have the executable's name.
parts = $(patsubst %.c,$(O)/parts/%.o,$(wildcard $(1)/*.c))
$(FOLDERS:%=$(O)/%): $(O)/%: $$(call parts,$$*) $(O)/kit.a
	$(call say,LD,$@)
	mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBBPF) -lm

$(O)/parts/%.o: %.c $(O)/flags
	$(compile)

# Thin archives: they name objects and hold none.
$(O)/kit.a: $(call parts,$(KIT)) $(filter-out %/version.o,$(filter $(addprefix $(O)/harness/,util/% policy/% control/% monitor/%),$(OBJS))) Makefile
	$(archive)

define stage
	$(call say,COPY,$<)
	install -D -m $(1) $< $@
endef
$(O)/workloads/%: workloads/%
	$(call stage,755)
$(O)/workloads/%.json: workloads/%.json
	$(call stage,644)
$(O)/plots/%: plots/%
	$(call stage,644)
$(O)/harness/lab/doctor.sh: harness/lab/doctor.sh
	$(call stage,755)
$(O)/harness/lab/%: harness/lab/%
	$(call stage,644)

FLAGS_NOW = $(CC) $(CFLAGS_ALL) $(CLANG) $(BPF_CFLAGS)
$(O)/flags: FORCE
	mkdir -p $(@D)
	echo '$(FLAGS_NOW)' | cmp -s - $@ || echo '$(FLAGS_NOW)' >$@

# But not what is left of a workload that was one file and is now a folder.
-include $(filter-out $(FOLDERS:%=$(O)/%.d),$(shell [ ! -d $(O) ] || find $(O) -name '*.d'))

##@ Testing
# Unit tests link with every object but main's, with sanitizers; the cli layer's program has doubles in
# place of what touches the machine. Variables of the command line are in the environment of a recipe.
SAN := $(O)/san
UNITS := $(patsubst tests/unit/%.c,$(SAN)/tests/unit/%,$(wildcard tests/unit/test_*.c))
SAN_OBJS := $(patsubst %.c,$(SAN)/%.o,$(filter-out harness/main.c,$(SRCS)))
SAN_FLAGS := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
DOUBLES := $(patsubst %.c,$(O)/%.o,$(wildcard tests/doubles/*.c))
FOREIGN := $(patsubst %.c,$(O)/%.o,$(wildcard tests/*/*/*.bpf.c))
HELPERS := $(patsubst %.c,$(O)/%,$(filter-out %.bpf.c,$(wildcard tests/*/*/*.c)))
# Every tests/fuzz/NAME.c but what they share is a target of libFuzzer, with the harness and its sanitizers. All of them
# are compiled with the tests, so that none of them goes stale, and linked where they run.
FUZZ := $(O)/fuzz
FUZZ_TARGETS := $(patsubst %.c,$(FUZZ)/%.o,$(wildcard tests/fuzz/*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,$(FUZZ)/%,$(filter-out tests/fuzz/fuzz.c,$(wildcard tests/fuzz/*.c)))
WRAPPED = $(shell sed -n 's/.*\<__wrap_\([a-z_]*\).*/\1/p' tests/doubles/*.c | sort -u)

tests: $(UNITS) $(O)/tests/scxbench-double $(FOREIGN) $(HELPERS) $(FUZZ_TARGETS)

$(SAN)/%.o: CFLAGS_HERE = -O1 $(SAN_FLAGS)
$(SAN)/%.o: %.c $(O)/flags
	$(compile)

$(UNITS): $(SAN)/%: $(SAN)/%.o $(SAN)/harness.a
	$(call say,LD,$@)
	$(CC) $(SAN_FLAGS) -o $@ $^ $(LDLIBS_ALL) -lcmocka

# All but main, of which each program takes what it needs.
$(O)/harness.a: $(filter-out $(O)/harness/main.o,$(OBJS))
	$(archive)
$(SAN)/harness.a: $(SAN_OBJS)
	$(archive)

$(DOUBLES): CFLAGS_HERE = -Wno-missing-prototypes
$(O)/tests/scxbench-double: $(OBJS) $(DOUBLES)
	$(call say,LD,$@)
	$(CC) $(addprefix -Wl$(comma)--wrap=,$(WRAPPED)) -o $@ $^ $(LDLIBS_ALL)

FUZZ_FLAGS := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -g -O1
FUZZ_OBJS := $(patsubst %.c,$(FUZZ)/%.o,$(filter-out harness/main.c,$(SRCS)) tests/fuzz/fuzz.c workloads/cyclictest/wakeups.c)
fuzzers: $(FUZZERS)
$(FUZZ)/%.o: CC_HERE = $(CLANG)
$(FUZZ)/%.o: CFLAGS_HERE = $(FUZZ_FLAGS) -w
$(FUZZ)/%.o: %.c $(O)/flags
	$(compile)
$(FUZZ)/harness.a: $(FUZZ_OBJS)
	$(archive)
$(FUZZERS): $(FUZZ)/%: $(FUZZ)/tests/fuzz/%.o $(FUZZ)/harness.a
	$(call say,LD,$@)
	$(CLANG) -fsanitize=fuzzer,address,undefined -o $@ $^ $(LDLIBS_ALL)

# What a guest test runs beside the program, of the program's own objects.
$(HELPERS): $(O)/%: $(O)/%.o $(O)/harness.a
	$(call say,LD,$@)
	$(CC) $(LDFLAGS) $(LDFLAGS_HERE) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LDLIBS_ALL)

# Workloads of the exact lab that need more of the harness than a workload may.
COUNTED := $(O)/tests/cost/ctl/ctl $(O)/tests/cost/hints/hints
$(COUNTED): $(addprefix $(O)/parts/workloads/exact/,mark.o parts.o)

# The whole program, with a fault at the steps that it wraps.
AT := $(O)/tests/vm/faults/at
AT_STEPS = $(shell sed -n 's/^STEP.[^,]*, [a-z]*, \([a-z_]*\).*/\1/p; s/^int __wrap_\([a-z_]*\).*/\1/p' tests/vm/faults/at.c)
$(AT): LDFLAGS_HERE = $(addprefix -Wl$(comma)--wrap=,$(AT_STEPS))
$(AT): $(O)/harness/main.o
$(AT).o: CFLAGS_HERE = -Wno-missing-prototypes

# clang-tidy of every source, again when it, a header of its, or the list of checks has changed. What the compilers
# warn of is theirs to say, and what the analyzer finds in BPF programs the kernel's verifier finds, which walks all
# of their paths. The analyzer takes four fifths of the time, so it has stamps of its own; those and the tests' are for
# make lint and make test-long. Findings on stdout, FILE:LINE:COLUMN: warning: TEXT [check].
LINT := $(O)/lint
LINTED := $(SRCS) $(wildcard schedulers/*/*.c workloads/*.c workloads/*/*.c)
TIDY := $(patsubst %.c,$(LINT)/%.tidy,$(LINTED) $(wildcard harness/*/*.bpf.c))
TIDY_TESTS := $(patsubst %.c,$(LINT)/%.tidy,$(wildcard tests/unit/*.c tests/doubles/*.c tests/*/*/*.c))
ANALYZED := $(patsubst %.c,$(LINT)/%.analyzed,$(filter-out %.bpf.c,$(LINTED)))
define run_tidy
	$(call say,TIDY,$<)
	mkdir -p $(@D)
	$(1) $(2) $(CFLAGS_HERE) -MM -MP -MT $@ -MF $@.d $<
	clang-tidy-19 --quiet $(3) $< -- $(2) $(CFLAGS_HERE) -w >$@.log 2>/dev/null || :
	! sed -n 's,^$(CURDIR)/,,; /no header providing/d; /: \(warning\|error\): /p' $@.log | grep .
	mv $@.log $@
endef
$(LINT)/%.tidy: %.c .clang-tidy
	$(call run_tidy,$(CC),$(CFLAGS_ALL),--checks=-clang-analyzer-*)
$(LINT)/%.bpf.tidy: %.bpf.c .clang-tidy
	$(call run_tidy,$(CLANG),$(BPF_CFLAGS),--checks=-clang-analyzer-*)
$(LINT)/%.analyzed: %.c .clang-tidy
	$(call run_tidy,$(CC),$(CFLAGS_ALL),--checks=-bugprone-*$(comma)-cert-*$(comma)-misc-*$(comma)-readability-*)
$(TIDY_TESTS): tests/.clang-tidy
tidy: $(TIDY)
analyzed: $(ANALYZED) $(TIDY_TESTS)

# Without the time limit of a test: the lint then finds the stamps, and says what clang-tidy found.
STAMPS_FIRST = { $(IN_LAB) -k $(1) >/dev/null 2>&1 || :; }

lint: ## form, sizes, rooms, includes, names; clang-tidy, its analyzer, cppcheck, shellcheck; what changed since the last time
	@harness/lab/deps.sh lab && $(call STAMPS_FIRST,tidy analyzed) && tests/run tests/lint tests/long/analyzer.sh

test: ## every layer: lint, unit, cli, report, fleet, bpf, vm
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && $(call STAMPS_FIRST,tidy) && tests/run

test-long: ## what is too long for make test: error rates of the statistics, the analyzer, guests under all policies, shares and waits beside fair; hours
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && $(call STAMPS_FIRST,analyzed) && TEST_TIMEOUT=3600 tests/run .build/lab/tests/stats/simulate tests/long

test-core-sched: lab-kernel ## core-sched picks of tasks in custody, in a lab that has core scheduling
	@$(IN_LAB) build && tests/run tests/core-sched

test-mutations: ## single faults, put into the ledger and into the product, are noticed: FAULTS='host/* run/*' of these, JOBS=1
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && { [ -n $(call q,$(FAULTS)) ] || tests/run tests/mutations; } && \
		FAULTS=$(call q,$(FAULTS)) JOBS=$(JOBS) tests/mutations/product/faults.pl

test-valgrind: ## commands on made-up runs under valgrind: no error, no leak
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && tests/run tests/valgrind

test-faults: ## all that can go wrong in a sample, signals at every step; or MOMENTS=200 SEED=1: at random moments
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && if [ -n $(call q,$(MOMENTS)) ]; then \
		SEED=$(call q,$(SEED)) tests/soak/moments.sh $(call q,$(MOMENTS)); else STEPS=all tests/vm/faults.sh && \
		harness/lab/chroot.sh env STEPS=all tests/cli/full_disk.sh; fi

test-foreign: ## what becomes of the kernel's own policies and those of its self-tests: KERNELS="default 7.0"
	@harness/lab/deps.sh lab && $(IN_LAB) build && tests/foreign/table.sh $(call each,,$(KERNELS))

test-packages: ## Debian's packages, built twice, checked, installed and purged; what others build packages from
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && TEST_TIMEOUT=3600 tests/run tests/packages

test-fleet: ## plans on nodes of a real Slurm: a node dies, a job is killed; other ends are in test-long
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && tests/run tests/fleet

test-fleet-lab: ## a fleet's run on three virtual machines, on two kernels, by that Slurm
	@harness/lab/deps.sh lab && $(IN_LAB) build && TEST_TIMEOUT=3600 tests/run tests/fleet-lab

test-alerts: ## the alerts and the dashboard of the nights, in a real Prometheus
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && tests/run tests/alerts

soak: ## SWAPS=1000 swaps of the policies in one guest: each proven, nothing left; or HOURS= of random signals
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && if [ -n $(call q,$(HOURS)) ]; then \
		SEED=$(call q,$(SEED)) HOURS=$(call q,$(HOURS)) tests/soak/moments.sh; else \
		SWAPS=$(call q,$(SWAPS)) tests/soak/swaps.sh; fi

fuzz: ## every parser and door with bytes that nobody trusts: MINUTES=1 each, TARGETS=
	@harness/lab/deps.sh lab && $(IN_LAB) build fuzzers && harness/lab/chroot.sh tests/fuzz/fuzz.sh $(call q,$(or $(MINUTES),1)) $(call each,,$(TARGETS))

bench-self: ## what a sample's time goes into, by policy, and how long no task runs at a swap: SCHEDULERS=
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && tests/cost/self.sh $(call each,,$(SCHEDULERS))

bench-ctl: ## what a change by libscxbench-ctl and a hint cost in instructions, in the exact lab: POLICY=vtime
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && POLICY=$(call q,$(or $(POLICY),vtime)) tests/cost/ctl.sh

bench-store: ## how long the store, compare and history take, and how that grows: RUNS= NIGHTS= BLOCKS=
	@harness/lab/deps.sh lab && tests/cost/store.sh

bench-fleet: ## how long a store of many machines takes, simulated: HOSTS="10 100 1000" NIGHTS=365
	@harness/lab/deps.sh lab && HOSTS=$(call q,$(or $(HOSTS),10 100 1000)) NIGHTS=$(call q,$(or $(NIGHTS),365)) tests/cost/fleet.sh

##@ Measuring
# native or lab, decided once a call and only for the targets that need it.
WHERE_NOW = $(eval WHERE_NOW := $(or $(shell WHERE=$(call q,$(WHERE)) harness/lab/where.sh),$(error no place to run)))$(WHERE_NOW)
HERE_OR_LAB = $(if $(filter lab,$(WHERE_NOW)),$(2),$(1))
IN_LAB = harness/lab/chroot.sh make --no-print-directory $(if $(V),V=$(V),-s) -j$(shell nproc) O=.build/lab
SCXBENCH = WHERE=$(WHERE_NOW) .build/scxbench
# The option with its value, or once for each word of a list; only ARGS is read by the shell.
option = $(if $(2),$(1) $(call q,$(2)))
each = $(foreach v,$(2),$(1) $(call q,$(v)))
CHOSEN = $(call option,--seed,$(SEED)) $(call each,-s,$(SCHEDULERS)) $(call each,-w,$(WORKLOADS)) $(ARGS)

deps: ## what is missing: installed where apt is, else named; NEEDS="run" for a machine that only measures, WHERE=
	@harness/lab/deps.sh $(or $(call each,,$(NEEDS)),$(call HERE_OR_LAB,run build,lab))

ready: deps
	@$(call HERE_OR_LAB,$(MAKE) --no-print-directory -s O=.build/native,$(IN_LAB)) build

doctor: ## what this machine lacks, native and lab, and the cure
	@harness/lab/doctor.sh

bench custody: WHERE := $(if $(KERNELS),lab,$(WHERE))
bench: ready ## the comparison: PLAN= SCHEDULERS= WORKLOADS= BLOCKS= SEED= WHERE= ARGS=--dry-run KERNELS="6.1 7.3", each in the lab
	@$(SCXBENCH) bench \
		$(call option,--plan,$(PLAN)) $(call option,--blocks,$(BLOCKS)) $(CHOSEN)

exact: ## what operations cost in instructions, counted exactly: SCHEDULERS= WORKLOADS= SEEDS=1..8 CPUS=1 PROFILE=1
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && SEEDS=$(call q,$(SEEDS)) CPUS=$(call q,$(CPUS)) PROFILE=$(call q,$(PROFILE)) \
		harness/lab/exact.sh $(call each,-s,$(SCHEDULERS)) $(call each,-w,$(WORKLOADS)) $(ARGS)

exact-check: ## do our policies need the instructions that were accepted: ALLOW=1 percent more at most
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && { ALLOW=$(call q,$(ALLOW)) harness/lab/exact-check.sh || [ $$? = 77 ]; }

exact-accept: ## accept what they need now (tests/exact/figures)
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && harness/lab/exact-check.sh --accept

explore: ## a schedule that breaks a policy, searched for in the exact lab: POLICY=fifo SEEDS=1000 CPUS=1 MINUTES=
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && POLICY=$(call q,$(POLICY)) SEEDS=$(call q,$(SEEDS)) MINUTES=$(call q,$(MINUTES)) \
		CPUS=$(call q,$(CPUS)) harness/lab/explore.sh

replay: ## what it found, once more and under gdb: POLICY= SEED= CPUS=1
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && POLICY=$(call q,$(POLICY)) SEED=$(call q,$(SEED)) CPUS=$(call q,$(CPUS)) \
		harness/lab/replay.sh

custody: ready ## every policy's ledger under a storm: DURATION= KERNELS="7.0 default" SCHEDULERS= SEED= WHERE=
audit: ready ## the same, audited from outside the policies, any of them: ARGS="-s 'cmd:scx_simple'"
custody audit:
	@$(SCXBENCH) $@ \
		$(call option,--duration,$(DURATION)) $(CHOSEN)

##@ Judging
report: ready ## the page of the latest run (or RUN=ID), from the store
	@$(SCXBENCH) report $(call each,,$(RUN))

regress: ready ## the gate: RUN= (latest) against BASELINE= (last-good); ARGS="--nights 7 --junit FILE --bless"
	@$(SCXBENCH) regress $(call option,--baseline,$(BASELINE)) $(ARGS) $(call each,,$(RUN))

history: ready ## every policy over all runs: where its level changed; ARGS="--csv FILE", see history --help
	@$(SCXBENCH) history $(ARGS)

endurance: ready ## how often policies are thrown out, an hour, over HOURS=8 of samples: SCHEDULERS= WORKLOADS= SEED=
	@$(SCXBENCH) bench --time-budget $(call q,$(or $(HOURS),8)h) --blocks 1000 --no-aa --no-instrumented $(CHOSEN) || [ $$? = 1 ]
	@$(SCXBENCH) endurance

readme-pictures: WHERE := lab
readme-pictures: ready ## the pictures of the READMEs, from the page of RUN=ID, or of a run that it takes: PLAN= and as for bench
	@run=$(call q,$(RUN)); [ -n "$$run" ] || { run=readme-$$(date -u +%Y%m%d-%H%M%S); \
		LAB_RUN=$$run $(SCXBENCH) bench $(call option,--plan,$(PLAN)) $(call option,--blocks,$(BLOCKS)) $(CHOSEN); } && \
	tests/report/readme/pictures.sh "$${LAB_RESULTS:-results}/report/$$run"

##@ The lab
lab-shell: ## a shell in the lab; LAB_CPUS= LAB_MEM= LAB_TOPOLOGY= LAB_NODES= LAB_KERNEL= shape it
	@harness/lab/deps.sh lab && $(IN_LAB) build && harness/lab/shell.sh

lab-image: ## the root and the kernel of the lab as one file, for machines that can make neither: FILE=
	@harness/lab/deps.sh lab && $(IN_LAB) build && harness/lab/pack.sh $(call q,$(or $(FILE),.build/lab-image.tar.zst))

lab-kernel: ## a kernel with core scheduling for LAB_KERNEL=, built once (about 20 minutes on 2 CPUs)
	@harness/lab/deps.sh lab && harness/lab/lab-kernel.sh

##@ Installing
PREFIX ?= /usr/local
UNITDIR ?= $(PREFIX)/lib/systemd/system
SYSCONFDIR ?= /etc
INSTALLED = $(patsubst $(O)/%,%,$(O)/scxbench $(BPF_OBJS) $(STAGED))
NIGHTLY := scxbench-nightly.service scxbench-nightly.timer
PKGCONFIG := scxbench.pc scxbench-bpf.pc scxbench-ctl.pc
# As the recipes name them.
BIN = $(call q,$(DESTDIR)$(PREFIX)/bin)
LIB = $(call q,$(DESTDIR)$(PREFIX)/lib/scxbench)
SHARE = $(call q,$(DESTDIR)$(PREFIX)/share)
UNITS = $(call q,$(DESTDIR)$(UNITDIR))
INCLUDE = $(call q,$(DESTDIR)$(PREFIX)/include/scxbench)
# What a policy or a program elsewhere includes; and the kernel's types, where they were made here.
HEADERS := $(wildcard schedulers/include/*.h) harness/control/scxbench-hint.h harness/control/scxbench-ctl.h
CTL_LIB = $(call q,$(DESTDIR)$(PREFIX)/lib/libscxbench-ctl.a)
MADE_TYPES = $(filter $(O)/%,$(VMLINUX_H))
CONF = $(call q,$(DESTDIR)$(SYSCONFDIR)/scxbench)
COMPLETIONS := bash:bash-completion/completions/scxbench zsh:zsh/site-functions/_scxbench \
	fish:fish/vendor_completions.d/scxbench.fish

# A unit's command is a list of words.
ifneq ($(word 2,$(PREFIX)),)
$(error PREFIX='$(PREFIX)' may hold no blank; DESTDIR= may)
endif

install: build uninstall-program ## program, policies, headers, workloads, man pages, completion, units; DESTDIR= PREFIX=/usr/local UNITDIR= SYSCONFDIR=
	@for f in $(INSTALLED); do \
		install -D -m "$$(stat -c %a "$(O)/$$f")" "$(O)/$$f" $(LIB)/"$$f" || exit; done
	@install -d $(BIN) $(UNITS)
	@ln -s ../lib/scxbench/scxbench $(BIN)/scxbench
	@install -d $(INCLUDE) $(SHARE)/pkgconfig
	@install -m 644 $(HEADERS) $(MADE_TYPES) $(INCLUDE)
	@install -m 644 $(O)/libscxbench-ctl.a $(CTL_LIB)
	@for f in $(PKGCONFIG); do sed -e 's,@PREFIX@,'$(call q,$(PREFIX))',' -e 's,@VERSION@,$(VERSION),' -e 's,@TARGET@,$(BPF_TARGET),' \
		-e 's,@TYPES@,$(if $(MADE_TYPES),$${includedir},$(patsubst %/,%,$(dir $(VMLINUX_H)))),' \
		harness/install/$$f >$(SHARE)/pkgconfig/$$f || exit; done
	@install -D -m 644 -t $(SHARE)/scxbench/policy harness/install/policy/Makefile tests/bpf/skeleton/mine.bpf.c
	@install -D -m 644 -t $(SHARE)/scxbench/prometheus harness/install/prometheus/*
	@install -D -m 755 -t $(SHARE)/scxbench/slurm $(filter-out %.sh,$(wildcard harness/install/slurm/*))
	@install -D -m 644 -t $(SHARE)/scxbench/slurm harness/install/slurm/node.sh
	@$(O)/scxbench help --man $(SHARE)/man/man1
	@for c in $(COMPLETIONS); do install -d "$$(dirname $(SHARE)/"$${c#*:}")" && \
		$(O)/scxbench help --completion "$${c%%:*}" >$(SHARE)/"$${c#*:}" || exit; done
	@caps=$$(sed -n 's/.*ROW(\(CAP_[A-Z_]*\),.*/\1/p' harness/util/caps.c | tr '\n' ' ') && for u in $(NIGHTLY); do \
		sed -e "s,@CAPS@,$${caps% }," -e 's,@PREFIX@,'$(call q,$(PREFIX))',' harness/install/$$u >$(UNITS)/"$$u" || exit; done
	@[ -e $(CONF)/nightly.conf ] || \
		install -D -m 644 harness/install/nightly.conf $(CONF)/nightly.conf
	@echo installed $(BIN)"/scxbench; to measure every night, as "$(CONF)/nightly.conf says:
	@echo "    systemctl daemon-reload && systemctl enable --now scxbench-nightly.timer"

# The whole folder, so that a policy or workload that no longer exists is not found there.
uninstall-program:
	@rm -rf $(LIB) $(INCLUDE) $(CTL_LIB) $(SHARE)/scxbench $(BIN)/scxbench $(foreach f,$(PKGCONFIG),$(SHARE)/pkgconfig/$(f)) \
		$(foreach u,$(NIGHTLY),$(UNITS)/$(u))
	@rm -f $(SHARE)/man/man1/scxbench.1 $(SHARE)/man/man1/scxbench-*.1
	@for c in $(COMPLETIONS); do rm -f $(SHARE)/"$${c#*:}"; done

uninstall: uninstall-program ## remove what install installs; settings and results stay
	@echo kept: $(CONF)" (settings), /var/lib/scxbench (results)"

##@ Packaging
DIST = .build/scxbench-$(VERSION).tar.gz
DIST_DIR = .build/deb

dist: ## the committed tree as a tarball, the same bytes each time
	@mkdir -p .build && git archive --format=tar --prefix=scxbench-$(VERSION)/ HEAD | gzip -9n >$(DIST).new && \
		mv $(DIST).new $(DIST) && echo $(DIST)

deb: dist ## Debian packages of it, source and binary, into .build/deb
	@harness/lab/deps.sh lab && rm -rf $(DIST_DIR) && LAB_LIST=packages.deb harness/lab/chroot.sh harness/install/deb.sh $(DIST) $(DIST_DIR) && \
		ls -d $(DIST_DIR)/*.deb $(DIST_DIR)/*.dsc

##@ Tidying
format: ## every C file as .clang-format has it
	@harness/lab/deps.sh lab && harness/lab/chroot.sh sh -c 'clang-format-19 -i $$(find harness schedulers workloads tests -name "*.[ch]")'

clean: ## remove what was built
	rm -rf .build

help: ## this list
	@awk '/^##@/ { printf "\n%s\n", substr($$0, 5) } /^[a-z-]+:.*## / { n = $$1; sub(/:.*/, "", n); \
		sub(/.*## /, ""); printf "  %-15s %s\n", n, $$0 }' Makefile

.PHONY: build tests test lint tidy analyzed test-long test-core-sched test-mutations test-valgrind test-faults test-foreign test-packages test-fleet test-fleet-lab test-alerts soak fuzz fuzzers bench-self bench-ctl bench-store bench-fleet deps ready doctor bench exact exact-check exact-accept explore replay custody audit report regress history endurance readme-pictures \
	lab-shell lab-image lab-kernel install uninstall uninstall-program dist deb format clean help FORCE
