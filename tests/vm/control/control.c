/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * control CASE   run under a policy ('scxbench run POLICY -- control CASE'): asks something of it, and prints
 * what that does. Exit 0: as it should be. The cases are in the table at the end.
 */
#include <math.h>
#include <sched.h>
#include <sys/stat.h>
#include "group.h"
#include "kit.h"

#define TENANTS 3
static const char *const tenant[TENANTS] = { "ctl1", "ctl2", "ctl3" };
static pid_t hog[256];
static int hogs;

/* Each has two threads a CPU that never stop. */
static void start_tenants(int nr)
{
	for (int i = 0; i < nr; i++) {
		char path[64];

		snprintf(path, sizeof(path), ROOT "%s", tenant[i]);
		mkdir(path, 0755);
		for (long n = 0; n < 2 * sysconf(_SC_NPROCESSORS_ONLN); n++)
			hog[hogs++] = start(burn_in, (void *)tenant[i]);
	}
}

static void end_tenants(int nr)
{
	while (hogs)
		end(hog[--hogs]);
	for (int i = 0; i < nr; i++) {
		char path[64];

		snprintf(path, sizeof(path), ROOT "%s", tenant[i]);
		rmdir(path);
	}
}

/* What each used within some seconds; returns how many seconds they really were. */
static double measure(double seconds, double *got, int nr)
{
	double began = now();

	for (int i = 0; i < nr; i++)
		got[i] = -used(tenant[i]);
	rest(seconds);
	for (int i = 0; i < nr; i++)
		got[i] += used(tenant[i]);
	return now() - began;
}

static double median_of_three(double a, double b, double c)
{
	return fmax(fmin(a, b), fmin(fmax(a, b), c));
}

/*
 * Of three windows of five seconds one after the other: in one of them the host of an emulated machine may
 * have taken a CPU away, and then the task that ran on it is charged for what it did not get.
 */
static bool check_shares(const double *want, double tolerance)
{
	double share_in[3][TENANTS], got[TENANTS];
	bool good = true;

	for (int w = 0; w < 3; w++) {
		measure(5, got, TENANTS);
		for (int i = 0; i < TENANTS; i++)
			share_in[w][i] = got[i] / (got[0] + got[1] + got[2]);
	}
	for (int i = 0; i < TENANTS; i++) {
		double share = median_of_three(share_in[0][i], share_in[1][i], share_in[2][i]);

		printf("tenant %d: %.1f %% of the time, wanted %.1f %%\n", i + 1, 100 * share, 100 * want[i]);
		good &= share > want[i] * (1 - tolerance) && share < want[i] * (1 + tolerance);
	}
	return good;
}

static void reset_group(struct control *c, const char *group)
{
	char target[64];

	snprintf(target, sizeof(target), "cgroup:%s", group);
	reset(c, target);
}

static int shares(struct control *c)
{
	static const double by_weight[] = { 1 / 7., 2 / 7., 4 / 7. }, even[] = { 1 / 3., 1 / 3., 1 / 3. };
	bool good;

	/* At the usual 20 ms what is left over at both ends of five seconds is 5 % of the lightest. */
	start_tenants(TENANTS);
	set(c, "policy", "slice_us=5000");
	set(c, "cgroup:ctl1", "weight=100");
	set(c, "cgroup:ctl2", "weight=200");
	set(c, "cgroup:ctl3", "weight=400");
	rest(2);
	good = check_shares(by_weight, 0.05);
	for (int i = 0; i < TENANTS; i++)
		reset_group(c, tenant[i]);
	rest(2);
	good &= check_shares(even, 0.05);
	end_tenants(TENANTS);
	control_clear(c, false);
	return good ? 0 : 1;
}

/* In percent of the machine, over two seconds. */
static double machine_share(void)
{
	double got, took = measure(2, &got, 1);

	return 100 * got / took / sysconf(_SC_NPROCESSORS_ONLN);
}

/* In no window more than the quota; the middle one of three, as above, is not less either. */
static int quota(struct control *c)
{
	double share[3], usual, without;
	bool good = true;

	start_tenants(1);
	set(c, "cgroup:ctl1", "quota=25%machine");
	rest(2);
	for (int w = 0; w < 3; w++) {
		share[w] = machine_share();
		good &= share[w] < 27;
	}
	usual = median_of_three(share[0], share[1], share[2]);
	good &= usual > 23;
	printf("%.2f, %.2f, %.2f %% of the machine, wanted 25 %%\n", share[0], share[1], share[2]);
	control_clear(c, false);
	rest(1);
	without = machine_share();
	printf("%.2f %% without the quota\n", without);
	good &= without > 60;
	end_tenants(1);
	return good ? 0 : 1;
}

/* Of a hundred wakeups on an idle machine, how many were on the CPU. */
static int wakeups_on(int cpu)
{
	int n = 0;

	for (int i = 0; i < 100; i++) {
		rest(0.002);
		n += sched_getcpu() == cpu;
	}
	return n;
}

static int cpu(struct control *c)
{
	bool good = true;

	for (int i = 0; i < 2; i++) {
		char me[32], word[32];
		int n;

		snprintf(me, sizeof(me), "tid:%d", getpid());
		snprintf(word, sizeof(word), "cpu=%d", i);
		set(c, me, word);
		n = wakeups_on(i);
		printf("%d of 100 wakeups on CPU %d, which is preferred\n", n, i);
		good &= n >= 80;
	}
	return good ? 0 : 1;
}

/* How often the tenants' hogs were made to give up their CPU, within two seconds. */
static long switches(void)
{
	long sum = 0;

	for (int i = 0; i < hogs; i++) {
		char path[64], line[128];
		FILE *f;
		long n;

		snprintf(path, sizeof(path), "/proc/%d/status", hog[i]);
		f = fopen(path, "re");
		while (f && fgets(line, sizeof(line), f))
			if (sscanf(line, "nonvoluntary_ctxt_switches: %ld", &n) == 1)
				sum += n;
		if (f)
			fclose(f);
	}
	return sum;
}

static long switches_with(struct control *c, const char *target, const char *word)
{
	long before;

	set(c, target, word);
	rest(0.5);
	before = switches();
	rest(2);
	return switches() - before;
}

static int slice(struct control *c)
{
	static const char *const target[] = { "policy", "cgroup:ctl1" };
	bool good = true;

	start_tenants(1);
	for (int i = 0; i < 2; i++) {
		long many = switches_with(c, target[i], "slice_us=4000");
		long few = switches_with(c, target[i], "slice_us=100000");

		printf("%s: %ld switches with 4 ms, %ld with 100 ms\n", target[i], many, few);
		good &= many > 3 * few && few > 0;
	}
	end_tenants(1);
	return good ? 0 : 1;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(struct control *c);
	} test[] = { { "shares", shares }, { "quota", quota }, { "cpu", cpu }, { "slice", slice } };
	struct control *c;

	setvbuf(stdout, NULL, _IONBF, 0);
	for (size_t i = 0; argc > 1 && i < sizeof(test) / sizeof(*test); i++)
		if (!strcmp(argv[1], test[i].name))
			return control_open(&c) ? 3 : test[i].run(c);
	return 2;
}
