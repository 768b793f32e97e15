/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "collect/env.h"

#if defined(__x86_64__)
#include <cpuid.h>

/* CPUID leaf 1, ECX bit 31: there is a hypervisor. Leaf 0x40000000 has its 12-byte signature. */
static const char *signature(char text[13])
{
	unsigned a, b, c, d;

	if (!__get_cpuid(1, &a, &b, &c, &d) || !(c >> 31))
		return "";
	__cpuid(0x40000000, a, b, c, d);
	memcpy(text, &b, 4);
	memcpy(text + 4, &c, 4);
	memcpy(text + 8, &d, 4);
	text[12] = '\0';
	return text;
}

const char *env_hypervisor(void)
{
	static const struct {
		const char *signature, *name;
	} known[] = {
		{ "TCGTCGTCGTCG", "tcg" },     { "KVMKVMKVM", "kvm" },	  { "VMwareVMware", "vmware" },
		{ "Microsoft Hv", "hyper-v" }, { "XenVMMXenVMM", "xen" }, { "ACRNACRNACRN", "acrn" },
	};
	static char text[13];
	const char *s = signature(text);

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strcmp(s, known[i].signature))
			return known[i].name;
	return s;
}
#else
const char *env_hypervisor(void)
{
	return "";
}
#endif
