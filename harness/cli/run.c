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
#include "util/clock.h"
#include "util/guest.h"
#include "util/home.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/parse.h"
#include "util/self.h"

#define BEAT_NS 500000000

struct holding {
	struct policy *policy;
	struct record record;
	sigset_t wanted, before; /* signals: that end us or report the command's end; as they were */
	pid_t command;		 /* 0: none, or it has ended */
	double kill_after;	 /* seconds that it has after a signal */
	double kill_at;		 /* then it is killed; 0: no signal came yet */
	bool over;		 /* what we wait for has come */
	bool out;		 /* the policy went out before that */
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

/* Its exit code is ours, unless we were to end. */
static void look_at_command(struct holding *h)
{
	int status;

	if (!h->command || waitpid(h->command, &status, WNOHANG) <= 0)
		return;
	if (!h->kill_at)
		h->code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	h->command = 0;
	h->over = true;
}

/* A terminal sends its signals to the command as well. */
static void pass_signal_on(struct holding *h, const siginfo_t *signal)
{
	h->code = h->command ? EXIT_CODE_INTERRUPTED : h->code;
	h->over = !h->command;
	if (!h->command)
		return;
	if (signal->si_code != SI_KERNEL)
		kill(h->command, signal->si_signo);
	if (!h->kill_at)
		h->kill_at = clock_s() + h->kill_after;
}

static void kill_command(struct holding *h)
{
	log_warn("the command did not end within %g s of the signal: it is killed", h->kill_after);
	kill(h->command, SIGKILL);
	waitpid(h->command, NULL, 0);
	h->command = 0;
	h->over = true;
}

/* For the command's end or a signal, half a second at most. */
static void wait_once(struct holding *h)
{
	double left = h->kill_at ? h->kill_at - clock_s() : 1;
	struct timespec wait = { .tv_nsec = left < 0 ? 0 : left < 0.5 ? (long)(left * 1e9) : BEAT_NS };
	siginfo_t info;
	int signal = sigtimedwait(&h->wanted, &info, &wait);

	look_at_command(h);
	if (signal > 0 && signal != SIGCHLD)
		pass_signal_on(h, &info);
	if (h->command && h->kill_at && clock_s() >= h->kill_at)
		kill_command(h);
}

static const char *out_reason(const struct record *r)
{
	return r->why ? r->why : r->ejection.reason ? r->ejection.reason : "no reason is known";
}

static void tell_out(const struct holding *h)
{
	const char *rest = h->command ? "; the command goes on under the kernel's own scheduler" : "";

	if (h->record.ejection.after_s > 0)
		log_warn("the policy went out after %.3g s: %s%s", h->record.ejection.after_s,
			 out_reason(&h->record), rest);
	else
		log_warn("the policy went out: %s%s", out_reason(&h->record), rest);
}

static void detach_policy(struct holding *h)
{
	policy_prove_still_in(h->policy, &h->record);
	policy_detach(h->policy, &h->record);
	collect_ledger(h->policy, &h->record);
}

/* While the policy is in, and after that until the command ends: it is the user's, and not ours to end. */
static void run_hold(struct holding *h)
{
	while (!h->over && policy_beat(h->policy))
		wait_once(h);
	h->out = !h->over;
	detach_policy(h);
	if (h->out)
		tell_out(h);
	while (h->command)
		wait_once(h);
}

/* Prints what the record says of the policy; 0 or EXIT_CODE_FAILED. */
static int run_tell(const struct holding *h)
{
	const struct record *r = &h->record;
	int code = h->out || r->why ? EXIT_CODE_FAILED : EXIT_CODE_OK;

	if (r->why && !h->out)
		log_warn("%s", r->why);
	for (size_t i = 0; i < r->nr_proofs; i++) {
		const struct proof *p = &r->proof[i];

		/* That one which went out is not in was said. */
		if (h->out && !proof_is_of_custody(p))
			continue;
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
	if (err)
		detach_policy(h);
	else
		run_hold(h);
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

static int run_under(const struct policy_spec *spec, char **argv, double kill_after)
{
	struct holding h = { .kill_after = kill_after };
	int err = run_load(&h, spec), failed;

	if (err)
		return exit_code_of(err);
	interrupt_signals(&h.wanted);
	sigaddset(&h.wanted, SIGCHLD);
	sigprocmask(SIG_BLOCK, &h.wanted, &h.before);
	err = self_leave_class();
	if (!err)
		err = run_policy(&h, argv);
	failed = run_tell(&h);
	policy_unload(h.policy);
	record_free(&h.record);
	return err ? exit_code_of(err) : h.code ? h.code : failed;
}

enum { OPT_KILL_AFTER = 256 };
#define KILL_AFTER 10

static const struct argp_option rows[] = {
	{ "kill-after", OPT_KILL_AFTER, "S", 0,
	  "seconds that COMMAND has to end after a signal, before it is killed, from 0 to 3600 (default: 10)",
	  0 },
	{ 0 },
};

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	if (key != OPT_KILL_AFTER)
		return ARGP_ERR_UNKNOWN;
	return parse_seconds("--kill-after", arg, (struct range){ 0, 3600 }, state->input);
}

static int call_run_command(struct call *call)
{
	struct policy_spec spec;
	int err, code;

	double kill_after = KILL_AFTER;

	if (!options_parse(call, &kill_after))
		return call->code;
	if (call->nr_words > 1 && strcmp(call->word[1], "--"))
		return exit_code_of(
			options_wrong(call->command, "put '--' before the command '%s'", call->word[1]));
	err = policy_parse(home_dir(), call->word[0], &spec);
	if (!err && spec.kind == POLICY_FAIR)
		err = log_err(-CAUSE_USAGE, "fair is the kernel's own scheduler: there is nothing to attach");
	if (err)
		return exit_code_of(err);
	code = guest_ahead() ? EXIT_CODE_GUEST
			     : run_under(&spec, call->word + (call->nr_words > 1 ? 2 : 1), kill_after);
	policy_spec_free(&spec);
	return code;
}

const struct command cmd_run = {
	.name = "run",
	.summary = "attach one policy while a command runs",
	.argp = { .options = rows,
		  .parser = take_option,
		  .args_doc = "POLICY [-- COMMAND...]",
		  .doc = "Attaches a policy until COMMAND ends, or until interrupted. COMMAND runs "
			 "under it, in this terminal. 'scxbench ctl' steers the policy meanwhile, "
			 "'scxbench top' watches it. At the end the policy is detached and its custody "
			 "ledger printed. Even if a process dies, the kernel's own scheduler is back at "
			 "the end.\n\n"
			 "A signal to end is passed on to COMMAND, which has some seconds for that. If the "
			 "kernel ejects the policy, or somebody takes it out, COMMAND goes on under the "
			 "kernel's own scheduler; a line says so, and so does the exit code.\n\n"
			 "POLICY is given as in bench: vtime, vtime:slice_us=3000, path/to/mine.bpf.o, "
			 "'cmd:scx_rusty'." },
	.kernel = KERNEL_CHECKED,
	.least = 1,
	.most = -1,
	.passes_on = true,
	.exits = "0 ok, or the exit code of COMMAND\n"
		 "1 the policy went out before COMMAND ended, or its ledger does not balance\n"
		 "2 usage\n"
		 "3 this machine can't\n"
		 "130 interrupted before COMMAND ended\n",
	.examples = "scxbench run vtime -- make -j8\nscxbench run locality:layout=core\n",
	.run = call_run_command,
};
