# SPDX-License-Identifier: GPL-2.0-or-later
# Every target of scxbench; `make help` lists them. Schedulers, workloads, tests and C files are found
# by wildcard: adding one is adding its file.
#
# Building happens where the tools are: on this machine (WHERE=native) or, for the lab, in a chroot of
# the lab's Debian root (WHERE=lab). `make build` is the same recipe in both; O is where it goes.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
comma := ,

O ?= .build/native
ifeq ($(origin CC),default)
CC := gcc
endif
CLANG ?= $(firstword $(wildcard /usr/bin/clang-2[0-9] /usr/bin/clang-19) clang)
PKGS := libbpf hwloc sqlite3 jansson gsl ncursesw libmd
VMLINUX_H ?= $(firstword $(wildcard /usr/include/$(shell uname -m)-linux-gnu/linux/bpf/vmlinux.h) vmlinux.h)

CFLAGS ?= -O2 -g
CFLAGS_ALL = -std=gnu11 -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Werror \
	-D_GNU_SOURCE -Iharness -Ischedulers/include -I$(O)/gen $(shell pkg-config --cflags $(PKGS)) $(CFLAGS)
LDLIBS_ALL = $(shell pkg-config --libs $(PKGS)) -lunistring -lm $(LDLIBS)
BPF_CFLAGS = -std=gnu11 -O2 -g -target bpf -mcpu=v3 -fms-extensions -Wall -Wextra -Werror \
	-Wno-missing-declarations -Wno-unused-parameter -Ischedulers/include \
	-isystem $(dir $(VMLINUX_H)) -D__TARGET_ARCH_x86

SRCS := $(sort $(filter-out %.bpf.c,$(wildcard harness/*.c harness/*/*.c)))
OBJS := $(SRCS:%.c=$(O)/%.o)
POLICIES := $(sort $(notdir $(patsubst %/,%,$(dir $(wildcard schedulers/*/*.bpf.c)))))
BPF_OBJS := $(POLICIES:%=$(O)/schedulers/%.bpf.o) $(patsubst %.c,$(O)/%.o,$(wildcard harness/*/*.bpf.c))
KIT := workloads/kit
FOLDERS := $(filter-out $(KIT),$(patsubst %/,%,$(sort $(dir $(wildcard workloads/*/*.c)))))
CONTROLLERS := $(patsubst %.c,$(O)/%,$(wildcard schedulers/controllers/*.c))
STAGED := $(patsubst %,$(O)/%,$(filter-out %.md %.c %.h $(KIT) $(FOLDERS),$(wildcard workloads/* plots/*))) \
	$(patsubst %.c,$(O)/%,$(wildcard workloads/*.c)) $(FOLDERS:%=$(O)/%) $(CONTROLLERS)

##@ Building
build: $(O)/scxbench $(BPF_OBJS) $(STAGED) ## the program, the policies, the workloads, into $(O)

$(O)/scxbench: $(OBJS)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS_ALL)

# The schema is in the program; the compiler does not see that it read it.
$(O)/harness/store/schema.o $(O)/san/harness/store/schema.o: $(wildcard harness/store/*.sql)

# Rebuilt when the flags change, headers by the compilers' own .d files.
$(O)/%.o: %.c $(O)/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# BPF objects that are no policies of ours: what the harness itself loads, and the tests' foreign ones.
$(O)/%.bpf.o: %.bpf.c $(O)/flags
	@mkdir -p $(@D)
	$(CLANG) $(BPF_CFLAGS) -MMD -MP -c -o $@ $<

define policy_rule
$(O)/schedulers/$(1).bpf.o: schedulers/$(1)/$(1).bpf.c $(O)/flags
	@mkdir -p $$(@D)
	$(CLANG) $(BPF_CFLAGS) -MMD -MP -c -o $$@ $$<
endef
$(foreach p,$(POLICIES),$(eval $(call policy_rule,$(p))))

$(O)/workloads/%: workloads/%.c $(O)/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -MF $@.d -o $@ $< -lm

# A folder is one workload, but for the kit, of which each takes what it needs, and so of the harness. Its objects are
# elsewhere: their folder would have the executable's name.
define folder_rule
$(O)/$(1): $(patsubst %.c,$(O)/parts/%.o,$(wildcard $(1)/*.c)) $(O)/kit.a
	@mkdir -p $$(@D)
	$$(CC) $$(LDFLAGS) -o $$@ $$^ $$(shell pkg-config --libs libbpf) -lm
endef
$(foreach f,$(FOLDERS),$(eval $(call folder_rule,$(f))))

$(O)/kit.a: $(patsubst %.c,$(O)/parts/%.o,$(wildcard $(KIT)/*.c)) $(filter $(O)/harness/util/% $(O)/harness/control/% $(O)/harness/monitor/%,$(OBJS))
	rm -f $@
	$(AR) rc $@ $^

# Each is one file that needs nothing of ours.
$(CONTROLLERS): $(O)/%: %.c $(O)/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -MF $@.d -o $@ $< -lm

$(O)/parts/%.o: %.c $(O)/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(O)/workloads/%: workloads/%
	@mkdir -p $(@D)
	install -m 755 $< $@
$(O)/plots/%: plots/%
	@mkdir -p $(@D)
	install -m 644 $< $@

$(O)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CFLAGS_ALL) $(CLANG) $(BPF_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CFLAGS_ALL) $(CLANG) $(BPF_CFLAGS)' >$@

-include $(OBJS:.o=.d) $(BPF_OBJS:.o=.d) $(wildcard $(O)/workloads/*.d $(O)/schedulers/*/*.d $(O)/parts/*/*/*.d)

##@ Testing
# Unit tests link with every object but main's, with sanitizers; the cli layer's program has doubles in
# place of what touches the machine.
SAN := $(O)/san
UNITS := $(patsubst tests/unit/%.c,$(SAN)/tests/unit/%,$(wildcard tests/unit/test_*.c))
SAN_OBJS := $(patsubst %.c,$(SAN)/%.o,$(filter-out harness/main.c,$(SRCS)))
SAN_FLAGS := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
DOUBLES := $(patsubst %.c,$(O)/%.o,$(wildcard tests/doubles/*.c))
FOREIGN := $(patsubst %.c,$(O)/%.o,$(wildcard tests/*/*/*.bpf.c))
WRAPPED = $(shell sed -n 's/.*\<__wrap_\([a-z_]*\).*/\1/p' tests/doubles/*.c | sort -u)

HELPERS := $(patsubst %.c,$(O)/%,$(filter-out %.bpf.c,$(wildcard tests/*/*/*.c)))

tests: $(UNITS) $(O)/tests/scxbench-double $(FOREIGN) $(HELPERS)

$(SAN)/%.o: %.c $(O)/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -O1 $(SAN_FLAGS) -MMD -MP -c -o $@ $<

$(UNITS): $(SAN)/%: $(SAN)/%.o $(SAN)/harness.a
	$(CC) $(SAN_FLAGS) -o $@ $^ $(LDLIBS_ALL) -lcmocka

# All but main, of which each program takes what it needs. Thin: it names the objects and holds none.
$(O)/harness.a: $(filter-out $(O)/harness/main.o,$(OBJS))
$(SAN)/harness.a: $(SAN_OBJS)
$(O)/harness.a $(SAN)/harness.a:
	rm -f $@
	$(AR) qcsT $@ $^

$(O)/tests/scxbench-double: $(OBJS) $(DOUBLES)
	$(CC) $(addprefix -Wl$(comma)--wrap=,$(WRAPPED)) -o $@ $^ $(LDLIBS_ALL)

# What a guest test runs beside the program, of the program's own objects.
$(HELPERS): $(O)/%: $(O)/%.o $(O)/harness.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS_ALL)

$(DOUBLES): CFLAGS += -Wno-missing-prototypes
.SECONDARY:
-include $(SAN_OBJS:.o=.d) $(UNITS:=.d) $(DOUBLES:.o=.d) $(FOREIGN:.o=.d) $(HELPERS:=.d)

##@ Running
# native or lab, decided once a call and only for the targets that need it.
WHERE_NOW = $(eval WHERE_NOW := $(or $(shell WHERE=$(WHERE) harness/lab/where.sh),$(error no place to run)))$(WHERE_NOW)
IN_LAB := harness/lab/chroot.sh make --no-print-directory -s O=.build/lab
BENCH_ARGS = $(if $(PLAN),--plan $(PLAN)) $(if $(BLOCKS),--blocks $(BLOCKS)) $(if $(SEED),--seed $(SEED)) \
	$(foreach s,$(SCHEDULERS),-s '$(s)') $(foreach w,$(WORKLOADS),-w '$(w)') $(ARGS)

CUSTODY_ARGS = $(if $(DURATION),--duration $(DURATION)) $(if $(SEED),--seed $(SEED)) \
	$(foreach s,$(SCHEDULERS),-s '$(s)') $(foreach w,$(WORKLOADS),-w '$(w)') $(ARGS)

deps: ## install what is missing (apt; as root or with sudo)
	@harness/lab/deps.sh $(WHERE_NOW)

ready: deps
	@$(if $(filter lab,$(WHERE_NOW)),$(IN_LAB),$(MAKE) --no-print-directory -s O=.build/native) build

bench: ready ## the comparison: PLAN= SCHEDULERS= WORKLOADS= BLOCKS= SEED= WHERE= ARGS=--dry-run
	@$(if $(filter lab,$(WHERE_NOW)),harness/lab/bench.sh,.build/native/scxbench bench) $(BENCH_ARGS)

custody: WHERE := $(if $(KERNELS),lab)
custody: ready ## every policy's ledger under a storm: DURATION= KERNELS="7.0 default" SCHEDULERS= SEED= WHERE=
	@$(if $(filter lab,$(WHERE_NOW)),harness/lab/custody.sh,.build/native/scxbench custody) $(CUSTODY_ARGS)

doctor: ## what this machine lacks, native and lab, and the cure
	@harness/lab/doctor.sh

report: ready ## the page of the latest run (or RUN=ID), from the store
	@$(if $(filter lab,$(WHERE_NOW)),harness/lab/chroot.sh .build/lab/scxbench,.build/native/scxbench) report $(RUN)

regress: ready ## the gate: RUN= (latest) against BASELINE= (last-good); ARGS="--nights 7 --junit FILE --bless"
	@$(if $(filter lab,$(WHERE_NOW)),harness/lab/chroot.sh .build/lab/scxbench,.build/native/scxbench) regress \
		$(if $(BASELINE),--baseline $(BASELINE)) $(ARGS) $(RUN)

history: ready ## every policy over all runs, and where its level changed: ARGS="--csv FILE", see history --help
	@$(if $(filter lab,$(WHERE_NOW)),harness/lab/chroot.sh .build/lab/scxbench,.build/native/scxbench) history $(ARGS)

lab-shell: ## a shell in the lab; LAB_CPUS= LAB_MEM= LAB_TOPOLOGY= LAB_NODES= LAB_KERNEL= shape it
	@harness/lab/deps.sh lab && $(IN_LAB) build && harness/lab/shell.sh

lab-kernel: ## a kernel with core scheduling for LAB_KERNEL=, built once (about 20 minutes on 2 CPUs)
	@harness/lab/deps.sh lab && harness/lab/lab-kernel.sh

test: ## every layer: unit, cli, report, bpf, vm
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && tests/run

test-core-sched: lab-kernel ## core-sched picks of tasks in custody, in a lab that has core scheduling
	@$(IN_LAB) build && tests/run tests/core-sched

bench-store: ## how long the store, compare and history take, and how that grows: RUNS= NIGHTS= BLOCKS=
	@harness/lab/deps.sh lab && tests/cost/store.sh

test-mutations: ## each single fault of the ledger itself is noticed (4 to 7 minutes, so not part of test)
	@harness/lab/deps.sh lab && $(IN_LAB) build tests && tests/run tests/mutations

##@ Installing
PREFIX ?= /usr/local
UNITDIR ?= $(PREFIX)/lib/systemd/system
INSTALLED = $(patsubst $(O)/%,%,$(O)/scxbench $(BPF_OBJS) $(STAGED))
NIGHTLY := scxbench-nightly.service scxbench-nightly.timer
.PHONY: install uninstall uninstall-program

install: build uninstall-program ## program, policies, workloads, units; DESTDIR= PREFIX=/usr/local UNITDIR=
	@for f in $(INSTALLED); do \
		install -D -m "$$(stat -c %a "$(O)/$$f")" "$(O)/$$f" "$(DESTDIR)$(PREFIX)/lib/scxbench/$$f" || exit; done
	@install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(UNITDIR)"
	@ln -s ../lib/scxbench/scxbench "$(DESTDIR)$(PREFIX)/bin/scxbench"
	@for u in $(NIGHTLY); do sed 's,@PREFIX@,$(PREFIX),' harness/install/$$u >"$(DESTDIR)$(UNITDIR)/$$u" || exit; done
	@[ -e "$(DESTDIR)/etc/scxbench/nightly.conf" ] || \
		install -D -m 644 harness/install/nightly.conf "$(DESTDIR)/etc/scxbench/nightly.conf"
	@echo "installed $(DESTDIR)$(PREFIX)/bin/scxbench; every night from now on, as $(DESTDIR)/etc/scxbench/nightly.conf says:"
	@echo "    systemctl daemon-reload && systemctl enable --now scxbench-nightly.timer"

# Whole, so that a policy or workload that is no more is not found there.
uninstall-program:
	@rm -rf "$(DESTDIR)$(PREFIX)/lib/scxbench" "$(DESTDIR)$(PREFIX)/bin/scxbench" \
		$(NIGHTLY:%="$(DESTDIR)$(UNITDIR)/%")

uninstall: uninstall-program ## remove them; settings and results stay
	@echo "left alone: $(DESTDIR)/etc/scxbench (settings), /var/lib/scxbench (results)"

##@ Tidying
clean: ## remove what was built
	rm -rf .build

help: ## this list
	@awk '/^##@/ { printf "\n%s\n", substr($$0, 5) } /^[a-z-]+:.*## / { n = $$1; sub(/:.*/, "", n); \
		sub(/.*## /, ""); printf "  %-15s %s\n", n, $$0 }' Makefile

.PHONY: build tests deps ready bench custody doctor report history regress lab-shell lab-kernel test test-core-sched test-mutations bench-store clean help FORCE
