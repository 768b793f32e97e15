/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The whole program on a real kernel, with a word at each step of a sample (the linker's --wrap, see the
 * Makefile). $FAULT_STEP names a file that always holds the step that runs. $FAULT_AT="STEP:WHO:SIGNAL" sends
 * that signal when the step is about to begin for the first time: WHO is us, holder, or all (the holder, then
 * us). "STEP:wait" makes the file $FAULT_STEP.reached instead, and waits until somebody removes it;
 * "STEP:wait+" does so at the first such step with a policy in.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "policy/policy.h"
#include "record/record.h"
#include "workload/workload.h"

static void note_step(const char *step)
{
	const char *path = getenv("FAULT_STEP");
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644) : -1;

	if (fd < 0)
		return;
	dprintf(fd, "%s\n", step);
	close(fd);
}

/* The holder is the youngest of our children of that name; 0: none. */
static pid_t find_holder(void)
{
	char path[64], name[32];
	int pid, found = 0;
	FILE *children;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
	children = fopen(path, "r");
	while (children && fscanf(children, "%d", &pid) == 1) {
		FILE *comm;

		snprintf(path, sizeof(path), "/proc/%d/comm", pid);
		comm = fopen(path, "r");
		if (comm && fgets(name, sizeof(name), comm) && !strcmp(name, "scxbench-holder\n"))
			found = pid;
		if (comm)
			fclose(comm);
	}
	if (children)
		fclose(children);
	return found;
}

static void send_signal(const char *who, int signal)
{
	pid_t holder = strcmp(who, "us") ? find_holder() : 0;

	if (holder)
		kill(holder, signal);
	if (strcmp(who, "holder") != 0)
		kill(getpid(), signal);
}

static bool is_enabled(void)
{
	char state[16] = "";
	FILE *f = fopen("/sys/kernel/sched_ext/state", "r");

	if (f && !fgets(state, sizeof(state), f))
		*state = '\0';
	if (f)
		fclose(f);
	return !strcmp(state, "enabled\n");
}

/* Ends by itself after ten seconds, should nobody care. */
static void wait_there(void)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s.reached", getenv("FAULT_STEP"));
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	for (int ms = 0; fd >= 0 && ms < 10000 && !access(path, F_OK); ms++)
		usleep(1000);
	if (fd >= 0)
		close(fd);
}

static void fault_step(const char *step)
{
	static bool done;
	const char *at = getenv("FAULT_AT");
	char name[32], who[32];
	int signal = 0;

	note_step(step);
	if (done || !at || sscanf(at, "%31[^:]:%31[^:]:%d", name, who, &signal) < 2 ||
	    strcmp(name, step) != 0 || (!strcmp(who, "wait+") && !is_enabled()))
		return;
	done = true;
	if (strncmp(who, "wait", 4) != 0)
		send_signal(who, signal);
	else
		wait_there();
}

/* The step begins with this call: the program's own function, under the name that --wrap gives it. */
#define STEP(step, type, name, declared, given) \
	type __real_##name declared;            \
	type __wrap_##name declared;            \
	type __wrap_##name declared             \
	{                                       \
		fault_step(step);               \
		return __real_##name given;     \
	}

STEP("prepare", int, workload_prepare, (const struct workload_run *run, struct why *why), (run, why))
STEP("load", int, policy_load,
     (const struct policy_spec *spec, const struct policy_setup *setup, struct policy **policy),
     (spec, setup, policy))
int __real_policy_attach(struct policy *p, struct record *r);
int __wrap_policy_attach(struct policy *p, struct record *r)
{
	int err;

	fault_step("attach");
	err = __real_policy_attach(p, r);
	fault_step("settle");
	return err;
}
STEP("measure", int, workload_run,
     (const struct workload_run *run, struct metrics *m, struct workload_usage *usage, struct why *why),
     (run, m, usage, why))
STEP("collect", void, policy_prove_still_in, (struct policy * p, struct record *r), (p, r))
STEP("detach", int, policy_detach, (struct policy * p, struct record *r), (p, r))
STEP("ledger", void, collect_ledger, (struct policy * p, struct record *r), (p, r))
STEP("unload", void, policy_unload, (struct policy * p), (p))
STEP("write", int, record_write, (const struct record *r, const char *run_dir), (r, run_dir))
STEP("restore", void, host_restore, (void), ())
