/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Attaches one policy and keeps it attached, so that it can be watched and steered. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "collect/collect.h"
#include "policy/policy.h"
#include "util/guest.h"
#include "util/home.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/self.h"

struct holding {
	struct policy *policy;
	struct record record;
	sigset_t wanted, before; /* signals: that end us or report the command's end; as they were */
	pid_t command;		 /* 0: none */
	int code;
};

static void command_process(const struct holding *h, char **argv)
{
	sigprocmask(SIG_SETMASK, &h->before, NULL);
	self_return_to_class();
	execvp(argv[0], argv);
	log_err(-errno, "%s: %m", argv[0]);
	_exit(127);
}

static int start_command(struct holding *h, char **argv)
{
	if (!argv[0])
		return 0;
	h->command = fork();
	if (!h->command)
		command_process(h, argv);
	return h->command < 0 ? log_err(-errno, "%s can't be started: %m", argv[0]) : 0;
}

/* True once it has ended; then its exit code is ours. */
static bool command_ended(struct holding *h)
{
	int status;

	if (!h->command || waitpid(h->command, &status, WNOHANG) <= 0)
		return false;
	h->code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	h->command = 0;
	return true;
}

/* A sign of life twice a second, until there is a reason to end. */
static void run_hold(struct holding *h)
{
	const struct timespec beat = { .tv_nsec = 500000000 };

	while (policy_beat(h->policy)) {
		int sig = sigtimedwait(&h->wanted, NULL, &beat);

		if (command_ended(h))
			return;
		if (sig > 0 && sig != SIGCHLD) {
			h->code = h->command ? EXIT_CODE_INTERRUPTED : EXIT_CODE_OK;
			return;
		}
	}
}

static void end_command(struct holding *h)
{
	if (!h->command)
		return;
	kill(h->command, SIGTERM);
	waitpid(h->command, NULL, 0);
}

/* Prints what the record says of the policy; 0 or EXIT_CODE_FAILED. */
static int run_tell(const struct record *r)
{
	int code = EXIT_CODE_OK;

	if (r->status == STATUS_EJECTED)
		log_warn("the kernel ejected the policy after %.3g s: %s", r->ejection.after_s, r->why);
	else if (r->why)
		log_warn("%s", r->why);
	if (r->why)
		code = EXIT_CODE_FAILED;
	for (size_t i = 0; i < r->nr_proofs; i++) {
		const struct proof *p = &r->proof[i];

		if (!p->holds)
			code = EXIT_CODE_FAILED;
		if (!p->holds || proof_is_of_custody(p))
			log_info("%s: %s%s", proof_name(p), p->found, p->holds ? "" : " (WRONG)");
	}
	return code;
}

static int run_policy(struct holding *h, char **argv)
{
	int err = policy_attach(h->policy, &h->record);

	if (err)
		return err;
	log_info("%s is attached", policy_ops_name(h->policy));
	if (policy_unset(h->policy))
		log_warn("it is without its own program: %s", policy_unset(h->policy));
	err = start_command(h, argv);
	if (!err)
		run_hold(h);
	end_command(h);
	policy_prove_still_in(h->policy, &h->record);
	policy_detach(h->policy, &h->record);
	collect_ledger(h->policy, &h->record);
	return err;
}

static int run_load(struct holding *h, const struct policy_spec *spec)
{
	struct topology t;
	int err = topology_load(NULL, &t);

	if (err)
		return err;
	err = policy_load(spec, &(struct policy_setup){ .topology = &t }, &h->policy);
	topology_free(&t);
	return err;
}

static int run_under(const struct policy_spec *spec, char **argv)
{
	struct holding h = { 0 };
	int err = run_load(&h, spec), failed;

	if (err)
		return exit_code_of(err);
	interrupt_signals(&h.wanted);
	sigaddset(&h.wanted, SIGCHLD);
	sigprocmask(SIG_BLOCK, &h.wanted, &h.before);
	err = self_leave_class();
	if (!err)
		err = run_policy(&h, argv);
	failed = run_tell(&h.record);
	policy_unload(h.policy);
	record_free(&h.record);
	return err ? exit_code_of(err) : h.code ? h.code : failed;
}

static int call_run_command(struct call *call)
{
	struct policy_spec spec;
	int err, code;

	if (!options_parse(call, NULL))
		return call->code;
	if (call->nr_words > 1 && strcmp(call->word[1], "--"))
		return exit_code_of(
			options_wrong(call->command, "put '--' before the command '%s'", call->word[1]));
	err = policy_parse(home_dir(), call->word[0], &spec);
	if (!err && spec.kind == POLICY_FAIR)
		err = log_err(-CAUSE_USAGE, "fair is the kernel's own scheduler: there is nothing to attach");
	if (err)
		return exit_code_of(err);
	code = guest_ahead() ? EXIT_CODE_GUEST : run_under(&spec, call->word + (call->nr_words > 1 ? 2 : 1));
	policy_spec_free(&spec);
	return code;
}

const struct command cmd_run = {
	.name = "run",
	.summary = "attach one policy while a command runs",
	.argp = { .args_doc = "POLICY [-- COMMAND...]",
		  .doc = "Attaches a policy until COMMAND ends, or until interrupted. COMMAND runs "
			 "under it, in this terminal. 'scxbench ctl' steers the policy meanwhile, "
			 "'scxbench top' watches it. At the end the policy is detached and its custody "
			 "ledger printed. Even if a process dies, the kernel's own scheduler is back at "
			 "the end.\n\n"
			 "POLICY is given as in bench: vtime, vtime:slice_us=3000, path/to/mine.bpf.o, "
			 "'cmd:scx_rusty'." },
	.kernel = KERNEL_CHECKED,
	.least = 1,
	.most = -1,
	.passes_on = true,
	.exits = "0 ok, or the exit code of COMMAND\n"
		 "1 the kernel ejected the policy, or its ledger does not balance\n"
		 "2 usage\n"
		 "3 this machine can't\n"
		 "130 interrupted before COMMAND ended\n",
	.examples = "scxbench run vtime -- make -j8\nscxbench run locality:layout=core\n",
	.run = call_run_command,
};
