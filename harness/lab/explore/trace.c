/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The last scheduling events of a guest: a plugin of QEMU, loaded with events=FILE, pid=OFFSET and
 * comm=OFFSET (of struct task_struct), cpus=ADDRESS (of the kernel's __per_cpu_offset), and
 * watch=NAME:REGISTER:ADDRESS for each function that is an event.
 * REGISTER is "rdi" or "rsi", the one with the task, or "ctx" for an op of a policy, whose arguments are
 * where rdi points to.
 *
 * FILE is a ring of lines of LINE bytes, EVENTS of them, each "NUMBER CPU NAME PID COMM". The guest executes
 * the same instructions with it or without.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EVENTS 200
#define LINE 96
#define WATCHES 256
#define KERNEL (1ull << 63) /* an address of it */

/* What is used of version 4 of QEMU's plugin API and of glib; the lab has the headers of neither. */
typedef uint64_t plugin_id;
struct plugin_tb;
struct plugin_insn;
struct reg {
	void *handle;
	const char *name, *feature;
};
struct array {
	uint8_t *data;
	unsigned len;
};
#define READS_REGISTERS 1
void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id id, void (*cb)(plugin_id id, struct plugin_tb *tb));
void qemu_plugin_register_vcpu_init_cb(plugin_id id, void (*cb)(plugin_id id, unsigned cpu));
size_t qemu_plugin_tb_n_insns(const struct plugin_tb *tb);
struct plugin_insn *qemu_plugin_tb_get_insn(const struct plugin_tb *tb, size_t i);
uint64_t qemu_plugin_insn_vaddr(const struct plugin_insn *insn);
void qemu_plugin_register_vcpu_insn_exec_cb(struct plugin_insn *insn, void (*cb)(unsigned cpu, void *data),
					    int flags, void *data);
struct array *qemu_plugin_get_registers(void);
int qemu_plugin_read_register(void *handle, struct array *to);
bool qemu_plugin_read_memory_vaddr(uint64_t address, struct array *to, size_t len);
struct array *g_byte_array_new(void);
struct array *g_byte_array_set_size(struct array *array, unsigned len);

__attribute__((visibility("default"))) int qemu_plugin_version = 4;
__attribute__((visibility("default"))) int qemu_plugin_install(plugin_id id, const void *info, int argc,
							       char **argv);

static struct watch {
	uint64_t address;
	char reg[8], name[48];
} watches[WATCHES];
static int nr_watches, events = -1;
static unsigned long pid_offset, comm_offset, seen;
static uint64_t cpu_bases;
static void *rdi, *rsi, *gs_base;
static struct array *room;

static uint64_t read_register(void *handle)
{
	uint64_t value = 0;

	g_byte_array_set_size(room, 0);
	if (handle && qemu_plugin_read_register(handle, room) >= (int)sizeof(value))
		memcpy(&value, room->data, sizeof(value));
	return value;
}

static bool read_memory(uint64_t address, void *to, size_t size)
{
	g_byte_array_set_size(room, 0);
	if (!qemu_plugin_read_memory_vaddr(address, room, size) || room->len < size)
		return false;
	memcpy(to, room->data, size);
	return true;
}

static uint64_t task_of(const struct watch *w)
{
	uint64_t at = read_register(strcmp(w->reg, "rsi") ? rdi : rsi), task = 0;

	if (strcmp(w->reg, "ctx"))
		return at;
	return read_memory(at, &task, sizeof(task)) ? task : 0;
}

/*
 * Of several CPUs on one thread, QEMU 10.0 names to a callback the one that ran this code first. The kernel
 * has each one's own base in a register.
 */
static unsigned running_cpu(void)
{
	uint64_t wanted = read_register(gs_base), base = 0;
	unsigned cpu = 0;

	while (read_memory(cpu_bases + cpu * sizeof(base), &base, sizeof(base)) && base && base != wanted)
		cpu++;
	return cpu;
}

static void record_event(unsigned first_cpu, void *data)
{
	const struct watch *w = data;
	uint64_t task = task_of(w);
	char comm[16] = "", line[LINE + 1];
	unsigned cpu = running_cpu();
	int32_t pid = -1;

	(void)first_cpu;
	if ((task & KERNEL) && read_memory(task + pid_offset, &pid, sizeof(pid)))
		read_memory(task + comm_offset, comm, sizeof(comm));
	if (pid < 0)
		snprintf(line, sizeof(line), "%10lu %3u %s", seen, cpu, w->name);
	else
		snprintf(line, sizeof(line), "%10lu %3u %-40s %6d %.15s", seen, cpu, w->name, pid, comm);
	memset(line + strlen(line), ' ', LINE - strlen(line));
	line[LINE - 1] = '\n';
	if (pwrite(events, line, LINE, (off_t)(seen % EVENTS * LINE)) == LINE)
		seen++;
}

static void translate_block(plugin_id id, struct plugin_tb *tb)
{
	(void)id;
	for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
		struct plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);

		for (int k = 0; k < nr_watches; k++)
			if (watches[k].address == qemu_plugin_insn_vaddr(insn))
				qemu_plugin_register_vcpu_insn_exec_cb(insn, record_event, READS_REGISTERS,
								       &watches[k]);
	}
}

static void find_registers(plugin_id id, unsigned cpu)
{
	struct array *all = qemu_plugin_get_registers();
	struct reg *reg = (struct reg *)(void *)all->data;

	(void)id, (void)cpu;
	room = g_byte_array_new();
	for (unsigned i = 0; i < all->len; i++) {
		if (!strcmp(reg[i].name, "rdi"))
			rdi = reg[i].handle;
		if (!strcmp(reg[i].name, "rsi"))
			rsi = reg[i].handle;
		if (!strcmp(reg[i].name, "gs_base"))
			gs_base = reg[i].handle;
	}
}

static bool take_argument(const char *text)
{
	struct watch *w = &watches[nr_watches];

	if (!strncmp(text, "events=", 7))
		return (events = open(text + 7, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) >= 0;
	if (sscanf(text, "pid=%lu", &pid_offset) == 1 || sscanf(text, "comm=%lu", &comm_offset) == 1 ||
	    sscanf(text, "cpus=%" SCNx64, &cpu_bases) == 1)
		return true;
	if (nr_watches == WATCHES ||
	    sscanf(text, "watch=%47[^:]:%7[^:]:%" SCNx64, w->name, w->reg, &w->address) != 3)
		return false;
	nr_watches++;
	return true;
}

int qemu_plugin_install(plugin_id id, const void *info, int argc, char **argv)
{
	(void)info;
	for (int i = 0; i < argc; i++)
		if (!take_argument(argv[i])) {
			fprintf(stderr, "trace: %s: can't be used\n", argv[i]);
			return -1;
		}
	qemu_plugin_register_vcpu_init_cb(id, find_registers);
	qemu_plugin_register_vcpu_tb_trans_cb(id, translate_block);
	return 0;
}
