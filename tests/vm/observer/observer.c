/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * observer POLICY COMMAND...   runs a command under a policy and counts custody beside its ledger.
 *
 * The policy is loaded and attached as for a sample; the observer's programs are there before it and stay
 * until it is out. Prints a line a count: what, the ledger's, the observer's. Exit 0: they agree to the
 * unit, the ledger balances and has seen no violation. 1: not so, each difference on a line that begins
 * with "wrong". 3: it could not be tried, which says nothing of the ledger.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <inttypes.h>
#include <linux/types.h>
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "collect/bpf.h"
#include "collect/collect.h"
#include "observer_abi.h"
#include "policy/loaded.h"
#include "stats_abi.h"
#include "custody_abi.h"
#include "host/host.h"
#include "util/log.h"

#define OBJECT "/src/.build/lab/tests/vm/observer/observer.bpf.o"
#define ENDS_WITH_DEQUEUE "_dequeue"
#define CAN_NOT 3

struct observer {
	struct bpf_object *obj;
	const struct seen *seen;
};

/* The policy's dequeue by its name's end, as all policies of this tree have it. */
static struct bpf_program *dequeue_of(struct policy *p)
{
	struct bpf_program *prog;

	bpf_object__for_each_program (prog, p->obj) {
		const char *name = bpf_program__name(prog);
		size_t len = strlen(name), end = strlen(ENDS_WITH_DEQUEUE);

		/* A default one that the policy replaces is not loaded. */
		if (bpf_program__fd(prog) >= 0 && len > end && !strcmp(name + len - end, ENDS_WITH_DEQUEUE))
			return prog;
	}
	return NULL;
}

static int aim(struct observer *o, struct policy *p)
{
	struct bpf_program *dequeued = bpf_object__find_program_by_name(o->obj, "dequeued");
	struct bpf_program *target = dequeue_of(p);

	if (!target)
		return log_err(-ENOENT, "the policy has no op *" ENDS_WITH_DEQUEUE);
	return bpf_program__set_attach_target(dequeued, bpf_program__fd(target), bpf_program__name(target));
}

static int attach_all(struct observer *o)
{
	struct bpf_program *prog;

	bpf_object__for_each_program (prog, o->obj)
		if (!bpf_program__attach(prog))
			return log_err(-errno, "%s can't be attached: %m", bpf_program__name(prog));
	return 0;
}

static int observe(struct observer *o, struct policy *p)
{
	struct bpf_map *map;

	o->obj = bpf_object__open_file(OBJECT, NULL);
	if (!o->obj || aim(o, p) || bpf_object__load(o->obj))
		return log_err(-errno, OBJECT " can't be loaded: %m");
	map = bpf_object__find_map_by_name(o->obj, "seen");
	o->seen = mmap(NULL, getpagesize(), PROT_READ, MAP_SHARED, bpf_map__fd(map), 0);
	return o->seen == MAP_FAILED ? log_err(-errno, "its counts can't be read: %m") : attach_all(o);
}

/* Of its programs' calls, how many the kernel left out: any would make the counts worthless. */
static uint64_t missed(struct observer *o)
{
	struct bpf_program *prog;
	uint64_t n = 0;

	bpf_object__for_each_program (prog, o->obj) {
		struct bpf_prog_info info = { 0 };
		__u32 len = sizeof(info);

		bpf_prog_get_info_by_fd(bpf_program__fd(prog), &info, &len);
		n += info.recursion_misses;
	}
	return n;
}

static int run_command(struct policy *p, char **argv)
{
	pid_t pid = fork();
	int status = 0;

	if (!pid) {
		sched_setscheduler(0, SCHED_OTHER, &(struct sched_param){ 0 });
		execvp(argv[0], argv);
		_exit(127);
	}
	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (!policy_beat(p))
			return log_err(-ENODEV, "the policy went out before the command ended");
		usleep(100000);
	}
	return status ? log_err(-ECHILD, "%s ended with %d", argv[0], WEXITSTATUS(status)) : 0;
}

static uint64_t told(const struct record *r, const char *name)
{
	char whole[64];
	const struct metric *m;

	snprintf(whole, sizeof(whole), "custody.%s", name);
	m = metrics_find(&r->metrics, whole);
	return m ? m->value : 0;
}

static int compare(const char *what, uint64_t ledger, uint64_t observer)
{
	printf("%s%s %" PRIu64 " %" PRIu64 "\n", ledger == observer ? "" : "wrong ", what, ledger, observer);
	return ledger != observer;
}

/*
 * The ledger's histogram of a cause: as many as exits, and the mean about the observer's:
 * a host may keep a CPU of the lab from running for long between the two readings of the clock.
 */
static int compare_time(const struct record *r, const char *cause, const struct seen *s, enum seen_exit e)
{
	char name[64];
	const struct hist *h;
	double sum = 0, mean = s->exits[e] ? s->ns[e] / s->exits[e] : 0;
	uint64_t n = 0;
	bool wrong;

	snprintf(name, sizeof(name), "custody_ns.%s", cause);
	h = metrics_find_hist(&r->metrics, name);
	for (size_t i = 0; h && i < h->nr; i++) {
		n += h->bins[i].count;
		sum += h->bins[i].count * (h->bins[i].low + h->bins[i].high) / 2;
	}
	wrong = n && fabs(sum / n - mean) > mean / 2 + 1e8;
	if (n)
		printf("%s%s_mean_us %.0f %.0f\n", wrong ? "wrong " : "", name, sum / n / 1000, mean / 1000);
	return compare(name, n, s->exits[e]) + wrong;
}

/* After detach nothing waits in any queue. */
static int nothing_waits(struct policy *p)
{
	struct policy_map map = policy_map(p, SCXB_COUNTERS_MAP);
	struct scxb_cpu sum;
	int wrong = 0;

	bpf_sum(&map, &sum, sizeof(sum));
	scxb_derive(&sum);
	for (int q = 0; q < SCXB_QUEUES; q++)
		wrong += compare("waiting", sum.queue[q], 0);
	return wrong;
}

static int judge(const struct record *r, const struct seen *s, uint64_t lost)
{
	uint64_t select = told(r, "entry_select"), late = told(r, "late_core");
	int wrong = compare("entries", told(r, "entry_dsq") + told(r, "entry_own") + select, s->entries);

	wrong += compare("entry_select", select, s->by_select);
	wrong += compare("reentered", told(r, "reentered"), s->again);
	wrong += compare("lapsed", told(r, "lapsed"), s->lapsed);
	wrong += compare("exit_dispatch", told(r, "exit_dispatch") - late, s->exits[SEEN_DISPATCH]);
	wrong += compare("exit_core", told(r, "exit_core") + late, s->exits[SEEN_CORE]);
	wrong += compare("exit_change", told(r, "exit_change"), s->exits[SEEN_CHANGE]);
	wrong += compare("exit_sleep", told(r, "exit_sleep"), s->exits[SEEN_SLEEP]);
	wrong += compare_time(r, "dispatch", s, SEEN_DISPATCH);
	wrong += compare_time(r, "core", s, SEEN_CORE);
	wrong += compare_time(r, "change", s, SEEN_CHANGE);
	wrong += compare("inside", told(r, "inside"), s->inside);
	wrong += compare("ran_inside", told(r, "running_inside"), s->ran_inside);
	wrong += compare("strange", 0, s->strange);
	wrong += compare("missed", 0, lost);
	for (size_t i = 0; i < r->nr_proofs; i++)
		if (!r->proof[i].holds)
			wrong += printf("wrong %s: %s\n", proof_name(&r->proof[i]), r->proof[i].found);
	if (r->violations)
		printf("%s\n", r->violations);
	return wrong;
}

static int under(struct policy *p, char **argv)
{
	struct record r = { 0 };
	struct observer o = { 0 };
	int err = observe(&o, p);

	/* Out of the class that it watches: a crowd must not keep it from its signs of life. */
	if (err || host_prepare(NULL) || policy_attach(p, &r))
		return CAN_NOT;
	err = run_command(p, argv);
	policy_prove_still_in(p, &r);
	err |= policy_detach(p, &r);
	host_restore();
	if (err) {
		if (r.ejection.kind)
			log_err(0, "ejected, kind %d: %s: %s", r.ejection.kind, r.ejection.reason,
				r.ejection.msg);
		return CAN_NOT;
	}
	collect_ledger(p, &r);
	return judge(&r, o.seen, missed(&o)) + nothing_waits(p) ? 1 : 0;
}

int main(int argc, char **argv)
{
	struct policy_setup setup = { 0 };
	struct policy_spec spec;
	struct topology t;
	struct policy *p;

	if (argc < 3) {
		log_err(0, "usage: observer POLICY COMMAND...");
		return 2;
	}
	setup.topology = &t;
	if (topology_load(NULL, &t) || policy_parse("/src/.build/lab", argv[1], &spec) ||
	    policy_load(&spec, &setup, &p))
		return CAN_NOT;
	return under(p, argv + 2);
}
