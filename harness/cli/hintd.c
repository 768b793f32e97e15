/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The broker of hints, in the foreground. */
#include <errno.h>
#include <getopt.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "cli/cli.h"
#include "control/control_log.h"
#include "control/hints.h"
#include "control/scxbench-hint.h"
#include "util/fs.h"
#include "util/log.h"

static const char help[] =
	"usage: scxbench hintd --group GROUP [--socket PATH]\n\n"
	"Takes hints of programs about their own threads (latency-sensitive, batch, same cache as another thread)\n"
	"and sets slice, priority and CPU preference of these threads in the sched_ext policy that is in. A program\n"
	"copies harness/control/scxbench-hint.h and calls scxbench_hint(). Runs as root, until interrupted.\n\n"
	"      --group GROUP      whose members may give hints\n"
	"      --socket PATH      where it listens (default: " SCXBENCH_HINT_SOCKET ")\n";

static volatile sig_atomic_t interrupted;

static void on_signal(int sig)
{
	(void)sig;
	interrupted = 1;
}

static int serve(const char *path, gid_t group)
{
	const struct sigaction stop = { .sa_handler = on_signal };
	sigset_t signals, before;
	struct hints *h;
	struct pollfd fd;
	int err;

	fs_mkdirs(CONTROL_RUN_DIR);
	err = hints_listen(path, group, &h);
	if (err)
		return exit_code_of(err);
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigprocmask(SIG_BLOCK, &signals, &before);
	sigaction(SIGINT, &stop, NULL);
	sigaction(SIGTERM, &stop, NULL);
	log_info("listening at %s", path);
	fd = (struct pollfd){ .fd = hints_fd(h), .events = POLLIN };
	while (!interrupted)
		if (ppoll(&fd, 1, NULL, &before) > 0)
			hints_serve(h);
	hints_end(h);
	return EXIT_CODE_OK;
}

int cmd_hintd(int argc, char **argv)
{
	static const struct option options[] = { { "group", required_argument, NULL, 'g' },
						 { "socket", required_argument, NULL, 's' },
						 { "help", no_argument, NULL, 'h' },
						 { 0 } };
	const char *path = SCXBENCH_HINT_SOCKET, *name = NULL;
	struct group *group;
	int opt;

	while ((opt = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (opt == 'h')
			return cli_usage(help, EXIT_CODE_OK);
		if (opt == 'g')
			name = optarg;
		else if (opt == 's')
			path = optarg;
		else
			return EXIT_CODE_USAGE;
	}
	if (optind < argc || !name)
		return cli_usage(help, EXIT_CODE_USAGE);
	group = getgrnam(name);
	if (!group)
		return exit_code_of(log_err(-EINVAL, "there is no group '%s'", name));
	if (geteuid())
		return exit_code_of(log_err(-EPERM, "the maps of a policy are root's: run it with sudo"));
	return serve(path, group->gr_gid);
}
