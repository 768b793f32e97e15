/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The storm of one seed: the workload "seeded" of the explorer's guests (explore.sh).
 *
 * "run" first stops the machine, once, so that its state can be kept. What comes after differs only by the
 * machine's random numbers (RDRAND), which QEMU's -seed fixes. From them come the storm's own seed and the
 * flutter: tasks that sleep for random times, one of SCHED_FIFO and the others of the policy. Their timers
 * interrupt the kernel and the policy at random instructions, and what they interrupt finds itself preempted,
 * or another task enqueued in its midst.
 */
#include <fcntl.h>
#include <immintrin.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define STORM "/src/.build/lab/workloads/storm"
#define VICTIM "/run/victim" /* the same, called as the tests' broken policies want it */
#define PAGE 4096
#define PANICKED 1
#define PRIORITY 3 /* above the storm's drivers */
#define FLUTTERERS 2
#define LONGEST_NS 1000000
#define LONGEST_LOOPS 512

static uint64_t draw_number(void)
{
	unsigned long long number;

	while (!_rdrand64_step(&number))
		;
	return number;
}

/* What replay.sh needs: the policy's functions and these of the kernel, as in /proc/kallsyms. */
static bool is_needed(const char *symbol)
{
	static const char *const names[] = {
		" try_to_wake_up\n",
		" enqueue_task_scx\n",
		" dequeue_task_scx\n",
		" set_next_task_scx\n",
		" put_prev_task_scx\n",
		" scx_dispatch_enqueue\n",
		" scx_vexit\n",
		" __warn\n",
		" runqueues\n",
		" __per_cpu_offset\n",
		"\t[bpf]\n",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strstr(symbol, names[i]))
			return true;
	return false;
}

static void write_symbols(void)
{
	FILE *in = fopen("/proc/kallsyms", "re"), *out = fopen("/dev/ttyS1", "we");
	char line[256];

	while (in && out && fgets(line, sizeof(line), in))
		if (is_needed(line))
			fputs(line, out);
	if (out) {
		fflush(out);
		tcdrain(fileno(out));
		fclose(out);
	}
	if (in)
		fclose(in);
}

/* /dev/panic is the memory of a pvpanic device. */
static int stop_machine_here(void)
{
	int fd = open("/dev/panic", O_RDWR | O_CLOEXEC);
	volatile uint8_t *device = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (device == MAP_FAILED) {
		perror("storm: the machine can't be stopped");
		return -1;
	}
	*device = PANICKED;
	return 0;
}

static void flutter_once(void)
{
	uint64_t draw = draw_number();
	struct timespec rest = { .tv_nsec = draw % LONGEST_NS };

	nanosleep(&rest, NULL);
	for (volatile unsigned i = 0; i < (draw >> 40) % LONGEST_LOOPS; i++)
		;
}

static void flutter_begin(void)
{
	for (int i = 0; i < FLUTTERERS; i++) {
		if (fork())
			continue;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			flutter_once();
	}
}

static int flutter_until_end(pid_t storm)
{
	struct sched_param fifo = { .sched_priority = PRIORITY };
	int status;

	flutter_begin();
	if (sched_setscheduler(0, SCHED_FIFO, &fifo))
		return 1;
	while (!waitpid(storm, &status, WNOHANG))
		flutter_once();
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static int run_storm(void)
{
	char seed[24];
	pid_t storm;

	write_symbols();
	if (stop_machine_here())
		return 1;
	snprintf(seed, sizeof(seed), "%u", (unsigned)draw_number());
	setenv("SCXB_SEED", seed, 1);
	storm = fork();
	if (storm)
		return storm < 0 ? 1 : flutter_until_end(storm);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	execl(VICTIM, VICTIM, "run", (char *)NULL);
	return 1;
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "run"))
		return run_storm();
	/* What flutters has no bound. */
	execl("/bin/sh", "sh", "-c", STORM " --describe | sed 's/^ext_share .*/ext_share 0/'", (char *)NULL);
	return 1;
}
