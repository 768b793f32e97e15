/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is found on a machine made of files, each fault beside a machine that lacks nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <inttypes.h>
#include <linux/capability.h>
#include "scratch.h"
#include "host/needs.h"
#include "policy/needs.h"
#include "util/caps.h"
#include "util/cause.h"

#define SCX "/sys/kernel/sched_ext/"
#define JIT "/proc/sys/net/core/bpf_jit_enable"
#define STATUS "/proc/self/status"
#define LIMITS "/proc/self/limits"
#define MOUNTS "/proc/self/mountinfo"
#define CLOCK "/sys/devices/system/clocksource/clocksource0/current_clocksource"
#define RT "/proc/sys/kernel/sched_rt_runtime_us"
#define CMDLINE "/proc/cmdline"
#define ISOLATED "/sys/devices/system/cpu/isolated"
#define CGROUP "36 25 0:31 / /sys/fs/cgroup "

struct fault {
	const char *path, *text;
	enum finding_level level;
	const char *what;
	const char *beside_path, *beside; /* a second file; NULL: none */
};

static void put(const char *path, const char *text)
{
	char *dir = mem_strdup(fs_sys("%s", path));

	*strrchr(dir, '/') = '\0';
	assert_int_equal(fs_mkdirs(dir), 0);
	free(dir);
	assert_int_equal(fs_write_durable(fs_sys("%s", path), text, strlen(text)), 0);
}

static void make_sound(void)
{
	put(SCX "state", "disabled\n");
	put("/sys/kernel/btf/vmlinux", "");
	put(STATUS, "Name:\tx\nCapEff:\t000001ffffffffff\n");
	put("/proc/self/uid_map", "         0          0 4294967295\n");
	put(LIMITS, "Max locked memory         8388608              8388608              bytes\n"
		    "Max open files            1024                 524288               files\n"
		    "Max realtime priority     0                    0                    \n");
	put(MOUNTS,
	    "22 1 0:5 / / rw - ext4 /dev/vda rw\n" CGROUP "rw,nosuid shared:4 - cgroup2 cgroup2 rw\n");
	put("/sys/fs/cgroup/cgroup.procs", "");
	put(JIT, "1\n");
	put(CMDLINE, "BOOT_IMAGE=/vmlinuz root=/dev/vda quiet\n");
	put(ISOLATED, "\n");
	put(RT, "950000\n");
	put(CLOCK, "tsc\n");
	put("/proc/sys/kernel/dmesg_restrict", "0\n");
	put("/proc/sys/kernel/osrelease", "7.4.1\n");
}

static int machine(void **state)
{
	int err = scratch_setup(state);

	setenv("SCXBENCH_ROOT", scratch, 1);
	make_sound();
	return err;
}

static const struct finding *find(const struct findings *f, const char *what)
{
	for (size_t i = 0; i < f->nr; i++)
		if (strstr(f->finding[i].what, what))
			return &f->finding[i];
	return NULL;
}

static void is_found(const struct fault *fault)
{
	struct findings f = { 0 };
	const struct finding *found;

	host_needs(&f);
	assert_null(find(&f, fault->what));
	findings_free(&f);
	put(fault->path, fault->text);
	if (fault->beside_path)
		put(fault->beside_path, fault->beside);
	host_needs(&f);
	found = find(&f, fault->what);
	if (!found)
		fail_msg("'%s' is not found", fault->what);
	assert_int_equal(found->level, fault->level);
	assert_true(found->cure && *found->cure);
	findings_free(&f);
	remove(fs_sys(SCX "root/ops"));
	make_sound();
}

static const struct fault faults[] = {
	{ SCX "state", "enabled\n", FINDING_NO_SAMPLE, "sched_ext scheduler 'x_1' is active (enabled)",
	  SCX "root/ops", "x_1\n" },
	{ STATUS, "CapEff:\t000001bfffdfffff\n", FINDING_NO_POLICY, "CAP_PERFMON is missing (container?)",
	  NULL, NULL },
	{ STATUS, "CapEff:\t000001fffffffffb\n", FINDING_NO_POLICY,
	  "CAP_DAC_READ_SEARCH is missing (container?)", NULL, NULL },
	{ STATUS, "CapEff:\t0000017fffdfffff\n", FINDING_NO_POLICY, "CAP_BPF is missing (container?)", NULL,
	  NULL },
	{ STATUS, "CapEff:\t00000000a80425fb\n", FINDING_NO_SAMPLE, "CAP_SYS_NICE is missing (container?)",
	  NULL, NULL },
	{ STATUS, "CapEff:\t000001fbffffffff\n", FINDING_MISSING, "CAP_SYSLOG is missing (container?)",
	  "/proc/sys/kernel/dmesg_restrict", "1\n" },
	{ STATUS, "CapEff:\t00000000a80425fb\n", FINDING_NO_SAMPLE,
	  "CAP_IPC_LOCK is missing and the limit is 8388608 bytes", NULL, NULL },
	{ "/proc/self/uid_map", "0 1000 1\n", FINDING_NO_POLICY, "root only in a user namespace", NULL,
	  NULL },
	{ JIT, "0\n", FINDING_NO_POLICY, "the BPF JIT is off (net.core.bpf_jit_enable=0)", NULL, NULL },
	{ CMDLINE, "quiet isolcpus=1 x\n", FINDING_NO_POLICY,
	  "this kernel was booted with isolcpus=1, which sched_ext refuses", ISOLATED, "1\n" },
	{ CMDLINE, "isolcpus=nohz,domain,2-3\n", FINDING_NO_POLICY, "isolcpus=nohz,domain,2-3", ISOLATED,
	  "2-3\n" },
	{ "/sys/kernel/security/lockdown", "none integrity [confidentiality]\n", FINDING_UNSOUND,
	  "locked down (confidentiality)", NULL, NULL },
	{ "/sys/kernel/security/lockdown", "none [integrity] confidentiality\n", FINDING_MISSING,
	  "locked down (integrity)", NULL, NULL },
	{ "/proc/sys/kernel/osrelease", "7.0.13\n", FINDING_MISSING,
	  "ops.dequeue() of kernels before 7.1 is not called", NULL, NULL },
	{ "/proc/sys/kernel/osrelease", "6.19.14-1-cachyos\n", FINDING_MISSING, "the ledger infers exits",
	  NULL, NULL },
	{ "/proc/sys/kernel/osrelease", "7.3.4+deb13-amd64\n", FINDING_UNSOUND, "the watchdog of Linux 7.1",
	  NULL, NULL },
	{ MOUNTS, CGROUP "rw - tmpfs tmpfs rw\n37 36 0:32 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n",
	  FINDING_NO_SAMPLE, "/sys/fs/cgroup is not cgroup2, but cgroup v1 or a hybrid", NULL, NULL },
	{ MOUNTS, "22 1 0:5 / / rw - ext4 /dev/vda rw\n", FINDING_NO_SAMPLE, "/sys/fs/cgroup is not cgroup2",
	  NULL, NULL },
	{ MOUNTS, CGROUP "ro,nosuid - cgroup2 cgroup2 rw\n", FINDING_NO_SAMPLE,
	  "/sys/fs/cgroup is a read-only file system", NULL, NULL },
	{ MOUNTS, CGROUP "rw - cgroup2 cgroup2 ro,nsdelegate\n", FINDING_NO_SAMPLE,
	  "/sys/fs/cgroup is a read-only file system", NULL, NULL },
	{ RT, "0\n", FINDING_NO_SAMPLE, "real-time tasks may not run", NULL, NULL },
	{ RT, "-1\n", FINDING_UNSOUND, "real-time throttling is off", NULL, NULL },
	{ LIMITS, "Max open files            64                   64                   files\n",
	  FINDING_UNSOUND, "at most 64 open files", NULL, NULL },
	{ CLOCK, "hpet\n", FINDING_UNSOUND, "the clock source is hpet", NULL, NULL },
};

static void each_fault_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		is_found(&faults[i]);
		remove(fs_sys("/sys/kernel/security/lockdown"));
	}
}

/* Without any one of the list nothing is measured, and it is named with its cure. */
static void each_capability_is_asked_for(void **state)
{
	(void)state;
	for (const struct cap *c = caps; c->name; c++) {
		/* CAP_SYS_ADMIN stands for its parts. */
		uint64_t part = CAP_BIT(CAP_BPF) | CAP_BIT(CAP_PERFMON),
			 lost = CAP_BIT(c->number) | (CAP_BIT(c->number) & part ? CAP_BIT(CAP_SYS_ADMIN) : 0);
		char *status = mem_printf("CapEff:\t%016" PRIx64 "\n", 0x1ffffffffff & ~lost);
		char *what = mem_printf("%s is missing", c->name);
		struct findings f = { 0 };
		const struct finding *found;

		put(STATUS, status);
		host_needs(&f);
		found = find(&f, what);
		if (c->number != CAP_SYSLOG && (!found || found->level < FINDING_NO_POLICY || !*found->cure))
			fail_msg("%s is not asked for", c->name);
		findings_free(&f);
		free(what);
		free(status);
	}
	make_sound();
}

static void a_group_given_without_room_is_found(void **state)
{
	static const struct fault full = { "/sys/fs/cgroup/cgroup.max.descendants",
					   "0\n",
					   FINDING_NO_SAMPLE,
					   "may have no group below it",
					   NULL,
					   NULL },
				  threaded = { "/sys/fs/cgroup/cgroup.type",
					       "domain threaded\n",
					       FINDING_NO_SAMPLE,
					       "is threaded",
					       NULL,
					       NULL };

	(void)state;
	is_found(&full);
	remove(fs_sys("%s", full.path));
	is_found(&threaded);
	remove(fs_sys("%s", threaded.path));
}

static void what_does_no_harm_is_not_found(void **state)
{
	static const struct {
		const char *path, *text, *what;
	} harmless[] = {
		{ CMDLINE, "isolcpus=managed_irq,1 nohz_full=1\n", "isolcpus" },
		{ CMDLINE, "isolcpus=99\n", "isolcpus" },	   /* no such CPU: none is isolated */
		{ STATUS, "CapEff:\t0000000001a041e7\n", "CAP_" }, /* CAP_SYS_ADMIN stands for its parts */
		{ LIMITS, "Max open files            unlimited            unlimited            files\n",
		  "open files" },
	};
	struct findings f = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(harmless) / sizeof(*harmless); i++) {
		put(harmless[i].path, harmless[i].text);
		host_needs(&f);
		assert_null(find(&f, harmless[i].what));
		findings_free(&f);
		make_sound();
	}
}

static void an_audit_needs_a_kernel_that_tells_custody(void **state)
{
	struct findings f = { 0 };

	(void)state;
	make_sound();
	policy_needs_audit(&f);
	assert_int_equal(f.nr, 1);
	assert_int_equal(f.finding[0].level, FINDING_NO_POLICY);
	assert_non_null(
		strstr(f.finding[0].what, "does not tell custody (Linux 7.1 is the first that does)"));
	findings_free(&f);
}

/* All at once, in one look, and one refusal for all. */
static void nothing_hides_another(void **state)
{
	struct findings f = { 0 };

	(void)state;
	put(STATUS, "CapEff:\t0000000000000000\n");
	put(JIT, "0\n");
	put(MOUNTS, CGROUP "ro - cgroup2 cgroup2 rw\n");
	put(CLOCK, "acpi_pm\n");
	host_needs(&f);
	assert_non_null(find(&f, "CAP_BPF"));
	assert_non_null(find(&f, "CAP_PERFMON"));
	assert_non_null(find(&f, "JIT"));
	assert_non_null(find(&f, "read-only"));
	assert_non_null(find(&f, "acpi_pm"));
	assert_int_equal(findings_worst(&f), FINDING_NO_SAMPLE);
	assert_int_equal(findings_refuse(&f, FINDING_NO_POLICY), -CAUSE_CANT);
	findings_free(&f);
	assert_int_equal(findings_refuse(&f, FINDING_OK), 0);
	assert_int_equal(findings_worst(&f), FINDING_OK);
	make_sound();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_fault_is_found),
		cmocka_unit_test(each_capability_is_asked_for),
		cmocka_unit_test(a_group_given_without_room_is_found),
		cmocka_unit_test(what_does_no_harm_is_not_found),
		cmocka_unit_test(an_audit_needs_a_kernel_that_tells_custody),
		cmocka_unit_test(nothing_hides_another),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, machine, scratch_teardown);
}
