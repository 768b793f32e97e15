/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A counter of the instructions that a guest executes: a plugin of QEMU, loaded with memory=FILE, the shared
 * memory of an ivshmem device of the guest, and for a profile with profile=FILE.
 *
 * Every instruction of every CPU adds one, and with a profile one more to the 16 bytes of code that it is in.
 * A mark, an instruction that does nothing else, updates the page that the guest sees (struct page, as in
 * workloads/exact/mark.c). All of this takes the guest no instruction, so it neither moves its clock nor
 * shows in any count.
 *
 * Of one CPU, the code that QEMU generates adds by itself. Of several on one thread, such code of QEMU 10.0
 * writes to a wrong address; there a function is called, which takes the host longer.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* What is used of version 3 of QEMU's plugin API (docs/devel/tcg-plugins.rst); Debian does not package its
 * header. */
typedef uint64_t plugin_id;
struct plugin_tb;
struct plugin_insn;
struct plugin_scoreboard;
struct plugin_u64 {
	struct plugin_scoreboard *score;
	size_t offset;
};
#define INLINE_ADD_U64 0
void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id id, void (*cb)(plugin_id id, struct plugin_tb *tb));
size_t qemu_plugin_tb_n_insns(const struct plugin_tb *tb);
struct plugin_insn *qemu_plugin_tb_get_insn(const struct plugin_tb *tb, size_t i);
size_t qemu_plugin_insn_data(const struct plugin_insn *insn, void *to, size_t size);
uint64_t qemu_plugin_insn_vaddr(const struct plugin_insn *insn);
struct plugin_scoreboard *qemu_plugin_scoreboard_new(size_t size);
void qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(struct plugin_insn *insn, int op,
							 struct plugin_u64 to, uint64_t value);
void qemu_plugin_register_vcpu_insn_exec_cb(struct plugin_insn *insn, void (*cb)(unsigned cpu, void *data),
					    int flags, void *data);
uint64_t qemu_plugin_u64_sum(struct plugin_u64 of);
void qemu_plugin_u64_set(struct plugin_u64 of, unsigned cpu, uint64_t value);
struct machine {
	const char *target;
	struct {
		int least, now;
	} version;
	bool is_system;
	int cpus, most_cpus;
};

__attribute__((visibility("default"))) int qemu_plugin_version = 3;
__attribute__((visibility("default"))) int qemu_plugin_install(plugin_id id, const struct machine *machine,
							       int argc, char **argv);

struct page {
	uint64_t executed; /* so far */
	uint64_t window; /* as the guest sets it before a mark: 1 a window begins here, 2 it ends here, else 0
			  */
};
static const uint8_t mark[] = { 0x0f, 0x1f, 0x80, 0x78, 0x62, 0xbe, 0x5c }; /* nopl 0x5cbe6278(%rax) */

#define SLOTS (1u << 20)
#define SLOT_BYTES 16u
static volatile struct page *page;
static FILE *profile;
static uint64_t *address; /* a hash table; 0: free */
/* A count for each entry of address[], and for all: of one CPU on the board, else in calls[]. */
#define ALL SLOTS
static struct plugin_scoreboard *board;
static uint64_t *calls;

static struct plugin_u64 slot(size_t i)
{
	return (struct plugin_u64){ board, i * sizeof(uint64_t) };
}

static uint64_t count_of(size_t i)
{
	return calls ? calls[i] : qemu_plugin_u64_sum(slot(i));
}

static void reset_count(size_t i)
{
	if (calls)
		calls[i] = 0;
	else
		qemu_plugin_u64_set(slot(i), 0, 0);
}

static size_t slot_of(uint64_t at)
{
	size_t i;

	at &= ~(uint64_t)(SLOT_BYTES - 1);
	for (i = (at * 0x9e3779b97f4a7c15ull) >> 44; address[i] && address[i] != at; i = (i + 1) % SLOTS)
		;
	address[i] = at;
	return i;
}

/* "window", then ADDRESS COUNT a line; the counts begin at 0 again. */
static void end_window(int ends)
{
	if (ends)
		fputs("window\n", profile);
	for (size_t i = 0; i < SLOTS; i++) {
		uint64_t n = address[i] ? count_of(i) : 0;

		if (n && ends)
			fprintf(profile, "%016" PRIx64 " %" PRIu64 "\n", address[i], n);
		if (n)
			reset_count(i);
	}
	fflush(profile);
}

static void reach_mark(unsigned cpu, void *data)
{
	(void)cpu, (void)data;
	page->executed = count_of(ALL);
	if (profile && page->window)
		end_window(page->window == 2);
}

static void add_one(unsigned cpu, void *count)
{
	(void)cpu;
	++*(uint64_t *)count;
}

static void count_insn(struct plugin_insn *insn, size_t i)
{
	if (calls)
		qemu_plugin_register_vcpu_insn_exec_cb(insn, add_one, 0, &calls[i]);
	else
		qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(insn, INLINE_ADD_U64, slot(i), 1);
}

static void translate_block(plugin_id id, struct plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb);
	uint8_t bytes[sizeof(mark)];

	(void)id;
	for (size_t i = 0; i < n; i++) {
		struct plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);

		if (qemu_plugin_insn_data(insn, bytes, sizeof(bytes)) == sizeof(bytes) &&
		    !memcmp(bytes, mark, sizeof(mark)))
			qemu_plugin_register_vcpu_insn_exec_cb(insn, reach_mark, 0, NULL);
		count_insn(insn, ALL);
		if (profile)
			count_insn(insn, slot_of(qemu_plugin_insn_vaddr(insn)));
	}
}

static int take_argument(const char *text)
{
	int fd;

	if (!strncmp(text, "profile=", 8)) {
		profile = fopen(text + 8, "we");
		return profile ? 0 : -1;
	}
	if (strncmp(text, "memory=", 7))
		return -1;
	fd = open(text + 7, O_RDWR | O_CLOEXEC);
	page = mmap(NULL, sizeof(*page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	return page == MAP_FAILED ? -1 : 0;
}

int qemu_plugin_install(plugin_id id, const struct machine *machine, int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		if (take_argument(argv[i])) {
			fprintf(stderr, "counter: %s: can't be used\n", argv[i]);
			return -1;
		}
	address = calloc(SLOTS, sizeof(*address));
	if (machine->cpus > 1)
		calls = calloc(SLOTS + 1, sizeof(*calls));
	else
		board = qemu_plugin_scoreboard_new((SLOTS + 1) * sizeof(uint64_t));
	if (!page || !address || (machine->cpus > 1 && !calls))
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translate_block);
	return 0;
}
