/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/verified.h"
#include <bpf/bpf.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

#define STATISTICS 4  /* BPF_LOG_STATS of the kernel */
#define LOG_SIZE 8192 /* they are four lines, one of them with a number for each function */

static char *log_of(const struct policy *p, int program)
{
	return p->verifier_log + (size_t)program * LOG_SIZE;
}

void verified_ask(struct policy *p)
{
	struct bpf_program *prog;
	int nr = 0;

	bpf_object__for_each_program (prog, p->obj)
		nr++;
	p->verifier_log = mem_zalloc((size_t)nr + 1, LOG_SIZE);
	nr = 0;
	bpf_object__for_each_program (prog, p->obj) {
		bpf_program__set_log_level(prog, STATISTICS);
		bpf_program__set_log_buf(prog, log_of(p, nr++), LOG_SIZE);
	}
}

bool verified_parse(const char *log, struct policy_verified *v)
{
	const char *time = strstr(log, "verification time "), *states = strstr(log, " total_states ");

	if (time && sscanf(time, "verification time %" SCNu64, &v->usec) != 1)
		v->usec = 0;
	return states && sscanf(states, " total_states %" SCNu64, &v->states) == 1;
}

static void note_program(struct policy *p, const struct bpf_program *prog, const char *log)
{
	struct bpf_prog_info info = { 0 };
	struct policy_verified v = { .program = bpf_program__name(prog) };
	__u32 len = sizeof(info);

	if (bpf_program__fd(prog) < 0 || bpf_prog_get_info_by_fd(bpf_program__fd(prog), &info, &len) ||
	    !verified_parse(log, &v))
		return;
	v.insns = info.verified_insns;
	v.xlated = info.xlated_prog_len;
	v.jited = info.jited_prog_len;
	p->verified = mem_grow(p->verified, (size_t)p->nr_verified, sizeof(v));
	p->verified[p->nr_verified++] = v;
}

void verified_note(struct policy *p)
{
	struct bpf_program *prog;
	int nr = 0;

	bpf_object__for_each_program (prog, p->obj)
		note_program(p, prog, log_of(p, nr++));
}

void verified_free(struct policy *p)
{
	free(p->verifier_log);
	free(p->verified);
	p->verifier_log = NULL;
	p->verified = NULL;
	p->nr_verified = 0;
}

int policy_verified(const struct policy *p, const struct policy_verified **list)
{
	*list = p->verified;
	return p->nr_verified;
}
