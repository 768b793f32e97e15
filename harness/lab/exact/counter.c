/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A counter of the instructions that a guest executes: a plugin of QEMU, loaded with memory=FILE, the shared
 * memory of an ivshmem device of the guest, and for a profile with profile=FILE.
 *
 * Every instruction of every CPU adds one, and with a profile one more to the 16 bytes of code that it is in.
 * A mark, an instruction that does nothing else, updates the page that the guest sees (struct page, as in
 * workloads/exact/mark.c). All of this takes the guest no instruction, so it neither moves its clock nor
 * shows in any count.
 */
#include <fcntl.h>
#include <inttypes.h>
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
int qemu_plugin_num_vcpus(void);

__attribute__((visibility("default"))) int qemu_plugin_version = 3;
__attribute__((visibility("default"))) int qemu_plugin_install(plugin_id id, const void *info, int argc,
							       char **argv);

struct page {
	uint64_t executed; /* so far */
	uint64_t window; /* as the guest sets it before a mark: 1 a window begins here, 2 it ends here, else 0
			  */
};
static const uint8_t mark[] = { 0x0f, 0x1f, 0x80, 0x78, 0x62, 0xbe, 0x5c }; /* nopl 0x5cbe6278(%rax) */

#define SLOTS (1u << 20)
#define SLOT_BYTES 16u
static volatile struct page *page;
static struct plugin_u64 executed;
static FILE *profile;
static struct plugin_scoreboard *board; /* a count for each entry of address[] */
static uint64_t *address;		/* a hash table; 0: free */

static struct plugin_u64 slot(size_t i)
{
	return (struct plugin_u64){ board, i * sizeof(uint64_t) };
}

static struct plugin_u64 slot_of(uint64_t at)
{
	size_t i;

	at &= ~(uint64_t)(SLOT_BYTES - 1);
	for (i = (at * 0x9e3779b97f4a7c15ull) >> 44; address[i] && address[i] != at; i = (i + 1) % SLOTS)
		;
	address[i] = at;
	return slot(i);
}

/* "window", then ADDRESS COUNT a line; the counts begin at 0 again. */
static void end_window(int ends)
{
	if (ends)
		fputs("window\n", profile);
	for (size_t i = 0; i < SLOTS; i++) {
		uint64_t n = address[i] ? qemu_plugin_u64_sum(slot(i)) : 0;

		if (n && ends)
			fprintf(profile, "%016" PRIx64 " %" PRIu64 "\n", address[i], n);
		for (int cpu = 0; n && cpu < qemu_plugin_num_vcpus(); cpu++)
			qemu_plugin_u64_set(slot(i), (unsigned)cpu, 0);
	}
	fflush(profile);
}

static void reach_mark(unsigned cpu, void *data)
{
	(void)cpu, (void)data;
	page->executed = qemu_plugin_u64_sum(executed);
	if (profile && page->window)
		end_window(page->window == 2);
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
		qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(insn, INLINE_ADD_U64, executed, 1);
		if (profile)
			qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(
				insn, INLINE_ADD_U64, slot_of(qemu_plugin_insn_vaddr(insn)), 1);
	}
}

static int take_argument(const char *text)
{
	int fd;

	if (!strncmp(text, "profile=", 8)) {
		profile = fopen(text + 8, "we");
		board = qemu_plugin_scoreboard_new(SLOTS * sizeof(uint64_t));
		address = calloc(SLOTS, sizeof(*address));
		return profile && address ? 0 : -1;
	}
	if (strncmp(text, "memory=", 7))
		return -1;
	fd = open(text + 7, O_RDWR | O_CLOEXEC);
	page = mmap(NULL, sizeof(*page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	return page == MAP_FAILED ? -1 : 0;
}

int qemu_plugin_install(plugin_id id, const void *info, int argc, char **argv)
{
	(void)info;
	for (int i = 0; i < argc; i++)
		if (take_argument(argv[i])) {
			fprintf(stderr, "counter: %s: can't be used\n", argv[i]);
			return -1;
		}
	if (!page)
		return -1;
	executed.score = qemu_plugin_scoreboard_new(sizeof(uint64_t));
	qemu_plugin_register_vcpu_tb_trans_cb(id, translate_block);
	return 0;
}
