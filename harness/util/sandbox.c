/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "util/account.h"

#define NOBODY "65534"
#define FILES 1024    /* in memory, of no size */
#define NO_RIGHTS 125 /* exit codes beyond those of fn */

#ifdef __x86_64__
#define ARCH AUDIT_ARCH_X86_64
#else
#define ARCH AUDIT_ARCH_AARCH64
#endif

/* The offset of the number is 0. The upper half of x86's numbers is another table, of x32. */
#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define GIVE(action) BPF_STMT(BPF_RET | BPF_K, action)
#define LET(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), GIVE(SECCOMP_RET_ALLOW)

/* Any other call fails, which libraries survive. */
static const struct sock_filter filter[] = {
	LOAD(arch),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0),
	GIVE(SECCOMP_RET_KILL_PROCESS),
	LOAD(nr),
	LET(brk),
	LET(mmap),
	LET(munmap),
	LET(mremap),
	LET(mprotect),
	LET(madvise),
	LET(memfd_create), /* libbpf has one for each map */
	LET(fcntl),
	LET(close),
	LET(futex),
	LET(getrandom),
	LET(clock_gettime),
	LET(getpid),
	LET(gettid),
	LET(tgkill), /* itself, by abort() */
	LET(rt_sigaction),
	LET(rt_sigprocmask),
	LET(rt_sigreturn),
	LET(sched_yield),
	LET(sigaltstack), /* of the sanitizers */
	LET(exit),
	LET(exit_group),
	GIVE(SECCOMP_RET_ERRNO | EPERM),
};

static uint64_t bytes_of_memory(void)
{
	unsigned long pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (f && fscanf(f, "%lu", &pages) != 1)
		pages = 0;
	if (f)
		fclose(f);
	return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void set_limits(void)
{
	const rlim_t memory = bytes_of_memory() + ((rlim_t)SANDBOX_MIB << 20);
	const struct {
		int which;
		rlim_t most;
	} limit[] = { { RLIMIT_AS, memory },
		      { RLIMIT_CORE, 0 },
		      { RLIMIT_FSIZE, 0 },
		      { RLIMIT_NOFILE, FILES },
		      { RLIMIT_NPROC, 0 } };

	for (size_t i = 0; i < sizeof(limit) / sizeof(*limit); i++)
		setrlimit(limit[i].which, &(struct rlimit){ limit[i].most, limit[i].most });
	/* At the hard limit of this one the signal is SIGKILL, which does not say why. */
	setrlimit(RLIMIT_CPU, &(struct rlimit){ SANDBOX_S, SANDBOX_S + 1 });
}

/* Without a terminal, in the usual class, deaf to nothing. */
static void leave_all(void)
{
	const struct sched_param param = { 0 };
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	sigset_t none;

	setsid();
	sched_setscheduler(0, SCHED_OTHER, &param);
	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int fd = 0; fd < 3; fd++)
		if (null < 0 || dup2(null, fd) < 0)
			close(fd);
	close_range(3, ~0U, 0);
}

static int drop_rights(const struct account *nobody, pid_t parent)
{
	const struct sock_fprog program = { sizeof(filter) / sizeof(*filter), (struct sock_filter *)filter };

	if (nobody ? account_become(nobody, 0) : prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -errno;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		return -ESRCH;
	set_limits();
	prctl(PR_SET_DUMPABLE, 0);
	/* A kernel without it has the rest of this. */
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) && errno != EINVAL ? -EPERM : 0;
}

static void __attribute__((noreturn)) sandbox_child(int (*fn)(void *), void *ctx,
						    const struct account *nobody)
{
	pid_t parent = getppid();
	int code;

	leave_all();
	if (drop_rights(nobody, parent))
		_exit(NO_RIGHTS);
	code = fn(ctx);
	_exit(code < 0 || code > SANDBOX_MOST_CODE ? SANDBOX_MOST_CODE : code);
}

static int await_child(pid_t pid, struct why *why)
{
	struct pollfd end = { .fd = pidfd_open(pid, 0), .events = POLLIN };
	int status = 0, n;

	do
		n = poll(&end, 1, SANDBOX_S * 1000);
	while (n < 0 && errno == EINTR);
	if (n <= 0 || end.fd < 0)
		kill(pid, SIGKILL);
	if (end.fd >= 0)
		close(end.fd);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (n <= 0 || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
		return why_set(why, -ETIMEDOUT, "took more than %d s", SANDBOX_S);
	if (WIFSIGNALED(status))
		return why_set(why, -ECHILD, "died by signal %d", WTERMSIG(status));
	if (WEXITSTATUS(status) == NO_RIGHTS)
		return why_set(why, -EPERM, "could not give up its rights");
	return WEXITSTATUS(status);
}

int sandbox_run(int (*fn)(void *ctx), void *ctx, struct why *why)
{
	struct account nobody = { 0 };
	bool drops = !geteuid() && !account_find(NOBODY, &nobody) && account_is_possible(&nobody);
	pid_t pid = fork();
	int result;

	if (pid == 0)
		sandbox_child(fn, ctx, drops ? &nobody : NULL);
	result = pid < 0 ? why_set(why, -errno, "could not be started: %s", strerror(errno))
			 : await_child(pid, why);
	account_free(&nobody);
	return result;
}
