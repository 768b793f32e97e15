/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each way out of the kernel makes of a sample: status, sentence, ejection. */
#include <linux/types.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>
#include "scratch.h"
#include "policy/ends.h"
#include "policy/out.h"
#include "record/ejection.h"
#include "stats_abi.h"
#include "util/fs.h"

#define SCX "/sys/kernel/sched_ext/"
#define SEQ 3			  /* of the policy */
#define EXITS(code) ((code) << 8) /* as of wait() */

static void kernel_says(const char *name, const char *text)
{
	assert_int_equal(fs_write_durable(fs_sys(SCX "%s", name), text, strlen(text)), 0);
}

/* Ours was enabled, as the third since boot, and is no more. */
static int kernel(void **state)
{
	int err = scratch_setup(state);

	setenv("SCXBENCH_ROOT", scratch, 1);
	assert_int_equal(fs_mkdirs(fs_sys(SCX "root")), 0);
	kernel_says("state", "disabled\n");
	kernel_says("enable_seq", "3\n");
	kernel_says("nr_rejected", "0\n");
	return err;
}

#define LOG(reason) "6,1,1,-;sched_ext: BPF scheduler \"ours\" disabled (" reason ")"
#define UNREG LOG("unregistered from user space")
#define UNREG_BPF LOG("unregistered from BPF")
#define STALL LOG("runnable task stall")
#define SYSRQ LOG("disabled by sysrq-S")

/* What is known: it had come in, was seen to be out; its holder was killed; the kernel refused the attach. */
#define IN 1
#define OUT 2
#define LOST 4
#define REFUSED 8
#define RUNS (-1) /* in place of the command's status: it has none yet */
#define HOLDER_DIED                                                                                          \
	"the policy was detached after 2.5 s: the process that holds it was killed, or had no sign of life " \
	"from us"

static const struct ended {
	enum policy_kind kind;
	unsigned known, seq; /* the kernel's enable_seq when it was out */
	const char *ops;     /* that were in then */
	int command;	     /* its status as of wait(), or RUNS */
	const char *log;
	enum status status;
	int exit; /* kind of the ejection */
	const char *why;
} cases[] = {
	/* As asked. */
	{ POLICY_BPF, IN, 3, "", RUNS, UNREG, STATUS_OK, 0, NULL },
	{ POLICY_CMD, IN, 3, "", RUNS, UNREG, STATUS_OK, 0, NULL },
	/* By the kernel, whether it was seen to be in or not. */
	{ POLICY_BPF, IN | OUT, 3, "", RUNS, STALL, STATUS_EJECTED, 1026, "runnable task stall" },
	{ POLICY_BPF, 0, 3, "", RUNS, STALL, STATUS_EJECTED, 1026, "runnable task stall" },
	{ POLICY_CMD, IN | OUT, 3, "", EXITS(1), STALL, STATUS_EJECTED, 1026, "runnable task stall" },
	{ POLICY_CMD, 0, 3, "", EXITS(1), STALL, STATUS_EJECTED, 1026, "runnable task stall" },
	{ POLICY_CMD, IN | OUT | LOST, 3, "", RUNS, SYSRQ, STATUS_EJECTED, 67, "disabled by sysrq-S" },
	/* By itself. */
	{ POLICY_BPF, IN | OUT, 3, "", RUNS, UNREG_BPF, STATUS_FAILED, 65,
	  "the scheduler went out by itself after 2.5 s: exit code 0" },
	{ POLICY_CMD, IN | OUT, 3, "", RUNS, UNREG, STATUS_FAILED, 64,
	  "the command took its scheduler out by itself after 2.5 s, and ran on" },
	{ POLICY_CMD, IN | OUT, 3, "", EXITS(0), UNREG, STATUS_FAILED, 64,
	  "the command ended by itself after 2.5 s with exit code 0, and its scheduler with it" },
	{ POLICY_CMD, IN | OUT, 3, "", EXITS(7), "", STATUS_FAILED, -1,
	  "the command ended by itself after 2.5 s with exit code 7, and its scheduler with it" },
	{ POLICY_CMD, IN | OUT, 3, "", 9, UNREG, STATUS_FAILED, 64,
	  "the command was ended by signal 9 (Killed) after 2.5 s, and its scheduler with it" },
	{ POLICY_CMD, IN | OUT, 4, "ours", RUNS, UNREG, STATUS_VOID, 64,
	  "the command attached its scheduler again after 2.5 s" },
	{ POLICY_CMD, IN | OUT, 4, "other", RUNS, UNREG, STATUS_VOID, 64,
	  "the command replaced its scheduler 'ours' after 2.5 s (in is 'other')" },
	/* By others. */
	{ POLICY_BPF, IN | OUT, 3, "", RUNS, UNREG, STATUS_VOID, 64,
	  "somebody else took the policy out after 2.5 s" },
	{ POLICY_BPF, IN | OUT, 4, "other", RUNS, UNREG, STATUS_VOID, 64,
	  "somebody else took the policy out after 2.5 s and attached another (in is 'other')" },
	{ POLICY_BPF, IN | OUT | LOST, 3, "", RUNS, UNREG, STATUS_VOID, 0, HOLDER_DIED },
	{ POLICY_CMD, IN | OUT | LOST, 3, "", RUNS, "", STATUS_VOID, 0, HOLDER_DIED },
	{ POLICY_BPF, IN | OUT, 3, "", RUNS, "", STATUS_FAILED, -1,
	  "the policy went out after 2.5 s, and nothing says why" },
	/* It never came in. */
	{ POLICY_BPF, REFUSED, 2, "", RUNS, "", STATUS_FAILED, 0, "the kernel does not attach it: told" },
	{ POLICY_BPF, 0, 2, "", RUNS, "", STATUS_FAILED, 0,
	  "it was attached, and did not become 'ours' in the kernel: told" },
	{ POLICY_CMD, 0, 2, "", EXITS(0), "", STATUS_FAILED, 0,
	  "the command ended with exit code 0 and attached no scheduler" },
	{ POLICY_CMD, 0, 2, "", 6, "", STATUS_FAILED, 0,
	  "the command was ended by signal 6 (Aborted) before it attached a scheduler" },
	{ POLICY_CMD, 0, 2, "", RUNS, "", STATUS_FAILED, 0,
	  "the command attached no scheduler within 90 s (--attach-limit)" },
	{ POLICY_CMD, 0, 4, "", RUNS, "", STATUS_FAILED, 0,
	  "the command attached more than one scheduler, one after the other: it must attach one and keep it" },
};

static struct policy policy_of(const struct ended *c)
{
	struct policy p = { .kind = c->kind,
			    .ops = "ours",
			    .seq = SEQ,
			    .attached = c->known & IN,
			    .attached_at = 1,
			    .out_at = c->known & OUT ? 3.5 : 0,
			    .limit_s = 90,
			    .refused = c->known & REFUSED };

	p.out.enable_seq = c->seq;
	snprintf(p.out.ops, sizeof(p.out.ops), "%s", c->ops);
	p.log = memfd_create("log", MFD_CLOEXEC);
	assert_int_equal(pwrite(p.log, c->log, strlen(c->log), 0), strlen(c->log));
	return p;
}

/* A holder that is gone, or none. */
static void lose_holder(struct policy *p)
{
	int line[2];

	assert_int_equal(pipe(line), 0);
	close(line[0]);
	p->holder.fd = line[1];
	p->holder.pid = fork();
	if (!p->holder.pid)
		_exit(HOLDER_LOST);
}

static void each_end_has_its_status_and_sentence(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct ended *c = &cases[i];
		struct policy p = policy_of(c);
		struct record r = { 0 };
		struct told told = { c->command != RUNS, c->command };
		char seq[8];

		snprintf(seq, sizeof(seq), "%u\n", c->seq);
		kernel_says("enable_seq", seq);
		kernel_says("root/ops", c->ops);
		p.told = &told;
		if (c->known & LOST)
			lose_holder(&p);
		assert_int_equal(out_end(&p, &r, "told"), 0);
		if (c->why)
			assert_string_equal(r.why ? r.why : "", c->why);
		else
			assert_null(r.why);
		assert_int_equal(r.status, c->status);
		assert_int_equal(r.ejection.kind, c->exit);
		assert_true(r.ejection.after_s == (c->exit && c->known & OUT ? 2.5 : r.ejection.after_s));
		assert_int_equal(p.failed, c->why != NULL);
		record_free(&r);
	}
}

/* A holder whose command attaches another scheduler after the first sign of life. */
static void hold_one_that_attaches_again(struct policy *p)
{
	int line[2];
	char beat, word;

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, line), 0);
	p->holder.fd = line[0];
	p->holder.pid = fork();
	if (p->holder.pid) {
		close(line[1]);
		return;
	}
	close(line[0]);
	assert_int_equal(read(line[1], &beat, 1), 1);
	kernel_says("enable_seq", "4\n");
	kernel_says("root/ops", "ours");
	while (read(line[1], &word, 1) == 1 && word == beat)
		;
	_exit(0);
}

static void one_that_comes_again_late_is_waited_for(void **state)
{
	const struct ended c = { .kind = POLICY_CMD, .known = IN | OUT, .seq = SEQ, .ops = "", .log = UNREG };
	struct policy p = policy_of(&c);
	struct record r = { 0 };
	struct told told = { 0 };

	(void)state;
	kernel_says("enable_seq", "3\n");
	kernel_says("root/ops", "");
	p.told = &told;
	hold_one_that_attaches_again(&p);
	assert_int_equal(out_end(&p, &r, ""), 0);
	assert_string_equal(r.why, "the command attached its scheduler again after 2.5 s");
	assert_int_equal(r.status, STATUS_VOID);
	record_free(&r);
}

/* Before all that others know of it. */
static void our_own_record_counts_first(void **state)
{
	static struct scxb_exit own = { .kind = EXIT_ERROR_STALL, .code = 7 };
	struct policy p = policy_of(&cases[4]);
	struct record r = { 0 };

	(void)state;
	p.kind = POLICY_BPF;
	strcpy(own.reason, "runnable task stall");
	strcpy(own.msg, "a task waited");
	strcpy(own.dump, "CPU states");
	p.mapped[0].view = (struct policy_map){ .data = &own, .value_size = sizeof(own), .entries = 1 };
	p.nr_mapped = 1;
	kernel_says("enable_seq", "3\n");
	assert_int_equal(out_end(&p, &r, ""), 0);
	assert_int_equal(r.status, STATUS_EJECTED);
	assert_string_equal(r.why, "runnable task stall: a task waited");
	assert_int_equal(r.ejection.code, 7);
	assert_string_equal(r.ejection.msg, "a task waited");
	assert_string_equal(r.ejection.dump, "CPU states");
	record_free(&r);
}

static void what_stayed_is_told_with_what_kept_it(void **state)
{
	struct end_facts f = { .ops = "ours", .held_by = "pinned at /sys/fs/bpf/x" };
	char *left = ends_text(END_LEFT_IN, &f), *outlived = ends_text(END_OUTLIVED, &f);

	(void)state;
	assert_string_equal(left,
			    "the command ended and left its scheduler 'ours' in, pinned at /sys/fs/bpf/x: it "
			    "must stay in the foreground");
	assert_string_equal(outlived,
			    "the scheduler 'ours' did not end with its command, pinned at /sys/fs/bpf/x");
	free(left);
	free(outlived);
}

static void every_end_but_one_has_a_sentence(void **state)
{
	const struct end_facts none = { 0 };

	(void)state;
	for (enum end e = END_AS_ASKED + 1; e < NR_ENDS; e++) {
		char *text = ends_text(e, &none);

		assert_true(strlen(text) > 10 && !strpbrk(text, "{}"));
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_end_has_its_status_and_sentence),
		cmocka_unit_test(one_that_comes_again_late_is_waited_for),
		cmocka_unit_test(our_own_record_counts_first),
		cmocka_unit_test(what_stayed_is_told_with_what_kept_it),
		cmocka_unit_test(every_end_but_one_has_a_sentence),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, kernel, scratch_teardown);
}
