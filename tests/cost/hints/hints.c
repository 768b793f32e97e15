/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A workload for the exact lab (tests/cost/ctl.sh): what a hint through the broker costs, in instructions of
 * the program that gives it, of the broker and of the kernel.
 */
#include "../../../workloads/exact/exact.h"
#include "../../../workloads/kit.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "control/scxbench-hint.h"

#define AT_ONCE 64
#define WARM_UP 2
#define ROUNDS (4L * COST_PARTS)
#define SOCKET "/run/scxbench/hint.sock"

static struct scxbench_hint_request batch(void)
{
	return (struct scxbench_hint_request){ .version = 1, .hint = SCXBENCH_HINT_BATCH, .tid = getpid() };
}

/* One after the other. */
static int give_each(long n, const void *ctx)
{
	const struct scxbench_hint_request r = batch();

	(void)ctx;
	for (long i = 0; i < n * AT_ONCE; i++) {
		int answer = scxbench_hint_at(SOCKET, &r);

		if (answer)
			return kit_fail("a hint: %s", strerror(-answer));
	}
	return 0;
}

static int connect_one(void)
{
	const struct scxbench_hint_request r = batch();
	struct sockaddr_un at = { .sun_family = AF_UNIX, .sun_path = SOCKET };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&at, sizeof(at)) ||
	    send(fd, &r, sizeof(r), MSG_NOSIGNAL) != sizeof(r))
		kit_fail("a hint: %s", strerror(errno));
	return fd;
}

/* Many at a time. */
static int give_many(long n, const void *ctx)
{
	int fd[AT_ONCE];
	int32_t answer;

	(void)ctx;
	while (n--) {
		for (int i = 0; i < AT_ONCE; i++)
			fd[i] = connect_one();
		for (int i = 0; i < AT_ONCE; i++) {
			if (recv(fd[i], &answer, sizeof(answer), 0) != sizeof(answer) || answer)
				return kit_fail("a hint was refused");
			close(fd[i]);
		}
	}
	return 0;
}

/* Of the same build as we are; 0: it could not be started. */
static pid_t start_broker(void)
{
	char self[PATH_MAX] = "", *program;
	pid_t pid;

	if (readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
		return 0;
	if (asprintf(&program, "%s/../../../scxbench", dirname(self)) < 0)
		return 0;
	pid = fork();
	if (!pid) {
		execl(program, "scxbench", "hintd", "--group", "root", NULL);
		_exit(127);
	}
	free(program);
	while (pid > 0 && access(SOCKET, F_OK) && waitpid(pid, NULL, WNOHANG) != pid)
		usleep(1000);
	return pid > 0 ? pid : 0;
}

static int describe(void)
{
	puts("summary what a hint costs, in instructions\nprimary cost\ntimeout_s 600\nidentity 1\n"
	     "typical_s 1\ndefault no\nneeds root\nvariant each one after the other\nvariant many 64 at once");
	return 0;
}

static int count_variant(void)
{
	const char *variant = getenv("SCXB_VARIANT") ?: "";
	const struct work w = { strcmp(variant, "many") ? give_each : give_many, NULL, AT_ONCE, NULL };
	struct cost cost = { 0 };
	pid_t broker;

	sleep(2); /* as workloads/exact does */
	broker = start_broker();
	if (!broker || counter_open() || w.run(WARM_UP, NULL) || count_parts(&w, ROUNDS, &cost))
		return 1;
	cost_report(&cost);
	kill(broker, SIGTERM);
	return waitpid(broker, NULL, 0) != broker;
}

int main(int argc, char **argv)
{
	return kit_main(argc, argv, describe, count_variant);
}
