/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/code.h"

/* How far behind its load a value is compared, if it is: what compilers put between is a few instructions. */
#define NEAR 16
#define NONE (-1)

static bool is_wide_load(const struct bpf_insn *insn, size_t i, size_t nr)
{
	return insn[i].code == (BPF_LD | BPF_IMM | BPF_DW) && i + 1 < nr;
}

static bool is_address(const struct bpf_insn *insn, size_t i, size_t nr)
{
	return is_wide_load(insn, i, nr) && insn[i].src_reg == BPF_PSEUDO_MAP_VALUE;
}

static bool is_test_of_zero(const struct bpf_insn *insn, int reg)
{
	int class = BPF_CLASS(insn->code), op = BPF_OP(insn->code);

	return (class == BPF_JMP || class == BPF_JMP32) && (op == BPF_JEQ || op == BPF_JNE) &&
	       BPF_SRC(insn->code) == BPF_K && insn->imm == 0 && insn->dst_reg == reg;
}

static bool is_load_from(const struct bpf_insn *insn, int address)
{
	return BPF_CLASS(insn->code) == BPF_LDX && insn->src_reg == address && insn->off == 0;
}

static bool sets_register(const struct bpf_insn *insn, int reg)
{
	int class = BPF_CLASS(insn->code);

	if (class == BPF_JMP && BPF_OP(insn->code) == BPF_CALL)
		return reg <= BPF_REG_5;
	return (class == BPF_LD || class == BPF_LDX || class == BPF_ALU || class == BPF_ALU64) &&
	       insn->dst_reg == reg;
}

/* insn: behind the load of the address into a register */
static bool is_checked(const struct bpf_insn *insn, size_t nr, int address)
{
	int value = NONE;

	for (size_t i = 0; i < nr && i < NEAR; i++) {
		bool loads = address != NONE && is_load_from(&insn[i], address);

		if (value != NONE && is_test_of_zero(&insn[i], value))
			return true;
		if (value != NONE && sets_register(&insn[i], value))
			value = NONE;
		if (address != NONE && sets_register(&insn[i], address))
			address = NONE;
		if (loads)
			value = insn[i].dst_reg;
	}
	return false;
}

enum use code_use(const struct bpf_insn *insn, size_t nr, int map_fd, unsigned offset)
{
	enum use use = USE_NONE;

	for (size_t i = 0; i < nr && use != USE_CHECKED; i++) {
		if (!is_address(insn, i, nr) || insn[i].imm != map_fd || (unsigned)insn[i + 1].imm != offset)
			continue;
		use = is_checked(insn + i + 2, nr - i - 2, insn[i].dst_reg) ? USE_CHECKED : USE_READ;
	}
	return use;
}

enum use object_use(const struct bpf_object *obj, const struct bpf_map *map, unsigned offset)
{
	struct bpf_program *prog;
	enum use most = USE_NONE;

	bpf_object__for_each_program (prog, obj) {
		enum use use = bpf_program__fd(prog) < 0
				       ? USE_NONE
				       : code_use(bpf_program__insns(prog), bpf_program__insn_cnt(prog),
						  bpf_map__fd(map), offset);

		most = use > most ? use : most;
	}
	return most;
}

/* The instruction does something else with the register than to load from where it points. */
static bool hands_on(const struct bpf_insn *insn, int reg)
{
	int class = BPF_CLASS(insn->code);

	switch (class) {
	case BPF_ST:
		return insn->dst_reg == reg;
	case BPF_STX:
		return insn->dst_reg == reg || insn->src_reg == reg;
	case BPF_ALU:
	case BPF_ALU64:
		return (BPF_SRC(insn->code) == BPF_X && insn->src_reg == reg) ||
		       (BPF_OP(insn->code) != BPF_MOV && insn->dst_reg == reg);
	case BPF_JMP:
		return BPF_OP(insn->code) == BPF_CALL && reg <= BPF_REG_5;
	default:
		return false;
	}
}

/* insn: behind the load of the address into a register */
static enum touch touch_by(const struct bpf_insn *insn, size_t nr, int address)
{
	for (size_t i = 0; i < nr; i += is_wide_load(insn, i, nr) ? 2 : 1) {
		if (hands_on(&insn[i], address))
			return TOUCH_OTHER;
		if (sets_register(&insn[i], address))
			break;
	}
	return TOUCH_READ;
}

enum touch code_touch(const struct bpf_insn *insn, size_t nr, int map_fd, struct span span)
{
	enum touch most = TOUCH_NONE;

	for (size_t i = 0; i < nr && most != TOUCH_OTHER; i++) {
		enum touch touch;

		if (!is_address(insn, i, nr) || insn[i].imm != map_fd ||
		    (unsigned)insn[i + 1].imm - span.offset >= span.size)
			continue;
		touch = touch_by(insn + i + 2, nr - i - 2, insn[i].dst_reg);
		most = touch > most ? touch : most;
	}
	return most;
}

enum touch object_touch(const struct bpf_object *obj, const struct bpf_map *map, struct span span)
{
	struct bpf_program *prog;
	enum touch most = TOUCH_NONE;

	bpf_object__for_each_program (prog, obj) {
		enum touch touch = bpf_program__fd(prog) < 0
					   ? TOUCH_NONE
					   : code_touch(bpf_program__insns(prog), bpf_program__insn_cnt(prog),
							bpf_map__fd(map), span);

		most = touch > most ? touch : most;
	}
	return most;
}

static bool program_uses(const struct bpf_program *prog, int map_fd)
{
	const struct bpf_insn *insn = bpf_program__insns(prog);
	size_t nr = bpf_program__insn_cnt(prog);

	for (size_t i = 0; i < nr; i++)
		if (is_wide_load(insn, i, nr) && insn[i].src_reg == BPF_PSEUDO_MAP_FD &&
		    insn[i].imm == map_fd)
			return true;
	return false;
}

bool object_uses_map(const struct bpf_object *obj, const struct bpf_map *map)
{
	struct bpf_program *prog;

	bpf_object__for_each_program (prog, obj)
		if (bpf_program__fd(prog) >= 0 && program_uses(prog, bpf_map__fd(map)))
			return true;
	return false;
}
